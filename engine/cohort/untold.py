"""Words for people without those that tell who a patient is."""

from engine.imaging.words import without, words_of

_TELLING, _TELLING_WHOLE = 4, 3


def untold(title: str, source_id: str) -> str:
    """A scan's title without the words of its patient's source id; empty where these are part of other words."""
    secret = frozenset(words_of(source_id))
    left = without(title, secret)
    whole = "".join(words_of(source_id))
    telling = {word for word in secret if len(word) >= _TELLING}
    telling |= {whole} if len(whole) >= _TELLING_WHOLE else set()
    return "" if any(word in "".join(words_of(left)) for word in telling) else left
