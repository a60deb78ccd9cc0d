"""The words in a file that name somebody, to be found nowhere in its copy."""

import re
from collections.abc import Iterator
from typing import Any

from engine.imaging.deidentify.elements import readable, several
from engine.imaging.deidentify.technique import listed

_SHORTEST = 3
_TELLING = listed(
    """
    PatientID OtherPatientIDs AccessionNumber StudyID AdmissionID InstitutionName IssuerOfPatientID PatientAddress
    MilitaryRank CountryOfResidence PatientTelephoneNumbers InstitutionAddress InstitutionalDepartmentName
    DeviceSerialNumber StationName
    """
)
_ORDINARY = listed(
    """
    general medical university hospital clinic clinical center centre institute institution department radiology
    imaging systems system health healthcare research school the and for mri
    """
)


def names_in(dataset: Any) -> frozenset[str]:
    """Words, in lower case, of every person's name, of the patient's numbers, and of the place; as far as readable."""
    words = {word for text in _texts(dataset) for word in words_of(text) if len(word) >= _SHORTEST}
    return frozenset(words - _ORDINARY)


def words_of(text: str) -> list[str]:
    """The words of a text in lower case."""
    return [word.lower() for word in re.split(r"[\W_]+", text) if word]


def _texts(dataset: Any) -> Iterator[str]:
    for element in readable(dataset):
        if element.VR == "SQ":
            for item in element.value:
                yield from _texts(item)
        elif element.VR == "PN" or element.keyword in _TELLING:
            yield from (str(value) for value in several(element.value))
