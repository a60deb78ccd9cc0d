"""What a file that is no scan seems to be, from its first bytes, in words for people."""

_STARTS = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Salted__", "encrypted data"),
    (b"-----BEGIN PGP", "encrypted data"),
    (b"age-encryption.org", "encrypted data"),
    (b"\x1f\x8b", "damaged gzip data"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x89HDF", "an HDF5 file"),
    (b"CDF\x01", "a netCDF file"),
    (b"CDF\x02", "a netCDF file"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file (RIFF)"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\x80\x02", "pickled Python objects"),
    (b"\x80\x03", "pickled Python objects"),
    (b"\x80\x04", "pickled Python objects"),
    (b"\x80\x05", "pickled Python objects"),
    (b"version https://git-lfs", "a placeholder of Git LFS whose content has not been fetched"),
    (b"/annex/objects", "a placeholder of git-annex whose content has not been fetched"),
)
_TAR_AT = 257
_WHOLE_HEAD, _SCRAMBLED = 1024, 240
_IN_TEXTS = b"\t\n\r\f\x1b\x08" + bytes(range(32, 256))
_ANY_START = tuple(start for start, _ in _STARTS)
PACKED = ("archive",)


def seeming(head: bytes) -> str:
    """Such as "a web page" or "empty"; nothing where the bytes do not tell."""
    if not head:
        return "empty"
    if head.startswith(_ANY_START):
        return next(what for start, what in _STARTS if head.startswith(start))
    if head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "a tar archive"
    if _is_text(head):
        return _kind_of_text(head)
    return ""


def patternless(head: bytes) -> str:
    """The same for bytes without any pattern, such as the voxels of a picture may have too."""
    if head.count(0) == len(head):
        return "nothing but zeros"
    unordered = len(head) >= _WHOLE_HEAD and len(set(head[:_WHOLE_HEAD])) >= _SCRAMBLED
    return "data that look encrypted or packed in an unknown way" if unordered else ""


def may_hold_scans(what: str) -> bool:
    """Whether a file that seems to be this could hold scans if it were unpacked."""
    return what.endswith(PACKED)


def _is_text(head: bytes) -> bool:
    if head.translate(None, _IN_TEXTS):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as failure:
        return failure.start > len(head) - 4  # a character cut in two by the end of the head
    return True


def _kind_of_text(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if start.startswith(b"<"):
        return "an XML text"
    return "a JSON text" if start.startswith((b"{", b"[")) else "a text"
