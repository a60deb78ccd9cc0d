from pathlib import Path

from desktop.viewer.picture_stack import kind_of, remembered_as, stack_of
from engine.cohort.cohort import Patient, Scan
from engine.imaging.doubt import Doubt
from engine.imaging.source import ScanSource

NOT_GIVEN = (Doubt("orientation", "its orientation is not given"),)


def scan(number: int, name: str, role: str = "image", slices: int = 1, doubts: tuple[Doubt, ...] = NOT_GIVEN) -> Scan:
    source = ScanSource("pictures", (Path(name),))
    return Scan(number, "P-001", role, source, "png", (9, 9, slices), 1, "", doubts)


def patient(*scans: Scan) -> Patient:
    return Patient("P-001", "source", {}, {}, scans)


def test_pictures_stand_in_the_natural_order_of_their_names() -> None:
    ten, two, one = scan(1, "hand 10.png"), scan(2, "hand 2.png"), scan(3, "hand 1.png")
    stack = stack_of(patient(ten, two, one), two)
    assert stack is not None
    assert stack.scans == (one, two, ten)
    assert stack.place == 1


def test_another_role_a_volume_and_what_geometry_orders_are_no_part_of_it() -> None:
    others = scan(3, "b.png", role="T1"), scan(4, "c.png", slices=5), scan(5, "d.dcm", doubts=())
    first, second = scan(1, "a.png"), scan(2, "e.png")
    stack = stack_of(patient(first, *others, second), first)
    assert stack is not None
    assert stack.scans == (first, second)
    assert all(stack_of(patient(first, *others, second), other) is None for other in others)
    assert stack_of(patient(first, *others), first) is None


def test_beyond_its_ends_there_is_the_last_picture_or_the_first_again() -> None:
    scans = [scan(i, f"{i}.png") for i in range(4)]
    stack = stack_of(patient(*scans), scans[2])
    assert stack is not None
    assert [stack.beyond(steps) for steps in (-9, -1, 1, 9)] == [scans[0], scans[1], scans[3], scans[3]]
    assert stack.beyond(2, around=True) == scans[0]


def test_the_nearest_pictures_are_read_first() -> None:
    scans = [scan(i, f"{i}.png") for i in range(5)]
    stack = stack_of(patient(*scans), scans[1])
    assert stack is not None
    assert stack.nearest() == (scans[1], scans[2], scans[0], scans[3], scans[4])


def test_roles_that_only_a_number_tells_apart_are_one_stack_from_three_on() -> None:
    hands = [scan(i, f"hand_{i}.png", role=str(i)) for i in (1, 2, 10)]
    feet = [scan(20 + i, f"foot{i}.png", role=f"foot{i}") for i in (1, 2)]
    stack = stack_of(patient(*hands, *feet), hands[1])
    assert stack is not None
    assert stack.scans == tuple(hands)
    assert stack_of(patient(*hands, *feet), feet[0]) is None
    assert kind_of(feet[0]) == "foot"
    assert kind_of(scan(1, "T1.nii", role="T1", slices=9)) == "T1"


def test_two_pictures_whose_roles_end_in_a_number_are_remembered_apart() -> None:
    pair = [scan(i, f"T{i}.png", role=f"T{i}") for i in (1, 2)]
    assert [remembered_as(patient(*pair), each) for each in pair] == ["T1", "T2"]
    hands = [scan(i, f"hand {i}.png", role=f"hand {i}") for i in (1, 2, 3)]
    assert {remembered_as(patient(*hands), each) for each in hands} == {"hand"}


def test_a_number_that_is_there_twice_counts_nothing() -> None:
    weighted = [scan(i, f"{i}.png", role=role) for i, role in enumerate(("T1", "T1", "T2", "T2"))]
    stack = stack_of(patient(*weighted), weighted[2])
    assert stack is not None
    assert stack.scans == (weighted[2], weighted[3])
    assert [remembered_as(patient(*weighted), each) for each in weighted] == ["T1", "T1", "T2", "T2"]
