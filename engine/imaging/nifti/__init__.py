"""NIfTI-1 and NIfTI-2 in one file: the stream, the header, where it lies, and its voxels."""
