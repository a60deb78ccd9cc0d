"""Words of texts that people typed, alike however these are spelt: in capitals, with accents, or composed."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_ENDS = " _-.,:;^"


def plain(text: str) -> str:
    """In lower case, without accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def words_of(text: str) -> list[str]:
    """The words, plain."""
    return _WORD.findall(plain(text))


def without(text: str, secret: frozenset[str]) -> str:
    """The text without these plain words, and what then stands open at its ends; itself where it has none of them."""
    composed = unicodedata.normalize("NFC", text)
    if secret.isdisjoint(words_of(composed)):
        return text
    return tidied(_WORD.sub(lambda word: "" if _all_in(secret, word[0]) else word[0], composed))


def tidied(text: str) -> str:
    """Without what stands open at its ends, and wide gaps, where words were taken out."""
    return " ".join(text.strip(_ENDS).split())


def _all_in(secret: frozenset[str], word: str) -> bool:
    words = words_of(word)
    return bool(words) and secret.issuperset(words)
