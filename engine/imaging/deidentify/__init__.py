"""Copies of DICOM series that do not say who the patient is (DICOM PS3.15 Annex E, basic profile)."""

from engine.imaging.deidentify.export import export_deidentified
from engine.imaging.deidentify.options import Options
from engine.imaging.deidentify.patients import export_patients
from engine.imaging.deidentify.report import Refusal, Report

__all__ = ["Options", "Refusal", "Report", "export_deidentified", "export_patients"]
