"""What every drawing ends in."""

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""Rows, columns, and red, green and blue from 0 to 255."""
