"""Words for people without those that tell who a patient is."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_TELLING, _TELLING_WHOLE = 4, 3


def untold(title: str, source_id: str) -> str:
    """A scan's title without the words of its patient's source id; empty where these are part of other words."""
    secret = set(_WORD.findall(_plain(source_id)))
    kept = _WORD.sub(lambda word: "" if _plain(word[0]) in secret else word[0], unicodedata.normalize("NFC", title))
    left = " ".join(kept.strip(" _-.,:;").split())
    whole = _squeezed(source_id)
    telling = {word for word in secret if len(word) >= _TELLING}
    telling |= {whole} if len(whole) >= _TELLING_WHOLE else set()
    return "" if any(word in _squeezed(left) for word in telling) else left


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
