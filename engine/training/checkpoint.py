"""Checkpoints in safetensors: weights, optimiser state, and how far the fold has come."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from engine.errors import RunError
from engine.files import write_atomically

_MODEL, _OPTIMISER = "model.", "optimiser."


@dataclass(frozen=True)
class Checkpoint:
    """`epoch` epochs are done; `facts` are JSON-able and hold what else the fold needs to go on."""

    epoch: int
    model: dict[str, Tensor]
    optimiser: dict[int, dict[str, Tensor]]
    facts: dict[str, Any]


def save_checkpoint(
    path: Path, model: nn.Module, optimiser: torch.optim.Optimizer, epoch: int, facts: dict[str, Any]
) -> None:
    """Write a checkpoint atomically; a crash leaves the one before."""
    tensors = {_MODEL + name: value.detach().cpu().contiguous() for name, value in model.state_dict().items()}
    for number, state in optimiser.state_dict()["state"].items():
        for name, value in state.items():
            tensors[f"{_OPTIMISER}{number}.{name}"] = torch.as_tensor(value).detach().cpu().contiguous()
    content = save(tensors, {"epoch": str(epoch), "facts": json.dumps(facts)})
    write_atomically(path, lambda stream: stream.write(content))


def load_checkpoint(path: Path) -> Checkpoint | None:
    """The checkpoint in a file; None where there is none yet."""
    if not path.exists():
        return None
    model: dict[str, Tensor] = {}
    optimiser: dict[int, dict[str, Tensor]] = {}
    try:
        with safe_open(path, framework="pt") as stored:
            told = stored.metadata()
            for key in stored.keys():  # noqa: SIM118 - not a mapping
                if key.startswith(_MODEL):
                    model[key.removeprefix(_MODEL)] = stored.get_tensor(key)
                else:
                    number, name = key.removeprefix(_OPTIMISER).split(".", 1)
                    optimiser.setdefault(int(number), {})[name] = stored.get_tensor(key)
            return Checkpoint(int(told["epoch"]), model, optimiser, json.loads(told["facts"]))
    except (SafetensorError, OSError, KeyError, ValueError, TypeError) as failure:
        hint = "Delete the file to train this fold anew, then resume."
        raise RunError(f"the checkpoint is damaged: {failure}", path=path, hint=hint) from failure


def restore(checkpoint: Checkpoint, model: nn.Module, optimiser: torch.optim.Optimizer) -> None:
    """Bring model and optimiser to where the checkpoint was taken."""
    try:
        model.load_state_dict(checkpoint.model)
        state = optimiser.state_dict()
        optimiser.load_state_dict({"state": checkpoint.optimiser, "param_groups": state["param_groups"]})
    except (RuntimeError, ValueError, KeyError) as failure:
        hint = "The recipe or Isocenter changed since; start a new run."
        raise RunError(f"the checkpoint does not fit the model: {failure}", hint=hint) from failure
