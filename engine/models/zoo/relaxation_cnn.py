"""A branch per acquisition, with 3-D convolutions that also run along the echoes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from engine.models.model import InputShape, Model, models
from engine.registry import Info, Options

if TYPE_CHECKING:
    from engine.models.networks.classifier import Classifier


class RelaxationOptions(Options):
    """Size and regularisation."""

    width: int = Field(default=4, ge=2, le=128, title="Width", description="Channels of the first convolution.")
    depth: int = Field(default=2, ge=1, le=6, title="Depth", description="Blocks that look at the surroundings.")
    hidden: int = Field(default=16, ge=4, le=1024, title="Hidden units", description="Of the joining layer.")
    dropout: float = Field(default=0.2, ge=0, lt=1, title="Dropout", description="Before the joining layer.")


def build(options: RelaxationOptions, inputs: Mapping[str, InputShape], heads: Mapping[str, int]) -> "Classifier":
    """The network; every input gets a branch of its own."""
    from engine.models.networks.relaxation_cnn import RelaxationCNN

    frames = {name: shape.frames for name, shape in inputs.items()}
    return RelaxationCNN(frames, heads, options.width, options.depth, options.hidden, options.dropout)


models.register(
    Model(
        Info(
            "relaxation-cnn",
            "Relaxation CNN",
            "A branch per acquisition; reads each voxel's echoes, then its surroundings; any number of slices.",
        ),
        "2-D + frames",
        RelaxationOptions,
        build,
        {"t1": InputShape(10, 1, 64, 64), "t2": InputShape(8, None, 64, 64)},
    )
)
