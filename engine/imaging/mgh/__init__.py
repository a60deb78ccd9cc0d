"""FreeSurfer's MGH images: the header, and where the grid lies."""
