"""From a scan to a tensor: ordered steps, a pipeline that remembers, and a cache on disk."""

from engine.prepare.pipeline import Pipeline
from engine.prepare.prepared import Prepared, PreparedCohort, prepare_cohort
from engine.prepare.step import FittedStep, Step

__all__ = ["FittedStep", "Pipeline", "Prepared", "PreparedCohort", "Step", "prepare_cohort"]
