"""What ships beside the code: icons, style, recipes, colour maps; read through importlib.resources."""
