"""Words that stand where a patient's name or number was taken away: they name nobody."""

from engine.imaging.words import plain, words_of

_NOBODY = frozenset(
    (
        "", "0", "00000000", "anon", "anonymous", "anonymized", "anonymised", "deidentified", "n/a", "na", "no id",
        "none", "nobody", "patient", "removed", "test", "unknown", "xxx", "xxxx",
    )
)  # fmt: skip


def names_nobody(text: str) -> bool:
    """Whether a name or number is none, one of these words, or made of them alone."""
    whole = " ".join(plain(text).split())
    return whole in _NOBODY or all(word in _NOBODY for word in words_of(whole))
