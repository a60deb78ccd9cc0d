"""Scans of one patient beside each other that do not share a space: no position holds for both."""

from desktop.viewer.scan_pane import ScanPane


def tell_elsewhere(panes: list[ScanPane], front: ScanPane) -> None:
    """Have each pane say whether its files place it in another space than the scan of the same patient in front."""
    for pane in panes:
        pane.set_elsewhere(pane is not front and not pane.isHidden() and _elsewhere(pane, front))


def _elsewhere(pane: ScanPane, front: ScanPane) -> bool:
    if pane.scan is None or front.scan is None or pane.scan.patient != front.scan.patient:
        return False
    if pane.loaded is None or front.loaded is None:
        return False
    return pane.loaded.volume.facts.elsewhere(front.loaded.volume.facts)
