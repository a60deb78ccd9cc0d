"""Names for people: of a scan among those of its study."""

from collections import Counter
from collections.abc import Sequence

from engine.imaging.dicom.grouping import kind_of
from engine.imaging.dicom.laying import Laid
from engine.imaging.dicom.placing import directions, oriented
from engine.imaging.dicom.records import Slice
from engine.imaging.untold import untold

_KINDS = {
    "M": "magnitude",
    "P": "phase",
    "R": "real",
    "I": "imaginary",
    "FIELD_MAP": "field map",
    "LOCALIZER": "localizer",
}
_PLANES = ("sagittal", "coronal", "axial")


def titles_of(scans: Sequence[Laid]) -> list[str]:
    """For the scans of one series: its number and description, and what tells each from the others."""
    pictures = [laid.grid[0][0] for laid in scans]
    kinds = [kind_of(picture) for picture in pictures]
    planes = [_plane(picture) for picture in pictures]
    common = frozenset.intersection(*map(frozenset, kinds))
    titles = []
    for laid, picture, kind, plane in zip(scans, pictures, kinds, planes, strict=True):
        words = list(dict.fromkeys(_KINDS.get(word, word.lower()) for word in kind if word not in common))
        words = [untold(word, picture.file.identity) for word in words]
        words += [plane] if plane and len(set(planes)) > 1 else []
        titles.append(", ".join(word for word in (_series(picture), *words, *laid.words) if word))
    return _numbered(titles)


def _numbered(titles: Sequence[str]) -> list[str]:
    counts, met = Counter(titles), Counter[str]()
    numbered = []
    for title in titles:
        met[title] += 1
        numbered.append(title if counts[title] == 1 else f"{title} ({met[title]} of {counts[title]})")
    return numbered


def _series(picture: Slice) -> str:
    number = "" if picture.file.series_number is None else str(picture.file.series_number)
    return f"{number} {picture.file.description}".strip()


def _plane(picture: Slice) -> str:
    return _PLANES[int(abs(directions(picture)[2]).argmax())] if oriented(picture) else ""
