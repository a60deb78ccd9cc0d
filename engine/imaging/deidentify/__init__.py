"""Copies of DICOM series that do not say who the patient is (DICOM PS3.15 Annex E, basic profile)."""

from engine.imaging.deidentify.export import Refusal, Report, export_deidentified
from engine.imaging.deidentify.options import Options

__all__ = ["Options", "Refusal", "Report", "export_deidentified"]
