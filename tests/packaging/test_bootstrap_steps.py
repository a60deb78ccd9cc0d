"""The decisions of the bootstrap that need no installation."""

import os
import shutil
from pathlib import Path

import pytest
from bootstrap_steps import checks, display, failure, stamp, system_libraries
from bootstrap_steps.places import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "constraints.txt").write_text("numpy==2.4.6\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / ".venv").mkdir()
    return Repository(tmp_path)


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_linux_has_a_display_when_a_variable_says_so(variable: str) -> None:
    assert display.has_display({variable: ":0"}, "linux")
    assert not display.has_display({variable: ""}, "linux")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_windows_and_macos_always_have_a_display(platform: str) -> None:
    assert display.has_display({}, platform)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_outside_linux_the_window_is_tested_on_the_real_screen(platform: str) -> None:
    assert display.on_screen_in_memory(["python", "-m", "pytest"], platform) == ["python", "-m", "pytest"]


def test_the_screen_in_memory_is_not_bypassed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert not {"QT_QPA_PLATFORM", "WAYLAND_DISPLAY"} & display.screen_in_memory_environment().keys()


def test_the_command_for_missing_libraries_can_be_copied() -> None:
    command = " ".join(system_libraries.install_command(["xvfb", "libegl1"]))
    assert command == "sudo apt-get install --yes --no-install-recommends xvfb libegl1"


@pytest.mark.skipif(not shutil.which("apt-get") or not hasattr(os, "geteuid"), reason="needs a Debian or Ubuntu")
def test_who_may_not_install_libraries_is_told_the_exact_command(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(system_libraries, "FOR_TESTS", ["dpkg", "no-such-library"])
    tools = [shutil.which(name) for name in ("dpkg-query", "apt-get")]
    folder = repository.root / "tools"
    folder.mkdir()
    for tool in filter(None, tools):
        (folder / Path(tool).name).symlink_to(tool)
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(failure.Failure) as refusal:
        system_libraries.ensure_for_tests(repository)
    assert refusal.value.hint.endswith("sudo apt-get install --yes --no-install-recommends no-such-library")


def test_a_stamp_covers_less_than_was_installed_but_not_more(repository: Repository) -> None:
    stamp.write_stamp(repository, stamp.Stamp("same", ("dev",), str(repository.root)))
    read = stamp.read_stamp(repository)
    assert read is not None
    assert read.covers("same", [])
    assert read.covers("same", ["dev"])
    assert not read.covers("same", ["dicom"])
    assert not read.covers("other", [])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"fingerprint": 1', "null"])
def test_half_a_stamp_is_no_stamp(repository: Repository, text: str) -> None:
    repository.stamp.write_text(text)
    assert stamp.read_stamp(repository) is None


def test_the_fingerprint_follows_whatever_changes_an_installation(repository: Repository) -> None:
    seen = {stamp.fingerprint(repository, "3.11.7"), stamp.fingerprint(repository, "3.12.1")}
    repository.constraints.write_text("numpy==2.4.7\n")
    seen.add(stamp.fingerprint(repository, "3.11.7"))
    repository.project.write_text("[project]\nname = 'isocenter'\n")
    seen.add(stamp.fingerprint(repository, "3.11.7"))
    assert len(seen) == 4


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "check the network"),
        (
            "ERROR: No version satisfies the requirement setuptools>=77 (from versions: none)",
            "network",
        ),
        ("ERROR: No matching distribution found for torch==2.13.0", "Python 3.11"),
    ],
)
def test_a_failed_installation_is_answered_with_what_to_do(output: str, advice: str) -> None:
    assert advice in failure.install_hint(output)


def test_arguments_after_the_dashes_go_to_pytest() -> None:
    assert checks.understood(["--only", "engine", "--", "-k", "slice"]) == (["engine"], ["-k", "slice"])
    assert checks.understood(["--", "-x"]) == (checks.PARTS, ["-x"])


@pytest.mark.parametrize("arguments", [["--only"], ["--only", "everything"], ["-k", "slice"]])
def test_what_is_not_understood_is_refused_with_the_usage(arguments: list[str]) -> None:
    with pytest.raises(failure.Failure) as refusal:
        checks.understood(arguments)
    assert "lint|engine|desktop" in refusal.value.hint


def test_a_chosen_test_file_runs_in_its_own_part_only(tmp_path: Path) -> None:
    wishes = ["tests/engine/test_recipe.py::test_it", "-x"]
    assert checks.pytest_arguments(tmp_path, ("tests/engine",), wishes) == wishes
    assert checks.pytest_arguments(tmp_path, ("tests/desktop",), wishes) == []


def test_missing_tests_are_a_failure_and_not_a_success(tmp_path: Path) -> None:
    with pytest.raises(failure.Failure, match="no tests"):
        checks.pytest_arguments(tmp_path, ("tests/engine",), [])
