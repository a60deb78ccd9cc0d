"""The volume views of the page: who draws them, and what changes their look."""

from PySide6.QtWidgets import QWidget

from desktop.pages.view.volume_slot import VolumeSlot
from desktop.session import Session
from desktop.viewer.scan_pane import ScanPane


def volume_slot(session: Session) -> VolumeSlot:
    """A volume view, drawn by whom the settings say, also when they change."""
    made = VolumeSlot(session.bridge)
    made.view.set_way(session.settings.volumes_by)
    session.drawer_changed.connect(made.view.set_way)
    return made


def strip_of(pane: ScanPane) -> QWidget | None:
    """What changes the look of the pane's volume, where that is in sight."""
    cell = pane.planes.volume
    return cell.content.strip if isinstance(cell.content, VolumeSlot) and not cell.isHidden() else None
