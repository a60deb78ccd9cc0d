"""What a run depended on: versions, device, seed, and the content of its data."""

import hashlib
import json
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from engine import __version__
from engine.compute.device import Device
from engine.errors import RunError
from engine.files import write_text
from engine.prepare import PreparedCohort
from engine.recipe import Recipe
from engine.runs import RunFolder

_PACKAGES = ("torch", "numpy", "scipy", "scikit-learn", "nibabel", "pydantic", "safetensors")


def require_same(run: RunFolder, recipe: Recipe, cohort: PreparedCohort) -> None:
    """RunError where a run that is taken up again would go on with another recipe or other data."""
    before = run.environment()
    if before and before.get("recipe") != recipe_digest(recipe):
        hint = "Start a new run with the recipe as it is now."
        raise RunError("the recipe was changed since the run began", path=run.path, hint=hint)
    if before and before.get("data") != _data(cohort):
        hint = "Start a new run on the cohort as it is now."
        raise RunError("the cohort or its scans changed since the run began", path=run.path, hint=hint)
    if before.get("labels") not in (None, _labels(cohort)):
        hint = "Start a new run on the labels as they are now, or take the changes back."
        raise RunError("labels of patients changed since the run began", path=run.path, hint=hint)


def record(run: RunFolder, recipe: Recipe, cohort: PreparedCohort, device: Device) -> None:
    """Write `environment.json`."""
    facts = _facts(recipe, device) | {
        "recipe": recipe_digest(recipe),
        "data": _data(cohort),
        "labels": _labels(cohort),
        "accepted": list(cohort.accepted),
    }
    write_text(run.environment_path, json.dumps(facts, indent=2))


def _facts(recipe: Recipe, device: Device) -> dict[str, Any]:
    return {
        "isocenter": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "packages": {name: _version(name) for name in _PACKAGES},
        "device": {"key": device.key, "label": device.label, "threads": device.threads},
        "seed": recipe.seed,
        "determinism": "same numbers for the same seed on the same kind of device",
    }


def recipe_digest(recipe: Recipe) -> str:
    """A name for all that a recipe says."""
    return hashlib.sha256(recipe.to_toml().encode()).hexdigest()


def _data(cohort: PreparedCohort) -> dict[str, dict[str, str]]:
    return {
        one.patient: {name: f"{scan.digest}:{cohort.pipelines[name].digest}" for name, scan in one.scans.items()}
        for one in cohort.patients
    }


def _labels(cohort: PreparedCohort) -> str:
    """A name for what all patients were labelled."""
    told = sorted((one.patient, sorted(one.labels.items())) for one in cohort.patients)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
