"""What is in sight as files: pictures of the window's own drawing at any size, and movies."""
