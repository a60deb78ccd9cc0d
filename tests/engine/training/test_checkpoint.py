"""Checkpoints hold everything a fold needs to go on, and nothing that could run."""

from pathlib import Path

import pytest
import torch
from torch import nn

from engine.errors import RunError
from engine.training.checkpoint import load_checkpoint, restore, save_checkpoint


def trained(steps: int = 3) -> tuple[nn.Module, torch.optim.Optimizer]:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
    optimiser = torch.optim.AdamW(model.parameters())
    for _ in range(steps):
        step(model, optimiser)
    return model, optimiser


def step(model: nn.Module, optimiser: torch.optim.Optimizer) -> None:
    optimiser.zero_grad()
    model(torch.ones(5, 3)).square().sum().backward()
    optimiser.step()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    model, optimiser = trained()
    save_checkpoint(tmp_path / "checkpoint.safetensors", model, optimiser, 3, {"train": ["P-001"], "seed": 7})
    return tmp_path / "checkpoint.safetensors"


def test_training_goes_on_from_a_checkpoint_as_if_it_had_never_stopped(path: Path) -> None:
    model, optimiser = trained(0)
    checkpoint = load_checkpoint(path)
    assert checkpoint is not None
    restore(checkpoint, model, optimiser)
    step(model, optimiser)
    uninterrupted, _ = trained(4)
    assert all(torch.equal(value, model.state_dict()[name]) for name, value in uninterrupted.state_dict().items())


def test_a_checkpoint_tells_how_far_it_is_and_whom_it_saw(path: Path) -> None:
    checkpoint = load_checkpoint(path)
    assert checkpoint is not None
    assert (checkpoint.epoch, checkpoint.facts) == (3, {"train": ["P-001"], "seed": 7})


def test_a_checkpoint_is_no_pickle(path: Path) -> None:
    length = int.from_bytes(path.read_bytes()[:8], "little")
    assert path.read_bytes()[8 : 8 + length].startswith(b"{")
    assert b"\x80\x04" not in path.read_bytes()[: 8 + length]


def test_no_checkpoint_is_none(tmp_path: Path) -> None:
    assert load_checkpoint(tmp_path / "absent") is None


@pytest.mark.parametrize("content", [b"", b"\x80\x04\x95pickle", None], ids=["empty", "pickle", "cut"])
def test_a_damaged_checkpoint_says_how_to_go_on(path: Path, content: bytes | None) -> None:
    path.write_bytes(path.read_bytes()[:-7] if content is None else content)
    with pytest.raises(RunError, match="the checkpoint is damaged") as caught:
        load_checkpoint(path)
    assert "Delete the file" in caught.value.hint


def test_a_checkpoint_of_another_model_is_refused(path: Path) -> None:
    checkpoint = load_checkpoint(path)
    assert checkpoint is not None
    other = nn.Linear(9, 9)
    with pytest.raises(RunError, match="does not fit the model"):
        restore(checkpoint, other, torch.optim.AdamW(other.parameters()))
