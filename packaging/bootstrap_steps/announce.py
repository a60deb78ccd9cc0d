"""What the user is told meanwhile; on stderr, so that stdout belongs to results."""

import sys


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def heading(text: str) -> None:
    say(f"\n=== {text} ".ljust(100, "="))
