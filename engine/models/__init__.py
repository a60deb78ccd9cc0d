"""The zoo: what models there are, what they need, and how one is built."""

from engine.models.model import InputShape, Model, build, models

__all__ = ["InputShape", "Model", "build", "models"]
