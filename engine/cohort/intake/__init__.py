"""From what lies in folders to patients of a workspace: looked at, previewed, taken in, read again, moved."""
