"""Train: left the recipe as steps, right the curves."""

from desktop.pages.train.page import TrainPage

__all__ = ["TrainPage"]
