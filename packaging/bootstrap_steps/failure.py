"""What is said when a step cannot be done."""

import re

INSTALL_HINTS = (
    (
        r"No space left on device|Errno 28|not enough space",
        "The disk is full: an installation takes about 3 GB (10 GB with a CUDA build of torch).",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "The package index's certificate is not trusted: set PIP_CERT to your proxy's certificate.",
    ),
    (
        r"name resolution|getaddrinfo|NewConnectionError|Network is unreachable|Connection refused"
        r"|ConnectTimeout|ReadTimeout|ProxyError|Failed to establish a new connection|Max retries"
        r"|requirement setuptools.*from versions: none",
        "The package index cannot be reached: check the network, or set HTTPS_PROXY or PIP_INDEX_URL.",
    ),
    (
        r"No matching distribution found|requires a different Python",
        "A package has no build for this Python or system: 64-bit Python 3.11, 3.12 or 3.13 is safe.",
    ),
    (
        r"Permission denied|Access is denied",
        "A file could not be written: close what uses .venv, and check who owns it.",
    ),
)


class Failure(Exception):
    """A step failed: `what` happened, in one line, and what to do about it."""

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint

    def as_text(self) -> str:
        return f"{self}\n  {self.hint}" if self.hint else str(self)


def install_hint(output: str) -> str:
    """What to do about a failed pip, as far as its output tells."""
    return next((hint for pattern, hint in INSTALL_HINTS if re.search(pattern, output)), "")
