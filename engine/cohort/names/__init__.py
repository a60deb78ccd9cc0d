"""What the names of files and folders tell, in the ways that published data sets are named."""
