"""One scan against another: beside it, or laid over it behind a line, on the fields of a board, or fading into it."""
