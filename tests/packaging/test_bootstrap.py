"""What bootstrap.py promises, tried on a tiny project that really is installed."""

import ast
import shutil
from pathlib import Path

import pytest

from tests.packaging.tiny_project import REPOSITORY, bootstrap, make_checkout

INSTALLING = "Installing Isocenter"
on_linux = pytest.mark.skipif("sys.platform != 'linux'", reason="only Linux can be without a display")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout where `run` was asked for once."""
    checkout = make_checkout(tmp_path_factory.mktemp("installed") / "isocenter")
    first = bootstrap(checkout, "run")
    assert first.returncode == 0, first.stderr
    assert INSTALLING in first.stderr
    return checkout


def stamp_of(checkout: Path) -> Path:
    return checkout / ".venv" / "isocenter-stamp.json"


def test_an_old_python_is_told_what_it_takes() -> None:
    import bootstrap as face

    assert "Python 3.11 or newer, and this is Python 3.8" in face.refusal((3, 8, 18))
    assert face.refusal((3, 11, 0)) == ""


def test_the_face_is_readable_for_python_3_8() -> None:
    ast.parse((REPOSITORY / "packaging" / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_without_a_verb_the_usage_is_shown_and_the_status_is_2(tmp_path: Path) -> None:
    answer = bootstrap(make_checkout(tmp_path / "isocenter"))
    assert answer.returncode == 2
    assert "bootstrap.py run" in answer.stderr


@on_linux
def test_without_a_display_the_demo_says_where_its_report_is(installed: Path) -> None:
    answer = bootstrap(installed, "run")
    places = dict(line.split(maxsplit=1) for line in answer.stdout.splitlines())
    run = Path(places["Workspace"]) / "runs" / "1"
    assert places["Report"] == str(run / "report.html")
    assert places["Pictures"] == str(run / "pictures")
    assert "fold 1 of 6" in answer.stderr


@on_linux
def test_a_finished_demo_is_never_written_over(installed: Path) -> None:
    before = set(installed.glob("demo*"))
    assert bootstrap(installed, "run").returncode == 0
    assert len(set(installed.glob("demo*")) - before) == 1


@on_linux
def test_a_failed_demo_is_told_in_its_own_words(installed: Path) -> None:
    answer = bootstrap(installed, "run", TINY_DEMO_FAILS="1")
    assert answer.returncode == 1
    assert "The recipe is not there." in answer.stderr
    assert "See isocenter recipes." in answer.stderr
    assert "Traceback" not in answer.stderr


@on_linux
def test_a_workspace_without_a_display_is_refused_with_a_way_out(installed: Path) -> None:
    answer = bootstrap(installed, "run", "study")
    assert answer.returncode == 1
    assert "no display" in answer.stderr
    assert "isocenter --help" in answer.stderr


def test_with_a_display_the_window_opens_on_the_demo_study(installed: Path) -> None:
    assert bootstrap(installed, "run", "--light", DISPLAY=":7").stdout == "window --demo --light\n"


def test_a_workspace_is_found_from_where_the_user_stands(installed: Path) -> None:
    answer = bootstrap(installed, "run", "study", DISPLAY=":7")
    assert answer.stdout == f"window {installed.parent / 'study'}\n"


def test_a_second_call_installs_nothing(installed: Path) -> None:
    bootstrap(installed, "run", DISPLAY=":7")
    assert INSTALLING not in bootstrap(installed, "run", DISPLAY=":7").stderr


def test_help_is_told_and_nothing_is_started(installed: Path) -> None:
    assert "bootstrap.py test" in bootstrap(installed, "run", "--help", DISPLAY=":7").stdout


def test_changed_constraints_are_installed(installed: Path) -> None:
    (installed / "packaging" / "constraints.txt").write_text("numpy==2.4.6\n")
    assert INSTALLING in bootstrap(installed, "run", DISPLAY=":7").stderr
    assert INSTALLING not in bootstrap(installed, "run", DISPLAY=":7").stderr


def test_an_interrupted_installation_is_done_again(installed: Path) -> None:
    stamp_of(installed).write_text('{"fingerprint": "')
    assert INSTALLING in bootstrap(installed, "run", DISPLAY=":7").stderr


def test_a_failed_installation_says_why_in_one_line_and_leaves_no_stamp(installed: Path) -> None:
    sound = (installed / "pyproject.toml").read_text()
    (installed / "pyproject.toml").write_text("[project")
    answer = bootstrap(installed, "run", DISPLAY=":7")
    assert answer.returncode == 1
    assert "The installation failed:" in answer.stderr
    assert "install.log" in answer.stderr
    assert not stamp_of(installed).exists()
    (installed / "pyproject.toml").write_text(sound)
    assert bootstrap(installed, "run", DISPLAY=":7").returncode == 0


@pytest.mark.skipif("sys.platform == 'win32'", reason="links to the base Python are how it is on Unix")
def test_an_environment_whose_python_is_gone_is_made_anew(installed: Path) -> None:
    for link in (installed / ".venv" / "bin").glob("python*"):
        link.unlink()
    answer = bootstrap(installed, "run", DISPLAY=":7")
    assert "broken" in answer.stderr
    assert answer.stdout == "window --demo\n"


def test_a_moved_repository_is_noticed(installed: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(installed, moved, symlinks=True)
    answer = bootstrap(moved, "run", DISPLAY=":7")
    assert "moved" in answer.stderr
    assert answer.stdout == "window --demo\n"
