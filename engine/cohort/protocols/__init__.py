"""The ways to divide patients, one module each."""
