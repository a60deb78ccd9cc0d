"""The page says what a reviewer needs, and needs nothing beside it."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from engine.recipe import Target
from engine.report import write_report
from engine.report.words import BASE_RATE_NOTE
from tests.engine.report.made import hostile, page, report_data

STAGES = Target(column="stage", classes=("none", "mild", "severe"))
SCRIPT = '<script>alert("x")</script>'


class Outline(HTMLParser):
    """The tags of a page, what they point at, and whether every one was closed in turn."""

    VOID = frozenset({"meta", "link", "br", "img", "hr"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.references: list[str] = []
        self.misplaced: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.misplaced += self._open

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.references += [value or "" for name, value in attributes if name in ("src", "href", "data", "xlink:href")]
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.misplaced.append(tag)


def test_the_page_refers_to_nothing_outside_itself(tmp_path: Path) -> None:
    assert Outline(page(report_data(), tmp_path)).references == []


def test_the_page_names_no_address(tmp_path: Path) -> None:
    assert re.findall(r"(?:https?:)?//\w|@import|url\(", page(report_data(), tmp_path)) == []


def test_the_page_runs_no_script(tmp_path: Path) -> None:
    assert "script" not in Outline(page(report_data(), tmp_path)).tags


def test_every_tag_of_the_page_is_closed(tmp_path: Path) -> None:
    assert Outline(page(report_data(), tmp_path)).misplaced == []


def test_the_same_run_gives_the_same_page(tmp_path: Path) -> None:
    assert page(report_data(), tmp_path / "a") == page(report_data(), tmp_path / "b")


def test_the_report_lies_where_the_run_folder_expects_it(tmp_path: Path) -> None:
    assert write_report(tmp_path, report_data()) == tmp_path / "report.html"


def test_the_page_says_research_use_only(tmp_path: Path) -> None:
    assert "Research use only - not for clinical use" in page(report_data(), tmp_path)


def test_the_verdict_is_on_the_page(tmp_path: Path) -> None:
    data = report_data()
    assert data.verdicts["diagnosis"] in page(data, tmp_path)


def test_the_image_level_has_a_banner(tmp_path: Path) -> None:
    assert "<strong>Image level.</strong>" in page(report_data(level="image"), tmp_path)


def test_the_patient_level_has_no_banner(tmp_path: Path) -> None:
    assert "<strong>Image level.</strong>" not in page(report_data(), tmp_path)


def test_a_jackknife_comes_with_the_note_on_its_base_rates(tmp_path: Path) -> None:
    assert "Jackknife: leaving one patient out lowers" in page(report_data(), tmp_path)


def test_another_protocol_comes_without_that_note(tmp_path: Path) -> None:
    assert BASE_RATE_NOTE[:30] not in page(report_data(protocol="holdout"), tmp_path)


def test_warnings_of_the_run_are_on_the_page(tmp_path: Path) -> None:
    assert "P-007 is left out" in page(replace(report_data(), warnings=["P-007 is left out"]), tmp_path)


def test_every_prediction_is_on_the_page(tmp_path: Path) -> None:
    text = page(report_data(), tmp_path)
    assert all(f"<td>P-{number:03d}</td>" in text for number in range(1, 34))


def test_the_environment_is_on_the_page(tmp_path: Path) -> None:
    assert "packages torch</td><td>2.13.0</td>" in page(report_data(), tmp_path)


def test_the_recipe_on_the_page_reads_back(tmp_path: Path) -> None:
    assert 'key = "relaxation-cnn"' in page(report_data(), tmp_path).replace("&#34;", '"')


def test_every_target_has_its_part(tmp_path: Path) -> None:
    other = Target(column="fractured", classes=("no", "yes"))
    text = page(report_data(targets=[Target(column="part", classes=("hand", "leg")), other]), tmp_path)
    assert "<h2>Figures: part</h2>" in text
    assert "<h2>Figures: fractured</h2>" in text


@pytest.mark.parametrize("text", [SCRIPT, "<img src=x onerror=alert(1)>", "</title></style><b>", '"><i>'])
def test_what_a_user_typed_stays_text(text: str, tmp_path: Path) -> None:
    made = page(hostile(report_data(), text), tmp_path)
    assert text not in made


def test_labels_that_look_like_tags_stay_text_in_figures_and_tables(tmp_path: Path) -> None:
    target = Target(column="<b>column</b>", classes=(SCRIPT, "a & b"))
    assert Outline(page(report_data(targets=[target]), tmp_path)).tags.isdisjoint({"script", "b"})


def test_a_run_without_epochs_has_no_training_curves(tmp_path: Path) -> None:
    assert "<h2>Training</h2>" not in page(replace(report_data(), events=[]), tmp_path)


def test_a_run_without_baselines_is_reported_alone(tmp_path: Path) -> None:
    alone = replace(report_data(), baselines={}, differences={})
    assert "Beside the baselines" not in page(alone, tmp_path)


def test_a_class_nobody_has_does_not_break_the_page(tmp_path: Path) -> None:
    text = page(report_data(heads=(9, 8, 0), targets=[STAGES], protocol="holdout"), tmp_path)
    assert "no patient of class severe was tested" in text


def test_a_tied_baseline_is_called_tied(tmp_path: Path) -> None:
    gap = {"value": 0.1, "low": -0.05, "high": 0.2}
    data = replace(report_data(), differences={"linear": {"diagnosis": gap}})
    assert "tied: the interval covers 0" in page(data, tmp_path)
