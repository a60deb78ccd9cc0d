"""Sound small files of each format, ways to spoil them, and a process that tries whether all of that is survived."""
