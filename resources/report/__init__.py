"""The report's page and its styles."""
