from dataclasses import replace

import pytest

from desktop.viewer.loading import prepared
from desktop.viewer.memory import ViewMemory
from desktop.viewer.planes import planes_of
from desktop.viewer.viewing import Viewing
from desktop.viewer.windowing import Window
from tests.desktop.viewer.volumes import body, echoes


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
