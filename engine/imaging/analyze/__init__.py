"""Analyze 7.5, with what SPM added to it; and pairs of files of which one is the header, one the voxels."""
