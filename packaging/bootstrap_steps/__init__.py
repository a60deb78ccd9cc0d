"""The steps behind bootstrap.py: standard library only, because nothing is installed yet when they run."""
