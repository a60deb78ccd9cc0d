"""From a file on disk to a volume in memory, with geometry that is never guessed."""

from engine.imaging.header import ScanHeader
from engine.imaging.reader import find_reader, inspect, is_scan_file, read
from engine.imaging.volume import Facts, FrameAxis, Volume

__all__ = ["Facts", "FrameAxis", "ScanHeader", "Volume", "find_reader", "inspect", "is_scan_file", "read"]
