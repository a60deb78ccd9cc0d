"""What a search finds: every file accounted for once, in order, with progress, and it stops when asked."""

import gzip
import os
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.control import Control
from engine.errors import Cancelled
from engine.imaging import Discovery, Offer, ScanHeader, ScanSource, Unreadable, discover, read
from engine.imaging.header import Identity
from engine.imaging.reader import Reader, readers
from engine.imaging.search import FAULT
from engine.registry import Info
from tests.engine.imaging.made import voxels, write
from tests.engine.imaging.whole_scan import WholeScan

MAGIC = b"a format of this test"


@pytest.fixture
def reader(monkeypatch):
    """Adds a reader for files that begin with MAGIC, gone after the test."""

    def add(survey, offers=None) -> None:
        entry = Reader(
            Info("made", "Made", "Of this test."),
            (".made",),
            lambda head: head.startswith(MAGIC),
            survey,
            lambda source: WholeScan(header(*source.files), read),
            offers,
        )
        readers.keys()
        monkeypatch.setitem(readers._entries, "made", entry)

    return add


def header(*files: Path, patient: str = "", companions: tuple[Path, ...] = ()) -> ScanHeader:
    who = Identity(patient) if patient else None
    return ScanHeader(
        ScanSource("made", files), "made", (1, 1, 1), np.eye(4), "uint8", identity=who, companions=companions
    )


def accounted(found: Discovery) -> Counter[Path]:
    """How often each file is told of; one that holds several scans counts once."""
    named = {file for scan in found.scans for file in (*scan.source.files, *scan.companions)}
    return Counter([*named, *(item.path for item in found.unreadable)])


def test_an_archive_without_files_is_told(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w"):
        pass
    assert accounted(discover([tmp_path])) == Counter([tmp_path / "a.zip"])


def test_every_file_is_accounted_for_once(tmp_path):
    scan = write(tmp_path / "deep.nii", voxels(4, 3, 2, 3)).read_bytes()
    (tmp_path / "deep.json").write_text('{"VolumeTiming": [0, 1, 2]}')
    (tmp_path / "a/b").mkdir(parents=True)
    contents = {"a/1": scan, "a/b/2.nii.gz": gzip.compress(scan), "a/x.txt": b"words", "a/b/broken.nii": scan[:400]}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    told = accounted(discover([tmp_path, tmp_path / "a"]))
    assert told == Counter(path for path in tmp_path.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["nibabel_tests", "pydicom_bundled", "dcm_qa_enh"])
def test_real_folders_are_accounted_for_file_by_file(shared_data, name):
    folder = shared_data / name
    told = accounted(discover([folder]))
    visible = [
        path for path in folder.rglob("*") if path.is_file() and "/." not in str(path.relative_to(folder.parent))
    ]
    assert told == Counter(visible)


def test_scans_are_in_natural_order(tmp_path):
    for name in ("s10.nii", "s9.nii", "b/s1.nii"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, voxels(4, 3, 2))
    assert [str(scan.path.relative_to(tmp_path)) for scan in discover([tmp_path]).scans] == [
        "b/s1.nii",
        "s9.nii",
        "s10.nii",
    ]


def test_paths_stay_as_they_were_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write(Path("s.nii"), voxels(4, 3, 2))
    assert [item["path"] for item in discover([Path("s.nii")]).as_json()] == ["s.nii"]


def test_what_is_not_there_is_told(tmp_path):
    (only,) = discover([tmp_path / "gone.nii"]).unreadable
    assert (only.path, only.foreign) == (tmp_path / "gone.nii", False)


def test_nothing_given_finds_nothing():
    assert discover([]).as_json() == []


def test_content_counts_and_not_the_name(tmp_path):
    plain = write(tmp_path / "s.nii", voxels(4, 3, 2))
    plain.rename(tmp_path / "s.jpg")
    np.save(tmp_path / "a.npy", voxels(4, 3))
    (tmp_path / "a.npy").rename(tmp_path / "a.nii.gz")
    assert [scan.format for scan in discover([tmp_path]).scans] == ["npy", "nifti"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"just some words\n", "a text"),
        (b"<!DOCTYPE html><html>not logged in</html>", "a web page"),
        (b"%PDF-1.7", "a PDF"),
        (b"Salted__" + bytes(range(200)), "encrypted"),
        (bytes(2000), "zeros"),
        (b"version https://git-lfs.github.com/spec/v1\n", "placeholder"),
        (np.random.default_rng(0).bytes(4000), "encrypted"),
    ],
)
def test_a_name_that_promises_a_scan_without_one_is_broken_and_tells_what_it_is(tmp_path, content, told):
    (tmp_path / "s.nii").write_bytes(content)
    (only,) = discover([tmp_path]).unreadable
    assert told in only.error
    assert not only.foreign


@pytest.mark.parametrize("content", [b"", b"words", b"\x00\x01\x02"])
def test_files_of_other_kinds_are_foreign(tmp_path, content):
    (tmp_path / "notes").write_bytes(content)
    assert [item.foreign for item in discover([tmp_path]).unreadable] == [True]


def test_a_format_that_is_not_read_packed_by_gzip_says_what_to_do(tmp_path):
    np.save(tmp_path / "a.npy", voxels(4, 3))
    (tmp_path / "b.npy.gz").write_bytes(gzip.compress((tmp_path / "a.npy").read_bytes()))
    (only,) = discover([tmp_path]).unreadable
    assert "packed by gzip" in only.error


def test_archives_of_other_kinds_say_what_to_do(tmp_path):
    (tmp_path / "scans.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(20))
    (only,) = discover([tmp_path]).unreadable
    assert (only.foreign, only.hint) == (False, "Unpack it, and open the folder.")


def test_a_file_that_a_reader_says_nothing_of_is_told(tmp_path, reader):
    reader(lambda paths, control, progress: [])
    (tmp_path / "s").write_bytes(MAGIC)
    assert [item.path for item in discover([tmp_path]).unreadable] == [tmp_path / "s"]


def test_a_reader_that_fails_costs_its_own_files_only(tmp_path, reader):
    def survey(paths, control, progress):
        yield header(paths[0])
        raise RuntimeError("secret")

    reader(survey)
    write(tmp_path / "other.nii", voxels(4, 3, 2))
    for name in "12":
        (tmp_path / name).write_bytes(MAGIC)
    found = discover([tmp_path])
    assert [scan.path.name for scan in found.scans] == ["1", "other.nii"]
    (only,) = found.unreadable
    assert only.path.name == "2"
    assert only.error.startswith(f"{FAULT}: RuntimeError in test_discovery.py")
    assert "secret" not in only.error


def test_a_companion_is_not_told_as_unreadable(tmp_path, reader):
    reader(lambda paths, control, progress: [header(*paths, companions=(tmp_path / "notes.txt",))])
    (tmp_path / "s").write_bytes(MAGIC)
    (tmp_path / "notes.txt").write_bytes(b"words")
    assert discover([tmp_path]).unreadable == ()


def test_one_patient_has_one_pseudonym(tmp_path, reader):
    owners = {"1": "anna", "2": "bert", "3": "anna"}
    reader(lambda paths, control, progress: [header(path, patient=owners[path.name]) for path in paths])
    for name in owners:
        (tmp_path / name).write_bytes(MAGIC)
    assert [scan.patient for scan in discover([tmp_path]).scans] == ["P-001", "P-002", "P-001"]


def joinable(paths, control, progress):
    return [header(path) for path in paths]


def offered(scans):
    return [Offer(header(*(scan.path for scan in scans)), tuple(scans))] if len(scans) > 1 else []


def test_an_offer_is_told_in_each_of_its_parts(tmp_path, reader):
    reader(joinable, offered)
    for name in "12":
        (tmp_path / name).write_bytes(MAGIC)
    assert all(item["offer"].startswith("1: 2 scans look like one") for item in discover([tmp_path]).as_json())


def test_an_offer_taken_up_leaves_one_scan_and_no_offer(tmp_path, reader):
    reader(joinable, offered)
    for name in "123":
        (tmp_path / name).write_bytes(MAGIC)
    joined = discover([tmp_path]).joined()
    assert ([len(scan.source.files) for scan in joined.scans], joined.offers) == ([3], ())


def test_offers_that_want_the_same_scan_are_not_both_taken_up(tmp_path, reader):
    reader(joinable, lambda scans: [*offered(scans), *offered(scans[:2])])
    for name in "123":
        (tmp_path / name).write_bytes(MAGIC)
    assert [len(scan.source.files) for scan in discover([tmp_path]).joined().scans] == [3]


def test_progress_never_goes_back_and_ends_complete(tmp_path):
    for n in range(600):
        (tmp_path / f"{n}.nii").write_bytes(b"no scan" if n % 2 else b"")
    told: list[tuple[int, int]] = []
    discover([tmp_path], progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert all(done <= total for done, total in told)
    assert told[-1] == (600, 600)


def test_a_search_stops_at_the_next_file_when_asked(tmp_path):
    for n in range(600):
        (tmp_path / f"{n}.txt").write_bytes(b"")
    control = Control()
    with pytest.raises(Cancelled):
        discover([tmp_path], control=control, progress=lambda done, total: control.cancel())


def test_a_file_that_vanishes_during_the_search_is_told(tmp_path, reader):
    def survey(paths, control, progress):
        (tmp_path / "z.nii").unlink()
        return [Unreadable(path, "no scan") for path in paths]

    reader(survey)
    (tmp_path / "a").write_bytes(MAGIC)
    write(tmp_path / "z.nii", voxels(4, 3, 2))
    assert accounted(discover([tmp_path])) == Counter([tmp_path / "a", tmp_path / "z.nii"])


def test_names_that_are_no_text_can_be_printed(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    try:
        path.write_bytes(b"words")
    except OSError:
        pytest.skip("this file system takes text only")
    (only,) = discover([tmp_path]).as_json()
    assert only["path"].encode().endswith(b"\\udcff.txt")


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text("abAB019.é ", min_size=1, max_size=8), st.binary(max_size=40), max_size=6))
def test_any_small_tree_is_accounted_for(tmp_path_factory, tree):
    folder = tmp_path_factory.mktemp("tree")
    for name, content in tree.items():
        if name.strip("."):
            (folder / name).write_bytes(content)
    visible = Counter(path for path in folder.iterdir() if not path.name.startswith("."))
    assert accounted(discover([folder])) == visible
