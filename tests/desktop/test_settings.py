import json
from pathlib import Path

import pytest

from desktop.settings import RECENT_LIMIT, Recent, Settings, settings_file


def recent(name: str) -> Recent:
    return Recent(f"/data/{name}", name, "2026-11-20T10:00:00+00:00", 33, 66)


def test_settings_survive() -> None:
    settings = Settings(theme="light", geometry="AdnQ", list_shown=False, patient_names="id", volumes_by="card")
    settings.remember(recent("knees"))
    settings.save()
    assert Settings.load() == settings


def test_without_a_file_there_are_defaults() -> None:
    assert Settings.load() == Settings()


@pytest.mark.parametrize(
    "content",
    [
        "{",
        '["dark"]',
        '{"theme": "pink"}',
        '{"patient_names": "name"}',
        '{"volumes_by": "me"}',
        '{"rail_shown": 3}',
        '{"recent": [{}]}',
        "\0",
    ],
)
def test_an_unreadable_file_gives_defaults_and_is_kept_aside(content: str) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(content, "utf-8")
    assert Settings.load() == Settings()
    aside = settings_file().with_name("settings.unreadable-1.json")
    assert aside.read_text("utf-8") == content
    assert not settings_file().exists()


def test_settings_of_a_later_version_are_read_as_far_as_they_are_known() -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(json.dumps({"theme": "light", "from_the_future": 1}), "utf-8")
    assert Settings.load() == Settings(theme="light")


def test_a_workspace_is_listed_once_and_on_top() -> None:
    settings = Settings(recent=[recent("a"), recent("b")])
    settings.remember(recent("b"))
    assert [entry.title for entry in settings.recent] == ["b", "a"]


def test_the_list_of_workspaces_does_not_grow_for_ever() -> None:
    settings = Settings()
    for number in range(2 * RECENT_LIMIT):
        settings.remember(recent(str(number)))
    assert len(settings.recent) == RECENT_LIMIT


def test_saving_leaves_no_other_file_behind(tmp_path: Path) -> None:
    Settings().save(tmp_path / "settings.json")
    assert [file.name for file in tmp_path.iterdir()] == ["settings.json"]
