"""The finished tensors of a fold's patients, kept on the device where they fit."""

from collections.abc import Mapping, Sequence
from typing import Any

import psutil
import torch
from torch import Tensor

from engine.models.networks.classifier import Batch
from engine.prepare import Prepared, PreparedCohort
from engine.recipe import Target

_SHARE_OF_FREE = 0.5


class Samples:
    """Patients in a fixed order. `labels` are class numbers per target; `batch` pads what it is asked for."""

    def __init__(
        self,
        cohort: PreparedCohort,
        patients: Sequence[str],
        states: Mapping[str, list[dict[str, Any]]],
        targets: Sequence[Target],
        device: torch.device,
    ) -> None:
        self.patients = list(patients)
        self._cohort, self._states, self._device = cohort, states, device
        self.labels = {
            target.column: torch.tensor(
                [target.classes.index(cohort.by_key[patient].labels[target.column]) for patient in patients],
                device=device,
            )
            for target in targets
        }
        self._kept = self._all() if self._fit_on_device() else None

    def __len__(self) -> int:
        return len(self.patients)

    def batch(self, numbers: Sequence[int]) -> Batch:
        """The patients of these numbers, slices padded with zeros to the longest of them."""
        rows = [self._kept[number] if self._kept else self._finished(self.patients[number]) for number in numbers]
        inputs, masks = {}, {}
        for name in self._cohort.pipelines:
            inputs[name], masks[name] = _padded([row[name] for row in rows])
        return Batch(inputs, masks)

    def _finished(self, patient: str) -> dict[str, Tensor]:
        prepared: Prepared = self._cohort.by_key[patient]
        return {
            name: torch.from_numpy(pipeline.finish(prepared.volumes[name].array, self._states[name]).copy()).to(
                self._device
            )
            for name, pipeline in self._cohort.pipelines.items()
        }

    def _all(self) -> list[dict[str, Tensor]]:
        return [self._finished(patient) for patient in self.patients]

    def _fit_on_device(self) -> bool:
        chosen = [self._cohort.by_key[patient] for patient in self.patients]
        needed = sum(volume.array.nbytes for one in chosen for volume in one.volumes.values())
        return needed < _SHARE_OF_FREE * _free_bytes(self._device)


def _padded(scans: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """(patients, frames, z, y, x) and the mask (patients, z) of the slices that are there."""
    longest = max(scan.shape[1] for scan in scans)
    out = scans[0].new_zeros((len(scans), scans[0].shape[0], longest, *scans[0].shape[2:]))
    mask = torch.zeros((len(scans), longest), dtype=torch.bool, device=out.device)
    for number, scan in enumerate(scans):
        out[number, :, : scan.shape[1]] = scan
        mask[number, : scan.shape[1]] = True
    return out, mask


def _free_bytes(device: torch.device) -> int:
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return int(psutil.virtual_memory().available)
