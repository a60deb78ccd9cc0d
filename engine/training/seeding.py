"""Seeds for every part of a run from the recipe's one, so that each part can be repeated by itself."""

import hashlib


def derive(seed: int, *parts: int | str) -> int:
    """A seed for the part named; other parts and other seeds get unrelated ones."""
    text = ":".join(str(part) for part in (seed, *parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1
