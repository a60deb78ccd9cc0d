"""import, sources, refresh, relink: what other programs may rely on."""

from pathlib import Path

import pytest

from engine.cohort import Workspace
from tests.engine.cli.conftest import Isocenter
from tests.helpers.cohorts import write_source, write_table
from tests.helpers.plain_pictures import write_classes, write_picture


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """Three pictures each of two classes."""
    return write_classes(tmp_path / "films")


@pytest.fixture
def study(isocenter: Isocenter, tmp_path: Path, films: Path) -> Path:
    """A workspace that holds them."""
    isocenter("import", films, tmp_path / "study", "--layout", "class-folders")
    return tmp_path / "study"


def test_import_tells_what_came_and_from_where(isocenter: Isocenter, films: Path, tmp_path: Path) -> None:
    told = isocenter("import", films, tmp_path / "study", "--layout", "class-folders", "--json").json
    assert {
        "patients",
        "scans",
        "level",
        "targets",
        "skipped",
        "layout",
        "source",
        "new",
        "changed",
        "vanished",
    } <= set(told)
    assert (told["source"], told["new"], told["changed"], told["vanished"]) == ("films", 6, [], [])


def test_classes_are_renamed_on_the_way_in(isocenter: Isocenter, films: Path, tmp_path: Path) -> None:
    words = (
        "--layout",
        "class-folders",
        "--class",
        "class:fractured=broken",
        "--class",
        "class:healthy=",
        "--name",
        "x",
    )
    told = isocenter("import", films, tmp_path / "study", *words, "--json").json
    assert (told["source"], list(told["targets"]["class"])) == ("x", ["broken"])


def test_columns_are_used_as_told(isocenter: Isocenter, tmp_path: Path) -> None:
    source = write_source(tmp_path / "scans", ["a", "b"])
    table = write_table(tmp_path / "t.csv", [["who", "state", "centre"], ["a", "ill", "1"], ["b", "well", "2"]])
    words = ("--labels", table, "--column", "who=patient", "--column", "centre=covariate")
    isocenter("import", source, tmp_path / "study", *words)
    patient = Workspace.peek(tmp_path / "study").cohort().patients[0]
    assert (patient.labels, patient.covariates) == ({"state": "ill"}, {"centre": "1"})


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--class", "fractured=broken"), "Write COLUMN:FROM=TO"),
        (("--option", "colour"), "Write KEY=VALUE"),
        (("--column", "who=persn"), "Did you mean"),
        (("--option", "colour=red"), "Its options are"),
        (("--layout", "class-folder"), "Did you mean 'class-folders'"),
    ],
)
def test_a_word_that_cannot_be_understood_says_how_to_write_it(
    isocenter: Isocenter, films: Path, tmp_path: Path, words: tuple[str, str], told: str
) -> None:
    answer = isocenter("import", films, tmp_path / "study", *words, "--json")
    assert (answer.status, told in answer.json["hint"]) == (1, True)
    assert not (tmp_path / "study").exists()


def test_two_sources_may_be_kept_apart(isocenter: Isocenter, tmp_path: Path) -> None:
    isocenter("import", write_source(tmp_path / "one", ["1", "2"]), tmp_path / "study")
    other = write_source(tmp_path / "two", ["1", "2"], seed=1)
    assert isocenter("import", other, tmp_path / "study", "--apart", "--json").json["patients"] == 4


def test_sources_lists_folders_and_whether_they_are_there(isocenter: Isocenter, study: Path, films: Path) -> None:
    films.rename(films.parent / "moved")
    (told,) = isocenter("sources", study, "--json").json
    assert (told["name"], told["root"], told["there"], told["scans"], told["gone"]) == (
        "films",
        str(films),
        False,
        6,
        0,
    )
    assert "not there)" in " ".join(isocenter("sources", study).out.split())


def test_refresh_tells_what_is_new_changed_and_vanished(isocenter: Isocenter, study: Path, films: Path) -> None:
    write_picture(films / "healthy" / "0009.png", 91)
    write_picture(films / "healthy" / "0002.png", 92)
    (films / "healthy" / "0001.png").unlink()
    (told,) = isocenter("refresh", study, "--json").json
    assert (told["new"], told["unchanged"], told["scans"]) == (1, 4, 7)
    assert told["changed"] == [str(films / "healthy" / "0002.png")]
    assert told["vanished"] == [str(films / "healthy" / "0001.png")]


def test_refresh_excludes_what_is_gone_when_asked(isocenter: Isocenter, study: Path, films: Path) -> None:
    (films / "healthy" / "0001.png").unlink()
    isocenter("refresh", study, "films", "--exclude-gone")
    assert [scan.excluded for scan in Workspace.peek(study).cohort().scans if scan.gone] == ["its files are gone"]


def test_a_source_that_is_not_there_does_not_keep_others_from_being_refreshed(
    isocenter: Isocenter, study: Path, films: Path, tmp_path: Path
) -> None:
    isocenter("import", write_classes(tmp_path / "more", first=50), study, "--layout", "class-folders")
    films.rename(tmp_path / "moved")
    first, second = isocenter("refresh", study, "--json").json
    assert ("relink" in first["hint"], second["unchanged"]) == (True, 6)


def test_relink_finds_a_source_where_it_is_now(isocenter: Isocenter, study: Path, films: Path, tmp_path: Path) -> None:
    films.rename(tmp_path / "moved")
    told = isocenter("relink", study, "films", tmp_path / "moved", "--json").json
    assert told == {"source": "films", "root": str(tmp_path / "moved"), "there": 6, "missing": [], "other": []}
    assert all(scan.path.is_file() for scan in Workspace.peek(study).cohort().scans)


def test_relink_to_a_wrong_folder_is_one_clear_line(isocenter: Isocenter, study: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    answer = isocenter("relink", study, "films", tmp_path / "empty")
    assert (answer.status, "none of the 6 scans of 'films' is here" in answer.err.splitlines()[-1]) == (1, True)


def test_a_dry_run_into_a_workspace_tells_what_would_be_new_and_changes_nothing(
    isocenter: Isocenter, study: Path, films: Path
) -> None:
    write_picture(films / "healthy" / "0009.png", 91)
    told = isocenter("import", films, study, "--dry-run", "--json").json
    assert (told["new"], told["unchanged"]) == (1, 6)
    assert len(Workspace.peek(study).cohort().scans) == 6


def test_a_moved_picture_is_told_as_moved(isocenter: Isocenter, study: Path, films: Path) -> None:
    (films / "fractured" / "0001.png").rename(films / "healthy" / "0009.png")
    (told,) = isocenter("refresh", study, "--json").json
    assert (told["new"], told["moved"], told["vanished"]) == (0, [str(films / "healthy" / "0009.png")], [])
    assert told["targets"]["class"]["healthy"]["patients"] == 4


def test_files_passed_over_for_one_reason_are_one_line(isocenter: Isocenter, tmp_path: Path) -> None:
    for number in range(30):
        write_picture(tmp_path / "films" / ("hand" if number % 2 else "hip") / f"p{number}_x.png", number)
    words = ("--layout", "name-pattern", "--option", "pattern=patient_{patient}", "--dry-run")
    write_picture(tmp_path / "films" / "hand" / "patient_1.png", 40)
    told = isocenter("import", tmp_path / "films", tmp_path / "study", *words)
    (line,) = (line for line in told.out.splitlines() if line.startswith("Skipped"))
    assert "and 27 more" in line
