from dataclasses import replace

import numpy as np
import pytest

from desktop.measuring.drawn import Drawn
from desktop.measuring.sizes import Trust, sizes_of, trust_in
from desktop.measuring.wording import copied, label_words, size_words
from engine.cohort.measuring.measurements import Measurement
from engine.imaging.doubt import Doubt
from engine.imaging.volume import Facts, FrameAxis, Volume
from engine.measure import Angle, Distance, Rectangle, SlicePlane, figures
from engine.pictures.planes import acquired_plane
from tests.helpers.volumes import affine_of

SPACING = (0.5, 0.5, 3.0)
VOLUME = Volume(np.arange(2.0 * 4 * 20 * 20).reshape(2, 4, 20, 20), affine_of("RAS", SPACING, (20, 20, 4)))
PLANE = SlicePlane((0.0, 0.0, -1.5), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
LINE = Distance(PLANE, ((0.0, 0.0, -1.5), (3.0, 4.0, -1.5)))
CORNER = Angle(PLANE, ((3.0, 0.0, -1.5), (0.0, 0.0, -1.5), (0.0, 2.0, -1.5)))
BOX = Rectangle(PLANE, ((-2.0, -2.0, -1.5), (2.0, 3.0, -1.5)))


def words(shape: Distance | Angle | Rectangle, trust: Trust) -> str:
    return size_words(sizes_of(shape, figures(shape, VOLUME), trust, acquired_plane(VOLUME)))


@pytest.mark.parametrize(("shape", "told"), [(LINE, "5.00 mm"), (CORNER, "90.0°"), (BOX, "20.0 mm²")])
def test_sizes_have_units(shape: Distance | Angle | Rectangle, told: str) -> None:
    assert words(shape, Trust()) == told


@pytest.mark.parametrize(("shape", "told"), [(LINE, "10.0 px"), (CORNER, "90.0°"), (BOX, "80.0 px²")])
def test_without_a_known_size_of_pixels_these_are_counted(shape: Distance | Angle | Rectangle, told: str) -> None:
    trust = trust_in(VOLUME, ())
    assert not trust.pixels
    assert words(shape, Trust(pixels=True)) == told


def test_a_doubt_about_sizes_is_a_question_mark() -> None:
    trust = trust_in(VOLUME, (Doubt("uneven", "the slices are 3 to 5 mm apart"),))
    assert words(LINE, trust) == "5.00 mm ?"
    assert "3 to 5 mm" in trust.doubts[0]


def test_what_was_only_noted_is_no_doubt() -> None:
    assert trust_in(VOLUME, (Doubt("uneven", "hardly so", "note"),)) == Trust()


def test_an_area_tells_its_mean_and_its_size() -> None:
    found = figures(BOX, VOLUME)
    sizes = sizes_of(BOX, found, Trust(), acquired_plane(VOLUME))
    told = label_words(sizes, found.frames[0])
    assert told.startswith(f"mean {found.frames[0].mean:.4g} ± ")
    assert told.endswith(", 20.0 mm²")
    assert label_words(sizes, found.frames[0], short=True) == told.removeprefix("mean ").removesuffix(", 20.0 mm²")


def test_copied_figures_are_a_line_per_frame() -> None:
    found = figures(BOX, VOLUME)
    drawn = Drawn(1, Measurement(1, BOX, "Body"))
    lines = copied(drawn, sizes_of(BOX, found, Trust(), acquired_plane(VOLUME)), found, FrameAxis()).splitlines()
    assert lines[0] == "Body\t20.0 mm²"
    assert len(lines) == 4
    assert lines[2].split("\t")[0] == "1"


THICK = Doubt("thickness", "the thickness of slices is not given; 1 mm is taken")
DEEP = Distance(SlicePlane((0.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0)), ((0.0, 0.0, -4.5), (0.0, 0.0, 4.5)))


def test_without_a_thickness_sizes_within_a_slice_are_in_millimetres() -> None:
    trust = trust_in(replace(VOLUME, facts=Facts("dicom", "MR", (THICK,))), (THICK,))
    assert words(LINE, trust) == "5.00 mm"
    assert words(BOX, trust) == "20.0 mm²"
    assert words(DEEP, trust) == "3.00 px"
    assert trust.of(LINE.plane).doubts == ()


def test_a_doubt_about_the_pixels_themselves_counts_within_slices_too() -> None:
    doubts = (Doubt("size", "its pixel size is that at the detector"), THICK)
    trust = trust_in(replace(VOLUME, facts=Facts("dicom", "DX", doubts)), doubts)
    assert words(LINE, trust) == "10.0 px"
    assert trust.of(LINE.plane).doubts[1].startswith("Its pixel size is that at the detector.")


def test_notes_begin_with_a_capital_letter() -> None:
    trust = trust_in(VOLUME, (Doubt("uneven", "the slices are 3 to 5 mm apart"),))
    assert trust.doubts[0].startswith("The slices")
