"""What shapes measure, in words."""

from desktop.measuring.drawn import Drawn
from desktop.measuring.sizes import Sizes
from engine.imaging.volume import FrameAxis
from engine.measure import Figures, RegionFigures, mean_words
from engine.pictures.wording import amount

SHORT = 10.0


def size_words(sizes: Sizes) -> str:
    """Its length, angle or area: "42.3 mm", "87.4°", "124 px²"; a question mark where that may be wrong."""
    doubt = " ?" if sizes.doubted else ""
    if sizes.length is not None:
        return f"{number(sizes.length)} {sizes.unit}{doubt}"
    if sizes.angle is not None:
        return f"{sizes.angle:.1f}°{doubt}"
    return "" if sizes.area is None else f"{number(sizes.area)} {sizes.unit}²{doubt}"


def label_words(sizes: Sizes, frame: RegionFigures | None, *, short: bool = False) -> str:
    """What stands beside a shape: "mean 812 ± 43, 124 mm²"; of that only the first where it has to be `short`."""
    mean = mean_words(frame)
    if short and mean:
        return mean
    return ", ".join(part for part in (f"mean {mean}" if mean else "", size_words(sizes)) if part)


def number(value: float) -> str:
    """A size, short ones to a hundredth, others to a tenth; great areas without that."""
    if value < SHORT:
        return f"{value:.2f}"
    return f"{value:.1f}" if value < SHORT**3 else f"{value:.0f}"


def copied(drawn: Drawn, sizes: Sizes, found: Figures | None, axis: FrameAxis) -> str:
    """All figures of a shape as lines of text that a spreadsheet takes."""
    lines = [f"{drawn.name}\t{size_words(sizes)}"]
    if found is not None and found.frames:
        lines.append("frame\tmean\tSD\tminimum\tmaximum\tvalues")
        lines += [_copied(frame, axis) for frame in found.frames]
    return "\n".join(lines)


def _copied(frame: RegionFigures, axis: FrameAxis) -> str:
    place = str(frame.frame + 1) if frame.value is None else amount(frame.value, axis)
    values = ("" if value is None else f"{value:.6g}" for value in (frame.mean, frame.sd, frame.minimum, frame.maximum))
    return "\t".join((place, *values, str(frame.count)))
