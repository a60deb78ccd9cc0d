"""How the scans beside each other follow the one that was moved."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker

from desktop.comparing.link import OnScreen, added, camera_like, following, offset_to
from desktop.viewer.scan_pane import ScanPane
from engine.pictures.camera import Camera
from engine.pictures.linked import Linked
from engine.pictures.plane import World
from engine.pictures.viewing import Viewing


class Links:
    """While they are `on`, the `panes` in sight follow the one that was moved."""

    def __init__(self, panes: list[ScanPane]) -> None:
        self.on = True
        self._panes = panes
        self._cameras: dict[ScanPane, dict[str, Camera]] = {}

    def arrive(self, pane: ScanPane) -> None:
        """Another scan is in a pane: its zoom is nobody's doing."""
        self._cameras[pane] = _cameras_of(pane)

    def move(self, pane: ScanPane, *, scaled: bool) -> None:
        """Somebody moved a pane: others follow, also to its scale if that was changed or they are to be `scaled`."""
        before, self._cameras[pane] = self._cameras.get(pane), _cameras_of(pane)
        self.follow(pane, scaled=scaled or before != self._cameras[pane])

    def follow(self, leader: ScanPane, *, scaled: bool) -> None:
        """Take all others where one is."""
        for pane in self._panes if self.on else ():
            if pane is not leader and not pane.isHidden():
                follow(pane, leader, scaled=scaled)


def follow(pane: ScanPane, leader: ScanPane, *, scaled: bool) -> None:
    """Take a pane to the leader's position, as far as that means anything in its scan; where `scaled`, to its scale."""
    ours, theirs, linked = leader.viewing, pane.viewing, pane.planes.linked
    if ours is None or theirs is None or linked is None or leader.scan is None or pane.scan is None:
        return
    same_patient = pane.scan.patient == leader.scan.patient
    offset = offset_to(ours.volume, theirs.volume, same_patient=same_patient)
    if offset is None:
        return
    alike = partial(
        following,
        leader=ours,
        same_scan=pane.scan == leader.scan,
        same_role=pane.scan.role == leader.scan.role and not same_patient,
    )
    _take(pane, linked.each(alike))
    pane.go_to_position(added(ours.position, offset))
    if scaled:
        _turn(pane, leader)
        _scale(pane, leader, offset)


def _turn(pane: ScanPane, leader: ScanPane) -> None:
    """Have the same plane before the others; nobody is told, for nobody chose it here."""
    ours, theirs = leader.planes.main, pane.planes.main
    if ours is not None and theirs is not None and ours.plane.name != theirs.plane.name:
        with QSignalBlocker(pane.planes):
            pane.planes.choose(ours.plane.name)


def _scale(pane: ScanPane, leader: ScanPane, offset: World) -> None:
    linked, shown = pane.planes.linked, _on_screen(leader)
    own = _on_screen(pane)
    if linked is None:
        return

    def scaled(viewing: Viewing) -> Viewing:
        name = viewing.plane.name
        if name not in shown or name not in own:
            return viewing
        camera = camera_like(shown[name], own[name], offset)
        return viewing if camera == viewing.camera else replace(viewing, camera=camera)

    _take(pane, linked.each(scaled))


def _on_screen(pane: ScanPane) -> dict[str, OnScreen]:
    """The planes in sight by name."""
    views = (cell.view for cell in pane.planes.shown)
    return {
        view.viewing.plane.name: OnScreen(view.viewing, view.placement, (view.width(), view.height()))
        for view in views
        if view.viewing is not None
    }


def _take(pane: ScanPane, linked: Linked) -> None:
    now = pane.planes.linked
    if now is not None and any(a is not b for a, b in zip(linked.viewings, now.viewings, strict=True)):
        pane.planes.change_all(linked)


def _cameras_of(pane: ScanPane) -> dict[str, Camera]:
    return {} if pane.planes.linked is None else pane.planes.linked.cameras
