"""DICOM: from files in any order and under any name to scans with a place in the body."""
