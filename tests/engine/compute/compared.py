"""Whether two runs came to the same result, bit by bit."""

import torch

from engine.runs import RunFolder
from engine.training.checkpoint import load_checkpoint


def learned(run: RunFolder) -> dict[str, dict[str, torch.Tensor]]:
    """The weights of each fold by the name of its folder."""
    found = {}
    for path in sorted(run.path.glob("folds/*/checkpoint.safetensors")):
        checkpoint = load_checkpoint(path)
        assert checkpoint is not None
        found[path.parent.name] = checkpoint.model
    return found


def same_result(one: RunFolder, other: RunFolder) -> bool:
    """Whether predictions are the same bytes, and all weights the same numbers."""
    if one.predictions_path.read_bytes() != other.predictions_path.read_bytes():
        return False
    first, second = learned(one), learned(other)
    return first.keys() == second.keys() and all(
        torch.equal(value, second[fold][name]) for fold, model in first.items() for name, value in model.items()
    )
