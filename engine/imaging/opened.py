"""An opened scan: its header is known, its voxels come when they are asked for."""

from abc import ABC, abstractmethod
from collections.abc import Callable

from engine.control import Control
from engine.imaging.header import ScanHeader
from engine.imaging.volume import Array, Facts, FrameAxis, Volume

Arrived = Callable[[Volume, int, int], None]


class OpenedScan(ABC):
    """What a reader's `open` returns. Every method raises ReadError, and nothing else, for any file content."""

    def __init__(self, header: ScanHeader) -> None:
        self.header = header

    @abstractmethod
    def plane(self, frame: int, z: int) -> Array:
        """One slice (y, x), with the values and the type that it has in the volume."""

    @abstractmethod
    def load(
        self,
        first: tuple[int, int] | None = None,
        arrived: Arrived | None = None,
        control: Control | None = None,
    ) -> Volume:
        """The whole scan, memory-mapped and read-only where the format allows.

        Voxels come in from the slice `first` (frame, z) outwards, by default from the middle one of frame 0.
        `arrived` is told, in the calling thread, the volume that is being filled and the slice that has just come
        into it; of a mapped scan, once. At most 1.3 times the memory of the array is in use. Cancelled when asked.
        """

    @property
    def centre(self) -> tuple[int, int]:
        """The slice (frame, z) to show first."""
        return (0, self.header.shape[2] // 2)

    def facts(self) -> Facts:
        """The header's share of the volume's facts."""
        header = self.header
        unit = header.details.get("units", "")
        return Facts(header.format, header.modality, header.doubts, header.frame_of_reference, unit)

    def frame_axis(self) -> FrameAxis:
        """The header's frame axis."""
        return FrameAxis(self.header.frame_axis, self.header.frame_values)
