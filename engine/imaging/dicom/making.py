"""How a picture was made, in words: what tells apart pictures of one place that no time does."""

from engine.imaging.dicom.elements import Elements

_TRANSFER = "magnetisation transfer"


def with_component(image_type: tuple[str, ...], component: str) -> tuple[str, ...]:
    """An image type that tells which part of a complex number the picture shows, last where it did not yet."""
    return (*image_type, component) if component and component not in image_type else image_type


def ways_of_making(elements: Elements) -> tuple[str, ...]:
    """The kernel of a CT, and whether there was magnetisation transfer."""
    kernel = " ".join(part for part in elements.texts("ConvolutionKernel") if part)
    words = [f"kernel {kernel}"] if kernel else []
    return (*words, _TRANSFER) if _transferred(elements) else tuple(words)


def table_units(elements: Elements) -> str:
    """What the values of a look-up table are, empty where there is none, or it does not say."""
    table = elements.first("ModalityLUTSequence")
    units = "" if table is None else table.text("ModalityLUTType")
    return "" if units == "US" else units  # unspecified


def _transferred(elements: Elements) -> bool:
    if elements.text("MagnetizationTransfer") not in ("", "NONE"):
        return True
    options = (option.split("_")[0] for option in elements.texts("ScanOptions"))
    return "MTC" in elements.texts("SequenceVariant") or "MT" in options
