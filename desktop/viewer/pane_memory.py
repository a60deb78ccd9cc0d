"""What one pane keeps of how it was looked at, among several that share a memory."""

from collections.abc import Mapping

from desktop.viewer.memory import Kept, ViewMemory
from engine.pictures.camera import Camera
from engine.pictures.hanging import AS_USUAL, Hanging
from engine.pictures.viewing import Viewing


class PaneMemory(ViewMemory):
    """Reads from a shared memory, and writes to it unless `silent`: as beside another scan of the same role."""

    def __init__(self, shared: ViewMemory) -> None:
        super().__init__()
        self.silent = False
        self._shared = shared
        self.role_of = lambda scan: shared.role_of(scan)

    def keep(
        self,
        role: str,
        viewing: Viewing,
        patient: str = "",
        cameras: Mapping[str, Camera] | None = None,
        preset: str = "",
        hanging: Hanging = AS_USUAL,
    ) -> None:
        if not self.silent:
            self._shared.keep(role, viewing, patient, cameras, preset, hanging)

    def of(self, role: str, patient: str = "") -> Kept | None:
        return self._shared.of(role, patient)
