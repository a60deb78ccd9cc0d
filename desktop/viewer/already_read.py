"""A scan that is in memory already, for whoever wants to read it once more."""

from collections.abc import Callable

from desktop.viewer.ahead import Ahead
from engine.control import Control
from engine.imaging.header import ScanHeader
from engine.imaging.opened import Arrived, OpenedScan
from engine.imaging.source import ScanSource
from engine.imaging.volume import Array, Volume


class AlreadyRead(OpenedScan):
    """Hands out the volume itself: nothing is read or copied."""

    def __init__(self, source: ScanSource, volume: Volume) -> None:
        facts, axis = volume.facts, volume.frame_axis
        super().__init__(
            ScanHeader(
                source,
                facts.format,
                volume.shape_xyz,
                volume.affine,
                str(volume.array.dtype),
                volume.frames,
                axis.kind,
                axis.values,
                facts.modality,
                doubts=facts.doubts,
            )
        )
        self._volume = volume

    def plane(self, frame: int, z: int) -> Array:
        plane: Array = self._volume.array[frame, z]
        return plane

    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        if arrived is not None:
            arrived(self._volume, *(first or self.centre))
        return self._volume


class AheadOrHere(Ahead):
    """What was opened ahead, or is in memory already: `find` answers with the volume read from a source."""

    find: Callable[[ScanSource], Volume | None] = staticmethod(lambda source: None)

    def take(self, source: ScanSource) -> OpenedScan | None:
        """The scan opened ahead, or one that is in memory; call it on the GUI thread."""
        volume = self.find(source)
        return super().take(source) if volume is None else AlreadyRead(source, volume)
