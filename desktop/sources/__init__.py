"""Where the scans of the workspace came from: read again, or found where they were moved to."""
