"""NRRD and MetaImage: their text headers, checked before SimpleITK sees the file, and what SimpleITK says of it."""
