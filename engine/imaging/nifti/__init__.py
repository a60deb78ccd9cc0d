"""NIfTI-1 and NIfTI-2: the header, what its voxels are, where its grid lies, what its frames are."""
