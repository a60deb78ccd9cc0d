"""The preparation steps, one module per family."""
