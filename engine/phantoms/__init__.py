"""Synthetic cohorts with known truth, in the layout and format that real data would have."""

from engine.phantoms.registry import Phantom, PhantomCohort, make_phantom, phantoms

__all__ = ["Phantom", "PhantomCohort", "make_phantom", "phantoms"]
