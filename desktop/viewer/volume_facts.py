"""What a volume measures, in a few lines."""

from engine.imaging.volume import Volume
from engine.pictures.doubt import unsure_of

Line = tuple[str, str]


def volume_facts(volume: Volume) -> tuple[Line, ...]:
    """Voxels, their size and the extent of all of them; no millimetres where those are not to be trusted."""
    lines = [("Voxels", " × ".join(str(size) for size in volume.shape_xyz))]
    if not unsure_of(volume).sizes:
        extent = (size * count for size, count in zip(volume.spacing, volume.shape_xyz, strict=True))
        lines.append(("Voxel size", " × ".join(f"{size:.3g}" for size in volume.spacing) + " mm"))
        lines.append(("Extent", " × ".join(f"{length:.0f}" for length in extent) + " mm"))
    lines.append(("Frames", str(volume.frames)))
    return tuple(lines)
