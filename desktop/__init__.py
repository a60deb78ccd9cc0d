"""The window: shows every station of the data's way and starts work at it."""
