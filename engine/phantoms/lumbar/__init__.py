"""A sagittal section through the lumbar spine: grid, person, layers of tissue."""
