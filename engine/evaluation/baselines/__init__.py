"""The baselines, one module each."""
