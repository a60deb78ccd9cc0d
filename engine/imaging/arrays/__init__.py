"""NumPy arrays as scans: their description, checked, and how their axes become frames, slices, rows and columns."""
