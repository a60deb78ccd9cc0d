"""What does not belong in one grid becomes scans of their own, or is said."""

from pathlib import Path

import pytest

from engine.imaging.dicom.stacking import stacks_of
from engine.imaging.header import Identity
from tests.engine.imaging.dicom.made_slices import kinds_of, made_slice, made_stack

MAGNITUDE, PHASE = ("ORIGINAL", "PRIMARY", "M", "ND"), ("ORIGINAL", "PRIMARY", "P", "ND")


@pytest.mark.parametrize(
    "other",
    [
        {"series": "1.1.2"},
        {"study": "1.2"},
        {"made": ("kernel B70f",)},
        {"identity": Identity("other")},
        {"frame_of_reference": "5.5"},
        {"modality": "CT"},
        {"rows": 12},
        {"across": (0.0, 1.0, 0.0), "down": (0.0, 0.0, -1.0)},
        {"pixel_size": (1.5, 1.5)},
        {"stack": "2"},
        {"image_type": PHASE},
    ],
    ids=lambda other: next(iter(other)),
)
def test_slices_of_two_kinds_are_two_scans(other) -> None:
    stacks = stacks_of(made_stack(3) + made_stack(3, first=4, **other))

    assert sorted(len(stack.grid[0]) for stack in stacks) in ([3, 3], [1, 1, 1, 3])
    assert all(stack.header.frames == 1 for stack in stacks)


def test_magnitude_and_phase_are_named() -> None:
    stacks = stacks_of(made_stack(3, image_type=MAGNITUDE) + made_stack(3, first=4, image_type=PHASE))

    assert sorted(stack.header.title for stack in stacks) == ["T2, magnitude", "T2, phase"]


def test_a_localizer_is_a_scan_per_direction() -> None:
    planes = [((1.0, 0, 0), (0, 1.0, 0)), ((1.0, 0, 0), (0, 0, -1.0)), ((0, 1.0, 0), (0, 0, -1.0))]

    stacks = stacks_of(made_slice(name=str(n), across=a, down=d) for n, (a, d) in enumerate(planes))

    assert sorted(stack.header.title for stack in stacks) == ["T2, axial", "T2, coronal", "T2, sagittal"]


def test_directions_that_differ_by_rounding_are_one() -> None:
    slices = [made_slice(3.0 * n, str(n), across=(1.0, n * 1e-5, 0.0)) for n in range(5)]

    assert len(stacks_of(slices)) == 1


def test_pictures_side_by_side_in_one_plane_are_places_and_no_frames() -> None:
    legs = [made_slice(z, f"{x}{z}", position=(x, 0.0, z)) for x in (0.0, 200.0) for z in (0.0, 3.0, 6.0)]

    assert [(stack.header.frames, stack.header.shape[2]) for stack in stacks_of(legs)] == [(1, 3), (1, 3)]


def test_stations_of_a_tilted_gantry_are_found() -> None:
    places = [(x + 0.9 * z, 0.0, 3.0 * z) for x in (0.0, 200.0) for z in range(4)]

    stacks = stacks_of(made_slice(name=f"{n}", position=place) for n, place in enumerate(places))

    assert [(stack.header.frames, stack.header.shape[2]) for stack in stacks] == [(1, 4), (1, 4)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Identity("", "Roe^Ann", "19700101"), Identity("", "Roe^Ann", "19710101")),
        (Identity("", "Roe^Ann"), Identity("", "Roe^Bea")),
        (Identity("1", "Roe^Ann"), None),
    ],
)
def test_two_patients_with_one_series_uid_are_never_one_scan(one, other) -> None:
    slabs = made_stack(3, identity=one) + [made_slice(9.0 + 3 * n, f"b{n}", identity=other) for n in range(3)]

    assert [stack.header.identity for stack in stacks_of(slabs)] == [one, other]


def test_one_patient_with_two_spellings_of_a_name_is_one() -> None:
    slices = [made_slice(3.0 * n, str(n), identity=Identity("1", name)) for n, name in enumerate(("Roe", "ROE^A"))]

    assert len(stacks_of(slices)) == 1


def test_what_a_scan_was_made_with_is_named_where_it_tells_scans_apart() -> None:
    kernels = [one for word in ("kernel A", "kernel B") for one in made_stack(3, made=(word,), series_number=2)]

    stacks = stacks_of(
        made_slice(one.position[2], f"{n}", made=one.made) for n, one in enumerate(kernels) if one.position
    )

    assert sorted(stack.header.title for stack in stacks) == ["T2, kernel A", "T2, kernel B"]


def test_a_stack_that_was_split_says_why() -> None:
    slices = [made_slice(3.0 * n, str(n), rows=(6, 12)[n % 2]) for n in range(6)]

    stacks = stacks_of(slices)

    assert [kinds_of(stack) for stack in stacks] == [{"mixed": "warn"}] * 2
    assert "matrix size" in stacks[0].header.warnings[0]


def test_a_file_that_was_copied_is_taken_once_and_it_is_said() -> None:
    slices = made_stack(3)
    copy = made_slice(3.0, "copy", sop_instance="9.0002", instance_number=2)

    (stack,) = stacks_of([*slices, copy])

    assert [file.name for file in stack.header.source.files] == ["0001", "0002", "0003"]
    assert kinds_of(stack) == {"duplicate": "note"}


def test_scans_in_one_file_have_each_a_name_that_stays() -> None:
    frames = [
        made_slice(3.0 * (n % 3), "one", index=n, image_type=MAGNITUDE if n < 3 else PHASE, frames=6) for n in range(6)
    ]

    stacks = stacks_of(frames)

    assert [stack.header.source.part for stack in stacks] == ["from picture 1", "from picture 4"]
    assert {stack.header.source.files for stack in stacks} == {(Path("/scans/one"),)}
