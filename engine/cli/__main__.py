"""`python -m engine.cli` is the `isocenter` command."""

import multiprocessing
import sys

from engine.cli.main import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
