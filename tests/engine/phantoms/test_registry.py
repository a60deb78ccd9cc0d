import pytest

from engine.control import Control
from engine.errors import Cancelled, RecipeError, RegistryError, StorageError
from engine.phantoms import make_phantom, phantoms
from engine.recipe import Choice, load_recipe

FEW = {"healthy": 2, "osteoporotic": 1, "matrix": 16}


def test_the_recipe_on_the_shelf_names_a_phantom_and_options_it_has(tmp_path):
    choice = load_recipe("osteoporosis-mri").phantom
    assert choice is not None
    assert make_phantom(choice.model_copy(update=FEW), tmp_path, 0).patients == 3


def test_options_say_what_they_are_so_that_a_form_can_be_drawn():
    for phantom in phantoms:
        for name, field in phantom.options.model_fields.items():
            assert field.title, f"{phantom.info.key}: {name}"


def test_a_misspelt_phantom_or_option_is_answered_with_the_near_one(tmp_path):
    with pytest.raises(RegistryError) as caught:
        make_phantom(Choice(key="osteoporosis-mr"), tmp_path, 0)
    assert "osteoporosis-mri" in caught.value.hint
    with pytest.raises(RecipeError) as wrong:
        make_phantom(Choice(key="osteoporosis-mri", efect=1), tmp_path, 0)
    assert "effect" in wrong.value.hint
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_patients(tmp_path):
    steps = []
    make_phantom(Choice(key="osteoporosis-mri", **FEW), tmp_path, 0, lambda done, total: steps.append((done, total)))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_cancelled_phantom_leaves_nothing(tmp_path):
    control = Control()
    with pytest.raises(Cancelled):
        make_phantom(Choice(key="osteoporosis-mri", **FEW), tmp_path, 0, lambda done, total: control.cancel(), control)
    assert list(tmp_path.iterdir()) == []


def test_a_cohort_is_never_written_over(tmp_path):
    choice = Choice(key="osteoporosis-mri", **FEW)
    before = make_phantom(choice, tmp_path, 0).labels.read_bytes()
    with pytest.raises(StorageError, match="already holds a cohort"):
        make_phantom(choice, tmp_path, 1)
    assert (tmp_path / "data" / "labels.csv").read_bytes() == before


def test_a_folder_that_cannot_be_made_is_a_storage_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        make_phantom(Choice(key="osteoporosis-mri", **FEW), tmp_path / "file" / "folder", 0)
