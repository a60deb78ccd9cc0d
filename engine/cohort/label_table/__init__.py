"""The table that comes with scans: its rows, what its columns are for, whom each row is about."""
