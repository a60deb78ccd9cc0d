"""What each model is, one module per family; their networks are in `engine.models.networks`."""
