"""`python -m desktop [WORKSPACE] [--demo]`."""

from desktop.app import main

if __name__ == "__main__":
    raise SystemExit(main())
