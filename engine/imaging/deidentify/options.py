"""What a de-identified copy may keep beyond the basic profile."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Options:
    """`dates` may be shifted, all of a patient by the same number of days, with the times of day as they are.

    `characteristics` keeps age (above 90 as 90), sex, height and weight; `device` what tells the machine;
    `descriptions` the words of descriptions that speak of technique. `suspicious` lets pictures pass that may have
    names drawn into them.
    """

    dates: Literal["removed", "shifted"] = "removed"
    characteristics: bool = False
    device: bool = False
    descriptions: bool = False
    suspicious: bool = False

    @property
    def codes(self) -> tuple[tuple[str, str], ...]:
        """Value and meaning of the codes (CID 7050) for what was done."""
        codes = [("113100", "Basic Application Confidentiality Profile")]
        if self.descriptions:
            codes.append(("113105", "Clean Descriptors Option"))
        if self.dates == "shifted":
            codes.append(("113107", "Retain Longitudinal Temporal Information Modified Dates Option"))
        if self.characteristics:
            codes.append(("113108", "Retain Patient Characteristics Option"))
        if self.device:
            codes.append(("113109", "Retain Device Identity Option"))
        return tuple(codes)


BASIC_PROFILE = Options()
