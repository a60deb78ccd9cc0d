from dataclasses import replace
from pathlib import Path

import numpy as np

from desktop.layers.looks import Looks
from desktop.layers.wish import FileWish, MapWish, ScanWish
from desktop.layers.wishes import Wishes
from engine.cohort.cohort import Scan
from engine.imaging.source import ScanSource
from engine.imaging.volume import Volume
from engine.pictures.layer import Layer
from engine.pictures.overlay import Overlay

T1, T2, MAP = ScanWish("T1"), ScanWish("T2"), MapWish("time")


def scan(number: int, role: str = "T2", patient: str = "P-001") -> Scan:
    return Scan(number, patient, role, ScanSource("nifti", (Path(f"{number}.nii"),)), "nifti", (4, 4, 4), 1, "")


def layer(**look: float) -> Layer:
    volume = Volume(np.zeros((1, 2, 2, 2)), np.eye(4))
    return Layer(MAP.key, "T2", "map", replace(Overlay(volume, 0, 10), **look))  # type: ignore[arg-type]


def test_what_is_wished_for_over_a_role_holds_for_every_patient_and_no_other_role() -> None:
    wishes = Wishes()
    wishes.add(scan(1), T1)
    assert wishes.of(scan(7, patient="P-002")) == (T1,)
    assert wishes.of(scan(2, role="T1")) == ()


def test_a_file_stays_with_its_scan() -> None:
    wishes, file = Wishes(), FileWish(Path("mask.nii"), 1)
    wishes.add(scan(1), file)
    assert (wishes.of(scan(1)), wishes.of(scan(7))) == ((file,), ())
    wishes.clear(scan(7))
    assert wishes.of(scan(1)) == (file,)


def test_the_newest_is_on_top_and_moves_past_those_that_are_seen() -> None:
    wishes, elsewhere = Wishes(), FileWish(Path("mask.nii"), 7)
    for wish in (T1, MAP):
        wishes.add(scan(1), wish)
    wishes.add(scan(7), elsewhere)
    wishes.move(scan(1), MAP, -1)
    assert wishes.of(scan(1)) == (MAP, T1)
    wishes.move(scan(1), MAP, -1)
    assert wishes.of(scan(1)) == (MAP, T1)
    wishes.add(scan(1), MAP)
    assert wishes.of(scan(1)) == (T1, MAP)


def test_only_what_was_changed_is_worn_by_the_next_patients_layer() -> None:
    looks = Looks()
    looks.remember("T2", layer(), layer(opacity=0.2))
    worn = looks.worn("T2", layer(high=50.0)).overlay
    assert (worn.opacity, worn.high) == (0.2, 50.0)
    assert looks.worn("T1", layer()).overlay.opacity == 0.7


def test_a_range_that_was_kept_and_would_be_none_gives_way() -> None:
    looks = Looks()
    looks.remember("T2", layer(), layer(low=5.0))
    worn = looks.worn("T2", layer(low=1.0, high=4.0)).overlay
    assert (worn.low, worn.high) == (1.0, 4.0)
