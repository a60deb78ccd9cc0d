"""Quantitative maps: relaxation times of one curve, or of every voxel of a scan."""

from engine.maps.curve_fit import CurveFit, fit_curve
from engine.maps.maps import Maps
from engine.maps.model import MODELS, RelaxationModel
from engine.maps.relaxation import can_map, relaxation_maps
from engine.maps.saving import save_maps

__all__ = [
    "MODELS",
    "CurveFit",
    "Maps",
    "RelaxationModel",
    "can_map",
    "fit_curve",
    "relaxation_maps",
    "save_maps",
]
