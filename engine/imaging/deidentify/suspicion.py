"""Why a picture had better not be shared: it may show, in its pixels, whose it is."""

from typing import Any

_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"
_DRAWN_ON = {"US": "ultrasound machines", "ES": "endoscopes", "SC": "screen captures", "OT": "other devices"}
_DRAWN_ON |= {"XC": "cameras", "IVUS": "ultrasound machines", "GM": "microscopes", "DOC": "scanned documents"}
_LOOK = "Look at the picture; allow it only if no name or number is drawn into it."


def unfit(dataset: Any) -> tuple[str, str] | None:
    """A reason why a copy would be of no use, and what to do instead; None where there is none."""
    if "MOSAIC" in [str(word).upper() for word in dataset.get("ImageType") or []]:
        return "its slices can be told apart by private elements only, and those have to go", "Convert it to NIfTI."
    return None


def suspicion(dataset: Any) -> tuple[str, str] | None:
    """A reason not to share the picture, and what to do; None where there is none."""
    if _text(dataset, "BurnedInAnnotation") == "YES":
        return "the file says that writing is burned into its picture", _LOOK
    if _hidden_overlay(dataset):
        return "drawings are hidden in the unused bits of its pixels", _LOOK
    if _text(dataset, "BurnedInAnnotation") == "NO":
        return None
    if _text(dataset, "SOPClassUID").startswith(_SECONDARY_CAPTURE) or _text(dataset, "ConversionType"):
        return "it is a screen capture, which often shows names", _LOOK
    maker = _DRAWN_ON.get(_text(dataset, "Modality"))
    if maker is not None:
        return f"pictures of {maker} often show names", _LOOK
    return None


def _hidden_overlay(dataset: Any) -> bool:
    groups = [group for group in range(0x6000, 0x6020, 2) if (group << 16) + 0x0102 in dataset]
    return any((group << 16) + 0x3000 not in dataset for group in groups)


def _text(dataset: Any, keyword: str) -> str:
    return str(dataset.get(keyword) or "").strip().upper()
