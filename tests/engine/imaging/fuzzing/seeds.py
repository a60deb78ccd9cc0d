"""Small sound files of each format but DICOM, as sets of files that belong together."""

import gzip
import io
import zipfile
from collections.abc import Callable

import nibabel
import numpy as np
from PIL import Image

Files = dict[str, bytes]

_AFFINE = np.array([[-2.0, 0.1, 0, 30], [0.1, 2.5, 0, -20], [0, 0, 3.0, 10], [0, 0, 0, 1]])


def _voxels(*shape: int, dtype: str = "<i2") -> np.ndarray:
    return np.random.default_rng(7).integers(0, 250, shape).astype(dtype)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def _grey(dtype: str = "u1") -> Image.Image:
    return Image.fromarray(_voxels(9, 11, dtype=dtype))


def _colour() -> Image.Image:
    return Image.fromarray(_voxels(9, 11, 3, dtype="u1"))


def nifti() -> list[Files]:
    plain = nibabel.Nifti1Image(_voxels(6, 5, 4, 2), _AFFINE).to_bytes()
    swapped = nibabel.Nifti1Image(_voxels(6, 5, 4), _AFFINE, nibabel.Nifti1Header(endianness=">")).to_bytes()
    return [{"a.nii": plain}, {"a.nii": swapped}, {"a.nii": nibabel.Nifti2Image(_voxels(6, 5, 4), _AFFINE).to_bytes()}]


def nifti_gz() -> list[Files]:
    return [{"a.nii.gz": gzip.compress(files["a.nii"], mtime=0)} for files in nifti()]


def nifti_with_sidecar() -> list[Files]:
    told = b'{"VolumeTiming": [0.5, 1.5], "Modality": "MR", "spacing": [1, 1, 2]}'
    return [{"a.json": told, **nifti()[0]}, {"a.json": told, **npy()[0]}]


def _pair(kind: type) -> Files:
    image = kind(_voxels(6, 5, 4), _AFFINE)
    made = {key: io.BytesIO() for key in ("header", "image", "mat")}
    image.to_file_map({key: nibabel.FileHolder(fileobj=stream) for key, stream in made.items()})
    return {"a.hdr": made["header"].getvalue(), "a.img": made["image"].getvalue()}


def analyze() -> list[Files]:
    return [_pair(nibabel.AnalyzeImage), _pair(nibabel.Spm99AnalyzeImage), _pair(nibabel.Nifti1Pair)]


def mgh() -> list[Files]:
    return [{"a.mgh": nibabel.MGHImage(_voxels(6, 5, 4, dtype=">f4"), _AFFINE).to_bytes()}]


def mgz() -> list[Files]:
    return [{"a.mgz": gzip.compress(mgh()[0]["a.mgh"], mtime=0)}]


def npy() -> list[Files]:
    made = []
    for array in (_voxels(4, 5, 6, 2), np.asfortranarray(_voxels(5, 6).astype(">f4")), _voxels(4, 5, 6) > 100):
        stream = io.BytesIO()
        np.save(stream, array)
        made.append({"a.npy": stream.getvalue()})
    return made


def npz() -> list[Files]:
    made = []
    for save in (np.savez, np.savez_compressed):
        stream = io.BytesIO()
        save(stream, images=_voxels(4, 5, 6), more=_voxels(5, 6), labels=np.arange(4))
        made.append({"a.npz": stream.getvalue()})
    return made


def png() -> list[Files]:
    palette = _colour().convert("P", palette=Image.Palette.ADAPTIVE)
    pictures = (_grey(), _grey("u2"), _colour(), palette, _grey().convert("1"), _colour().convert("RGBA"))
    return [{"a.png": _saved(picture, "PNG")} for picture in pictures]


def jpeg() -> list[Files]:
    cmyk = _colour().convert("CMYK")
    progressive = _saved(_colour(), "JPEG", progressive=True)
    return [{"a.jpg": _saved(picture, "JPEG")} for picture in (_grey(), _colour(), cmyk)] + [{"a.jpg": progressive}]


def tiff() -> list[Files]:
    pages = {"save_all": True, "append_images": [_grey(), _grey()]}
    ways = (pages, {"compression": "tiff_lzw"}, {"compression": "tiff_adobe_deflate"}, {"compression": "jpeg"})
    return [{"a.tif": _saved(_grey(), "TIFF", **way)} for way in ways] + [{"a.tif": _saved(_grey("u2"), "TIFF")}]


def bmp() -> list[Files]:
    return [{"a.bmp": _saved(picture, "BMP")} for picture in (_grey(), _colour(), _grey().convert("1"))]


def nrrd() -> list[Files]:
    head = "NRRD0004\ntype: short\ndimension: 3\nspace: left-posterior-superior\nsizes: 6 5 4\n"
    head += "space directions: (2,0,0) (0,2.5,0) (0,0,3)\nkinds: domain domain domain\nendian: little\nencoding: {}\n"
    head += "space origin: (1,2,3)\n\n"
    content = _voxels(4, 5, 6).tobytes()
    raw = head.format("raw").encode() + content
    return [{"a.nrrd": raw}, {"a.nrrd": head.format("gzip").encode() + gzip.compress(content, mtime=0)}]


def mha() -> list[Files]:
    head = "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = False\n"
    head += "TransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 1 2 3\nElementSpacing = 2 2.5 3\nDimSize = 6 5 4\n"
    return [
        {"a.mha": (head + "ElementType = MET_SHORT\nElementDataFile = LOCAL\n").encode() + _voxels(4, 5, 6).tobytes()}
    ]


def archive() -> list[Files]:
    made = []
    for way in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", way) as packed:
            packed.writestr("in/a.nii", nifti()[0]["a.nii"])
            packed.writestr("in/b.npy", npy()[0]["a.npy"])
        made.append({"a.zip": stream.getvalue()})
    return made


PLAIN: dict[str, Callable[[], list[Files]]] = {
    "nifti": nifti,
    "nifti-gz": nifti_gz,
    "nifti-with-sidecar": nifti_with_sidecar,
    "analyze": analyze,
    "mgh": mgh,
    "mgz": mgz,
    "npy": npy,
    "npz": npz,
    "png": png,
    "jpeg": jpeg,
    "tiff": tiff,
    "bmp": bmp,
    "nrrd": nrrd,
    "mha": mha,
    "zip": archive,
}
