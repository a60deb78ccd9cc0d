"""The ways folders of scans are arranged, one module each."""
