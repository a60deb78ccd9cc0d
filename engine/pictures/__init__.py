"""How volumes become pictures: planes, windows, layers, and what is written on them."""
