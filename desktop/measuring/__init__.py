"""Shapes drawn on the scans of the view page: kept in the workspace, painted, pulled at, and told in figures."""
