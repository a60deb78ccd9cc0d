"""What the user lays over scans: wishes, what becomes of them, and the panel that shows both."""
