"""A data set made anew from what may be known of another: nothing gets in that was not chosen."""

import re
from decimal import Decimal
from typing import Any

from engine.imaging.deidentify.elements import readable, several
from engine.imaging.deidentify.names import words_of
from engine.imaging.deidentify.options import Options
from engine.imaging.deidentify.profile import CHARACTERISTICS, DEVICE, Action, asked, graphics
from engine.imaging.deidentify.replacements import Replacements
from engine.imaging.deidentify.technique import DESCRIPTIONS, TEXTS, listed, technical_words

_NUMBERS = frozenset(("US", "SS", "UL", "SL", "UV", "SV", "FL", "FD", "DS", "IS", "AT"))
_DATES = frozenset(("DA", "DT", "TM"))
_BINARY = frozenset(("OB", "OW", "OF", "OD", "OL", "OV", "UN", *(_NUMBERS - {"DS", "IS"})))
_CODED = frozenset(("CodeValue", "CodeMeaning"))
_SCHEMES = frozenset(("DCM", "SCT", "SRT", "SNM3", "UCUM", "LN", "FMA", "RADLEX", "NCIt", "MDC", "UMLS"))
_BULK = listed(
    """
    PixelData FloatPixelData DoubleFloatPixelData ExtendedOffsetTable ExtendedOffsetTableLengths LUTData
    RedPaletteColorLookupTableData GreenPaletteColorLookupTableData BluePaletteColorLookupTableData
    AlphaPaletteColorLookupTableData SegmentedRedPaletteColorLookupTableData SegmentedGreenPaletteColorLookupTableData
    SegmentedBluePaletteColorLookupTableData
    """
)
_CODE = re.compile(r"[A-Z0-9_ ]{0,16}")
_STANDARD_UID = re.compile(r"1\.2\.840\.10008\.[0-9.]{1,50}")
_DUMMIES = {"DA": "19000101", "DT": "19000101000000", "TM": "000000", "AS": "000Y", "UR": "http://removed.invalid"}
_OLDEST = 90


class Cleaner:
    """Cleans the data sets of one file; `names` are words that must not be found in any text it keeps."""

    def __init__(self, options: Options, replacements: Replacements, names: frozenset[str]) -> None:
        self._options, self._new, self._names = options, replacements, names

    def cleaned(self, dataset: Any) -> Any:
        """A new data set, its sequences cleaned alike."""
        from pydicom.dataset import Dataset

        made = Dataset()
        local = str(dataset.get("CodingSchemeDesignator", "")) not in _SCHEMES
        for element in readable(dataset):
            if element.is_private or not element.keyword or graphics(element.tag):
                continue
            if not (local and element.keyword in _CODED):
                self._take(element, made)
        return made

    def _take(self, element: Any, made: Any) -> None:
        action = asked().get(int(element.tag))
        value = self._excepted(element)
        if value is None:
            value = self._kept(element) if action is None else self._changed(element, action)
        if value is not None:
            made.add_new(element.tag, element.VR, value)

    def _excepted(self, element: Any) -> Any:
        """What the options ask to keep; None where they do not speak of the element."""
        if self._options.characteristics and element.keyword in CHARACTERISTICS:
            return _age(str(element.value)) if element.VR == "AS" else self._plain(element)
        if self._options.device and element.keyword in DEVICE:
            return element.value
        if self._options.descriptions and element.keyword in DESCRIPTIONS:
            return technical_words(str(element.value), self._names) or None
        if self._options.dates == "shifted" and element.VR in _DATES and "Birth" not in element.keyword:
            return self._shifted(element)
        return None

    def _changed(self, element: Any, action: Action) -> Any:
        if action == "remove":
            return None
        if action == "empty":
            return [] if element.VR == "SQ" else None if element.VR in _BINARY else ""
        if action == "uid" or element.VR in ("UI", "SQ"):
            return self._replaced(element)
        if element.VR in _NUMBERS:
            return 0
        return None if element.VR in _BINARY else _DUMMIES.get(element.VR, "REMOVED")

    def _kept(self, element: Any) -> Any:
        """The value of an element of which the table does not speak, where its kind is known to be harmless."""
        if element.VR == "SQ":
            return self._replaced(element)
        if element.VR == "UI":
            return self._standard(element)
        if element.keyword in _BULK:
            return element.value
        return self._plain(element)

    def _plain(self, element: Any) -> Any:
        if element.VR in _NUMBERS:
            return element.value if _numbers(element.value) else None
        texts = [str(text) for text in several(element.value)]
        if any(self._names.intersection(words_of(text)) for text in texts):
            return None
        if element.VR == "CS":
            return element.value if all(_CODE.fullmatch(text) for text in texts) else None
        return element.value if element.keyword in TEXTS else None

    def _replaced(self, element: Any) -> Any:
        if element.VR == "SQ":
            return [self.cleaned(item) for item in element.value]
        if element.VR != "UI":
            return None
        return [self._new.uid(str(uid)) for uid in several(element.value) if uid]

    def _standard(self, element: Any) -> Any:
        uids = [str(uid) for uid in several(element.value) if uid]
        return [uid if _STANDARD_UID.fullmatch(uid) else self._new.uid(uid) for uid in uids]

    def _shifted(self, element: Any) -> Any:
        texts = [str(text) for text in several(element.value)]
        if element.VR == "TM":
            return [text for text in texts if text.replace(".", "").isdigit()]
        return [self._new.shifted(text) for text in texts]


def _numbers(value: Any) -> bool:
    """Whether it is what it should be: pydicom gives the text where one stands in place of a number."""
    return all(isinstance(one, int | float | Decimal) or one in (None, "") for one in several(value))


def _age(text: str) -> str | None:
    if not re.fullmatch(r"\d{3}[DWMY]", text):
        return None
    return f"{_OLDEST:03d}Y" if text.endswith("Y") and int(text[:3]) > _OLDEST else text
