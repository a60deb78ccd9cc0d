"""A plain 3-D convolutional network for one volume of one size."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import Field

from engine.models.model import InputShape, Model, models
from engine.registry import Info, Options

if TYPE_CHECKING:
    from engine.models.networks.classifier import Classifier


class Simple3DOptions(Options):
    """Size and regularisation."""

    width: int = Field(default=32, ge=2, le=128, title="Width", description="Channels of the first convolution.")
    dropout: float = Field(default=0.3, ge=0, lt=1, title="Dropout", description="Before the last layer.")


def build(options: Simple3DOptions, inputs: Mapping[str, InputShape], heads: Mapping[str, int]) -> "Classifier":
    """The network; frames are its channels."""
    from engine.models.networks.simple_3d_cnn import Simple3DCNN

    ((name, shape),) = inputs.items()
    return Simple3DCNN(name, shape.frames, heads, options.width, options.dropout)


models.register(
    Model(
        Info("simple-3d-cnn", "Simple 3-D CNN", "Five 3-D convolution blocks and a global average; about 2 M weights."),
        "3-D",
        Simple3DOptions,
        build,
        {"image": InputShape(1, 128, 128, 128)},
        most_inputs=1,
        same_slices=True,
    )
)
