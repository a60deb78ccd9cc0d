"""The workspace database: what is written, read, changed and taken back."""
