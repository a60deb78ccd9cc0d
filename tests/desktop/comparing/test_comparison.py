import numpy as np
import pytest

from desktop.comparing.candidates import candidates
from desktop.comparing.comparison import (
    FEWEST,
    MOST,
    Comparison,
    Other,
    first_other,
    gone_on,
    next_other,
)
from desktop.comparing.laying import UNLIKE, can_be_laid
from desktop.comparing.names import Names, with_frame
from engine.cohort import Cohort
from engine.cohort.cohort import Patient, Scan
from engine.imaging.doubt import Doubt
from engine.imaging.source import ScanSource
from engine.imaging.volume import FrameAxis, Volume


def a_scan(number: int, patient: str, role: str, frames: int = 1, **more: object) -> Scan:
    return Scan(number, patient, role, ScanSource("nifti", ()), "nifti", (8, 8, 4), frames, "", **more)  # type: ignore[arg-type]


ONE = (a_scan(1, "A", "T1"), a_scan(2, "A", "T2", 3))
TWO = (a_scan(3, "B", "T1"), a_scan(4, "B", "T2", 2))
THREE = (a_scan(5, "C", "T1"),)
COHORT = Cohort(tuple(Patient(key, key, {}, {}, scans) for key, scans in (("A", ONE), ("B", TWO), ("C", THREE))))


@pytest.mark.parametrize(
    ("other", "before", "front", "expected"),
    [
        (Other(ONE[1]), ONE[0], TWO[0], Other(TWO[1])),
        (Other(ONE[1]), ONE[0], THREE[0], None),
        (Other(ONE[1]), ONE[0], ONE[1], Other(ONE[0])),
        (Other(ONE[1]), ONE[0], TWO[1], Other(TWO[0])),
        (Other(ONE[1], 2), ONE[1], TWO[1], Other(TWO[1], 1)),
        (Other(ONE[1], 2), ONE[1], ONE[0], None),
        (Other(TWO[0]), ONE[0], THREE[0], Other(TWO[0])),
        (Other(TWO[0]), ONE[0], ONE[1], Other(TWO[1])),
        (Other(THREE[0]), ONE[0], ONE[1], None),
        (Other(TWO[0]), ONE[0], TWO[0], Other(ONE[0])),
        (Other(TWO[0]), ONE[0], TWO[1], None),
    ],
    ids=[
        "his own other scan", "he has no such scan", "the other way round", "the roles exchanged", "a frame he has",
        "a scan of one frame", "the same other patient", "his scan of that role", "who has none of that role",
        "turned to him", "another scan of his",
    ],
)  # fmt: skip
def test_a_comparison_goes_on_where_that_makes_sense(other: Other, before: Scan, front: Scan, expected: object) -> None:
    assert gone_on(other, before, front, COHORT) == expected


def test_another_scan_offers_itself_first_then_a_frame_then_the_next_patient() -> None:
    assert first_other(ONE[0], COHORT) == Other(ONE[1])
    alone = Cohort((Patient("A", "", {}, {}, (ONE[1],)), COHORT.patients[1]))
    assert first_other(ONE[1], alone) == Other(ONE[1], 2)
    assert first_other(THREE[0], COHORT) == Other(ONE[0])
    assert first_other(THREE[0], Cohort((COHORT.patients[2],))) is None


def test_the_next_patient_comes_after_the_one_compared_with_and_never_is_the_one_in_front() -> None:
    assert next_other(ONE[0], None, COHORT) == Other(TWO[0])
    assert next_other(ONE[0], Other(TWO[0]), COHORT) == Other(THREE[0])
    assert next_other(ONE[0], Other(THREE[0]), COHORT) == Other(TWO[0])


def test_steps_end_at_the_edges() -> None:
    swipe = Comparison(Other(ONE[1]), "swipe", line=0.98).stepped(1)
    assert swipe.line == 1.0
    assert swipe.region.way == "swipe"
    assert Comparison(Other(ONE[1]), "checkers", fields=MOST).stepped(1).fields == MOST
    assert Comparison(Other(ONE[1]), "checkers", fields=FEWEST).stepped(-1).fields == FEWEST
    assert Comparison(Other(ONE[1]), "fade", share=0.0).stepped(-1).opacity == 0.0


def test_the_slider_sets_what_it_shows() -> None:
    for how in ("swipe", "fade", "checkers"):
        made = Comparison(Other(ONE[1]), how).at(0.3)
        assert made.amount() == pytest.approx(0.3, abs=0.02)


def test_everything_there_is_to_compare_with_has_a_name_that_tells_it_apart() -> None:
    names = Names(ONE[1], COHORT.patients[0], FrameAxis("echo time", (10.0, 20.0, 30.0)))
    found = candidates(names, COHORT)
    own, theirs = ["T1", "TE 10 ms", "TE 20 ms", "TE 30 ms"], ["B T2", "B T1", "C T1"]
    assert [each.name for each in found] == own + theirs
    assert names.of_front(found[1].other, 2) == "TE 30 ms"
    assert names.of_front(found[4].other, 2) == "A T2"


def test_scans_of_one_role_are_numbered() -> None:
    twice = Patient("A", "", {}, {}, (ONE[0], a_scan(9, "A", "T1")))
    assert Names(ONE[0], twice).of(Other(twice.scans[1])) == "T1 · 2"
    assert Names(TWO[0], COHORT.patients[1], others={"A": twice}).of(Other(twice.scans[1])) == "A T1 · 2"


def test_the_one_that_is_shown_of_several_frames_is_named() -> None:
    echoes = Volume(np.zeros((3, 2, 2, 2)), np.eye(4), frame_axis=FrameAxis("echo time", (10.0, 20.0, 30.0)))
    assert with_frame("T2", echoes, 1) == "T2 · TE 20 ms"
    assert with_frame("T1", Volume(np.zeros((1, 2, 2, 2)), np.eye(4)), 0) == "T1"


def test_an_excluded_scan_is_offered_and_says_so() -> None:
    moved = a_scan(9, "A", "T3", excluded="moved")
    patient = Patient("A", "", {}, {}, (ONE[0], moved))
    found = candidates(Names(ONE[0], patient), Cohort((patient,)))
    assert [(each.name, each.excluded) for each in found] == [("T3", "moved")]


def test_a_scan_of_uncertain_size_still_lies_where_its_file_puts_it() -> None:
    unsure = a_scan(1, "A", "front", doubts=(Doubt("size", "its slice thickness is not given"),))
    wider = Scan(3, "A", "wide", ScanSource("png", ()), "png", (9, 8, 4), 1, "")
    assert can_be_laid(unsure, wider) == ""


def test_scans_without_a_known_place_are_laid_only_on_a_grid_like_their_own() -> None:
    doubt = (Doubt("orientation", "its orientation is not given"),)
    photo, other = a_scan(1, "A", "front", doubts=doubt), a_scan(2, "A", "side", doubts=doubt)
    assert can_be_laid(photo, other) == ""
    wider = Scan(3, "A", "wide", ScanSource("png", ()), "png", (9, 8, 4), 1, "", doubt)
    assert can_be_laid(photo, wider) == UNLIKE
    assert can_be_laid(ONE[0], ONE[1]) == ""
