"""New UIDs and dates in place of old ones, the same for the same within an export, from a secret kept nowhere."""

import hashlib
import hmac
import uuid
from datetime import date, timedelta

_DAYS = (365, 3650)


class Replacements:
    """What stands for the UIDs and dates of one patient. With the same salt, copies made apart fit together."""

    def __init__(self, salt: bytes, patient: str) -> None:
        self._salt = salt
        low, high = _DAYS
        self._shift = timedelta(days=low + int.from_bytes(self._digest(f"days {patient}")[:4]) % (high - low))

    def uid(self, old: str) -> str:
        """A UID below 2.25 that tells nothing of the old one."""
        return f"2.25.{uuid.UUID(bytes=self._digest(f'uid {old}')[:16], version=4).int}"

    def shifted(self, value: str) -> str:
        """A date, or date and time (YYYYMMDD...), some years earlier; empty where it is none."""
        try:
            day = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
            return (day - self._shift).strftime("%Y%m%d") + _clock(value[8:])
        except (ValueError, OverflowError):
            return ""

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._salt, text.encode(), hashlib.sha256)


def _clock(text: str) -> str:
    """The time of day, and the zone, behind a date; nothing where it holds anything else."""
    return text if text.replace(".", "").replace("+", "").replace("-", "").isdigit() else ""
