"""Recipes that come with Isocenter, one TOML file each."""
