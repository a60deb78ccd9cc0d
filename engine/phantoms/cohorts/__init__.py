"""The phantom cohorts, one module each."""
