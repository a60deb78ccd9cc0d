"""What file formats are called."""


def format_label(reader: str, otherwise: str = "") -> str:
    """The name people know a reader's format by, such as "NIfTI"; `otherwise` where there is no such reader."""
    from engine.imaging.reader import readers

    return readers.get(reader).info.label if reader in readers else otherwise
