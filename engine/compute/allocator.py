"""Keep large buffers with the process between training steps, which glibc would otherwise give back each time."""

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_NEVER, _GIB = 2**31 - 1, 1 << 30


def keep_buffers() -> bool:
    """Tell glibc, where there is one, to reuse what training frees; whether it listened."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return False
    return bool(mallopt(_MMAP_THRESHOLD, _GIB)) and bool(mallopt(_TRIM_THRESHOLD, _NEVER))
