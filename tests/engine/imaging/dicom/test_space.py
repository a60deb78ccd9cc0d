from pathlib import Path

import numpy as np
import pytest

from engine.imaging import inspect, open_scan
from engine.imaging.volume import Facts, Volume
from tests.engine.imaging.dicom.written import write_series

ONE, OTHER = "1.2.840.1", "1.2.840.2"


def loaded(folder: Path, **said: str) -> Volume:
    folder.mkdir()
    write_series(folder, np.arange(48).reshape(4, 4, 3), np.diag([1.0, 1.0, 2.0, 1.0]), **said)
    return open_scan(inspect(folder).source).load()


def test_scans_of_one_frame_of_reference_share_a_token_and_others_do_not(tmp_path: Path) -> None:
    first, again, other = (
        loaded(tmp_path / name, FrameOfReferenceUID=uid) for name, uid in (("a", ONE), ("b", ONE), ("c", OTHER))
    )
    assert first.facts.frame_of_reference == again.facts.frame_of_reference
    assert not first.facts.elsewhere(again.facts)
    assert first.facts.elsewhere(other.facts)


def test_nobody_can_read_the_uid_from_the_token(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    token = loaded(folder, FrameOfReferenceUID=ONE).facts.frame_of_reference
    assert token
    assert ONE not in token
    assert not any(ONE in str(value) for value in inspect(folder).as_json().values())


def test_without_a_frame_of_reference_nothing_can_be_told_apart(tmp_path: Path) -> None:
    silent, one = loaded(tmp_path / "a"), loaded(tmp_path / "b", FrameOfReferenceUID=ONE)
    assert silent.facts.frame_of_reference == ""
    assert not silent.facts.elsewhere(one.facts)
    assert not one.facts.elsewhere(silent.facts)


@pytest.mark.parametrize(
    "change",
    [
        lambda volume: volume.slab(slice(1, 2)),
        lambda volume: volume.reoriented("LPS"),
        lambda volume: volume.resampled_to((2.0, 2.0, 2.0)),
        lambda volume: volume.with_array(volume.array + 1),
        lambda volume: volume.at_frame(0),
    ],
)
def test_copies_of_a_volume_keep_it(tmp_path: Path, change) -> None:
    volume = loaded(tmp_path / "a", FrameOfReferenceUID=ONE)
    assert change(volume).facts.frame_of_reference == volume.facts.frame_of_reference != ""


def test_the_unit_of_values_comes_along(tmp_path: Path) -> None:
    assert loaded(tmp_path / "a", Units="BQML").facts.unit == "BQML"
    assert Facts().unit == ""
