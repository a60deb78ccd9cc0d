"""The figures as files of their own."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from engine.recipe import Target
from engine.report import write_report
from engine.report.figures.plot import round_ticks
from engine.report.figures.svg import class_colors
from engine.report.figures.training import training
from engine.runs.events import EpochEnded
from tests.engine.report.made import events, report_data

SVG = "{http://www.w3.org/2000/svg}"
NAMES = ["1-diagnosis-baselines", "1-diagnosis-confusion", "1-diagnosis-figures", "1-diagnosis-ranking", "training"]


def picture(folder: Path, name: str, **changes: object) -> ElementTree.Element:
    write_report(folder, report_data(**changes))  # type: ignore[arg-type]
    return ElementTree.fromstring((folder / "pictures" / f"{name}.svg").read_text(encoding="utf-8"))


def words(drawing: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in drawing.iter(f"{SVG}text")]


def test_every_figure_is_a_file(tmp_path: Path) -> None:
    write_report(tmp_path, report_data())
    assert sorted(path.stem for path in (tmp_path / "pictures").iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_brings_its_own_colours(name: str, tmp_path: Path) -> None:
    picture(tmp_path, name)
    assert "var(" not in (tmp_path / "pictures" / f"{name}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_an_svg_file(name: str, tmp_path: Path) -> None:
    assert picture(tmp_path, name).tag == f"{SVG}svg"


def test_the_matrix_holds_every_patient(tmp_path: Path) -> None:
    counts = [int(word) for word in words(picture(tmp_path, "1-diagnosis-confusion")) if word.isdigit()]
    assert sum(counts) == 33


def test_a_target_name_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    target = Target(column="../../up\\and away", classes=("no", "yes"))
    write_report(tmp_path / "run", report_data(targets=[target]))
    assert (tmp_path / "run" / "pictures" / "1-up-and-away-confusion.svg").is_file()


def test_every_fold_has_a_thin_line_and_their_mean_a_thick_one(tmp_path: Path) -> None:
    looks = [line.get("class") for line in picture(tmp_path, "training").iter(f"{SVG}path")]
    assert (looks.count("thin accent"), looks.count("thick accent")) == (2 * 33, 2)


def test_an_epoch_that_was_done_again_after_a_resume_is_drawn_once() -> None:
    told = events(folds=1, epochs=4)
    again = training([*told, *told[2:]], "Training")
    once = training(told, "Training")
    assert again is not None
    assert once is not None
    assert again.inline() == once.inline()


def test_very_long_training_makes_no_huge_picture() -> None:
    drawing = training(events(folds=1, epochs=5000), "Training")
    assert drawing is not None
    assert len(drawing.inline()) < 20_000


def test_a_picture_is_named_for_those_who_cannot_see_it(tmp_path: Path) -> None:
    assert picture(tmp_path, "1-diagnosis-confusion")[1].text == "Confusion matrix of diagnosis"


def test_a_class_has_its_colour_by_name_and_not_by_place() -> None:
    assert class_colors(["b", "a"]) == class_colors(["a", "b"])


@pytest.mark.parametrize("top", [0.003, 0.72, 1.0, 1.4, 3.0, 12.0, 999.0])
def test_ticks_reach_the_highest_value_in_few_steps(top: float) -> None:
    ticks = round_ticks(top)
    assert ticks[-1] >= top * 0.999
    assert len(ticks) <= 7


def test_validation_is_drawn_where_it_was_watched() -> None:
    watched = [
        replace(event, validation_loss=0.5, validation_accuracy=0.7) if isinstance(event, EpochEnded) else event
        for event in events(folds=2, epochs=3)
    ]
    drawing = training(watched, "Training")
    assert drawing is not None
    assert "inner validation" in drawing.inline()
