"""Looking at scans: planes, windows and frames as plain data, and the widgets that mirror them."""
