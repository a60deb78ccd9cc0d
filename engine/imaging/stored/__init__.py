"""Voxels that lie in a file as one run of numbers, plain or gzip-compressed, whatever the header around them."""
