from dataclasses import replace
from pathlib import Path

import pytest

from desktop.viewer.loading import prepared
from desktop.viewer.memory import ViewMemory
from engine.imaging import inspect
from engine.imaging.volume import Volume
from engine.imaging.writer import write_nifti
from engine.pictures.camera import Camera
from engine.pictures.planes import planes_of
from engine.pictures.viewing import Viewing
from engine.pictures.window import Window
from tests.helpers.volumes import body, echoes


def test_the_first_look_is_the_middle_of_the_acquired_plane_in_the_automatic_window() -> None:
    loaded = prepared(echoes())
    viewing = ViewMemory().first_look("T2", loaded)
    assert (viewing.plane.name, viewing.index, viewing.frame) == ("axial", 3, 0)
    assert viewing.window == loaded.auto


def test_the_first_look_is_at_the_brightest_frame_and_the_next_patient_at_the_same_time() -> None:
    memory, volume = ViewMemory(), echoes(4)
    recovering = prepared(volume.with_array(volume.array[::-1].copy(), axis=volume.frame_axis))
    first = memory.first_look("T1", recovering)
    assert first.frame == 3
    memory.keep("T1", first.at_frame(1))
    assert memory.first_look("T1", recovering).frame == 1


def test_position_frame_and_window_are_kept_for_the_next_patient_of_the_role() -> None:
    memory, one, other = ViewMemory(), prepared(echoes(4, 6)), prepared(echoes(6, 9))
    viewing = Viewing.of(one.volume, Window(300, 500)).at_slice(1).at_frame(2)
    memory.keep("T2", viewing)
    next_one = memory.first_look("T2", other)
    assert next_one.world[2] == pytest.approx(viewing.world[2], abs=2.5)
    assert next_one.frame == 2
    assert next_one.window == Window(300, 500)


def test_the_frame_is_kept_by_its_value_not_its_number() -> None:
    memory, one = ViewMemory(), echoes(4)
    late = replace(one.frame_axis, values=(50.0, 75.0, 100.0, 125.0))
    memory.keep("T2", Viewing.of(one, Window(300, 500)).at_frame(2))
    assert memory.first_look("T2", prepared(one.with_array(one.array, axis=late))).frame == 1


def test_the_chosen_plane_is_kept() -> None:
    memory, volume = ViewMemory(), body()
    viewing = Viewing.of(volume, Window(300, 500))
    coronal = next(plane for plane in planes_of(volume) if plane.name == "coronal")
    memory.keep("T1", viewing.in_plane(coronal))
    assert memory.first_look("T1", prepared(body("LPS"))).plane.name == "coronal"


def test_a_window_that_shows_nothing_of_the_next_scan_is_not_kept() -> None:
    memory, loaded = ViewMemory(), prepared(echoes())
    memory.keep("T2", Viewing.of(loaded.volume, Window(1e6, 10)))
    assert memory.first_look("T2", loaded).window == loaded.auto


def test_roles_do_not_mix() -> None:
    memory, loaded = ViewMemory(), prepared(echoes())
    memory.keep("T1", Viewing.of(loaded.volume, Window(300, 500)).at_frame(3))
    assert memory.first_look("T2", loaded).frame == 0


def moved(volume: Volume, by: tuple[float, float, float]) -> Volume:
    """The same scan elsewhere in the scanner."""
    affine = volume.affine.copy()
    affine[:3, 3] += by
    return replace(volume, affine=affine)


@pytest.mark.parametrize(("patient", "shift"), [("P-001", 0.0), ("P-002", 30.0)], ids=["the same", "another"])
def test_of_another_patient_the_position_counts_from_the_middle_of_the_volume(patient: str, shift: float) -> None:
    memory, volume = ViewMemory(), body()
    memory.keep("T1", Viewing.of(volume, Window(300, 500)).through((5.0, -3.0, 9.0)), "P-001")
    there = prepared(moved(volume, (shift, shift, shift)))
    assert memory.first_look("T1", there, patient=patient).cross == pytest.approx((5 + shift, shift - 3, 9 + shift))


def test_a_position_that_the_next_scan_has_not_is_not_gone_to() -> None:
    memory, volume = ViewMemory(), body()
    memory.keep("T1", Viewing.of(volume, Window(300, 500)).through((5.0, -3.0, 19.0)), "P-001")
    small = prepared(Volume(volume.array[:, 8:12], volume.affine))
    assert memory.first_look("T1", small, patient="P-002").index == 2


def test_the_zoom_of_each_plane_is_kept_per_role() -> None:
    memory = ViewMemory()
    cameras = {"axial": Camera(2.0, 1.0, 3.0), "coronal": Camera(5.0)}
    memory.keep("T1", Viewing.of(body(), Window(300, 500)), "P-001", cameras)
    kept = memory.of("T1", "P-002")
    assert kept is not None
    assert kept.cameras == cameras
    assert memory.of("T2") is None


def test_the_slice_to_be_read_first_is_the_one_that_will_be_shown(tmp_path: Path) -> None:
    memory, volume = ViewMemory(), body()
    memory.keep("T1", Viewing.of(volume, Window(300, 500)).through((0.0, 0.0, 9.0)), "P-001")
    write_nifti(moved(volume, (0.0, 0.0, 100.0)), tmp_path / "there.nii")
    kept = memory.of("T1", "P-002")
    assert kept is not None
    assert kept.slice_in(inspect(tmp_path / "there.nii")) == 14


def louder(volume: Volume, by: int) -> Volume:
    """The same scan with so many times the values."""
    return volume.with_array(volume.array * by, axis=volume.frame_axis)


@pytest.mark.parametrize("name", ["Automatic", "Full range", "Soft", "Bright"])
def test_a_window_that_follows_from_the_values_follows_from_those_of_the_next_patient(name: str) -> None:
    memory = ViewMemory()
    magnetic = replace(echoes(), facts=replace(echoes().facts, modality="MR"))
    one, other = prepared(magnetic), prepared(louder(magnetic, 3))
    window = one.named(name)
    assert window is not None
    memory.keep("T2", Viewing.of(one.volume, window.turned()), "P-001", preset=one.name_of(window))
    assert memory.first_look("T2", other, patient="P-002").window == other.named(name).turned()  # type: ignore[union-attr]


def test_a_window_that_somebody_set_keeps_its_numbers() -> None:
    memory, one, other = ViewMemory(), prepared(echoes()), prepared(louder(echoes(), 3))
    window = Window(301, 517)
    memory.keep("T2", Viewing.of(one.volume, window), "P-001", preset=one.name_of(window))
    assert memory.first_look("T2", other, patient="P-002").window == window
