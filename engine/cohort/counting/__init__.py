"""Head counts, and how covariates are spread."""
