"""Zip archives: what is in them is found; what is unsafe is refused before anything is written."""

import os
import stat
import zipfile
from pathlib import Path

import numpy as np
import pytest

from engine.control import Control
from engine.errors import Cancelled
from engine.imaging import Discovery, discover, open_scan, read
from tests.engine.imaging.made import voxels, write


@pytest.fixture
def scan(tmp_path) -> bytes:
    return write(tmp_path / "made.nii", voxels(4, 3, 2)).read_bytes()


def zipped(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return path


def patched(path: Path, old: bytes, new: bytes) -> Path:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))
    return path


def refused(archive: Path, into: Path) -> str:
    """The one reason; nothing is left on disk."""
    found = discover([archive], unpack_to=into)
    assert not found.scans
    assert not list(into.rglob("*"))
    (only,) = found.unreadable
    assert only.path == archive
    assert only.hint
    return only.error


def test_the_scans_in_an_archive_are_found_and_open(tmp_path, scan):
    with discover([zipped(tmp_path / "a.zip", {"in/s.nii": scan})]) as found:
        assert open_scan(found.scans[0].source).load().shape_xyz == (4, 3, 2)


def test_paths_are_shown_inside_of_the_archive(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {"in/s.nii": scan, "in/notes.txt": b"words"})
    with discover([archive]) as found:
        assert [item["path"] for item in found.as_json()] == [f"{archive}/in/s.nii", f"{archive}/in/notes.txt"]


def test_an_archive_met_in_a_folder_is_unpacked(tmp_path, scan):
    zipped(tmp_path / "deep.ZIP", {"s.nii": scan})
    with discover([tmp_path]) as found:
        assert sorted(found.shown(item.path).name for item in found.scans) == ["made.nii", "s.nii"]


def test_an_archive_under_another_name_is_unpacked(tmp_path, scan):
    with discover([zipped(tmp_path / "export", {"s.nii": scan})]) as found:
        assert len(found.scans) == 1


def test_temporary_files_go_when_the_discovery_is_closed(tmp_path, scan):
    with discover([zipped(tmp_path / "a.zip", {"s.nii": scan})]) as found:
        place = found.scans[0].path
        assert place.exists()
    assert not place.exists()


def test_a_scan_in_use_keeps_its_files(tmp_path, scan):
    header = discover([zipped(tmp_path / "a.zip", {"s.nii": scan})]).scans[0]
    assert read(header.source).frames == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no such copies of a process here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_copy_of_the_process_leaves_temporary_files_alone(tmp_path, scan):
    with discover([zipped(tmp_path / "a.zip", {"s.nii": scan})]) as found:
        if (child := os.fork()) == 0:
            found.close()
            os._exit(0)
        os.waitpid(child, 0)
        assert found.scans[0].path.exists()


def test_temporary_files_go_with_the_last_that_uses_them(tmp_path, scan):
    found: Discovery | None = discover([zipped(tmp_path / "a.zip", {"s.nii": scan})])
    assert found is not None
    place = found.scans[0].path
    found = None
    assert not place.exists()


def test_an_archive_reads_like_the_scan_in_it(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {"s.nii": scan})
    assert np.array_equal(read(archive).array, read(tmp_path / "made.nii").array)


def test_what_is_unpacked_to_a_folder_stays(tmp_path, scan):
    with discover([zipped(tmp_path / "a.zip", {"s.nii": scan})], unpack_to=tmp_path / "kept"):
        pass
    assert (tmp_path / "kept/a/s.nii").exists()


def test_archives_of_one_name_do_not_mix(tmp_path, scan):
    (tmp_path / "b").mkdir()
    given = [zipped(tmp_path / "a.zip", {"s.nii": scan}), zipped(tmp_path / "b/a.zip", {"s.nii": scan})]
    found = discover(given, unpack_to=tmp_path / "kept")
    assert [found.shown(item.path) for item in found.scans] == [given[0] / "s.nii", given[1] / "s.nii"]


def test_a_damaged_member_is_told_and_the_rest_is_read(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {"bad.nii": b"here are the bytes", "s.nii": scan}, zipfile.ZIP_STORED)
    found = discover([patched(archive, b"here are the bytes", b"here are no  bytes")])
    assert [found.shown(item.path) for item in found.unreadable] == [archive / "bad.nii"]
    assert len(found.scans) == 1


def test_an_archive_in_an_archive_is_told_and_not_unpacked(tmp_path, scan):
    inner = zipped(tmp_path / "inner.zip", {"s.nii": scan}).read_bytes()
    found = discover([zipped(tmp_path / "a.zip", {"inner.zip": inner})])
    assert ([item.error for item in found.unreadable], found.scans) == (
        ["an archive inside of an archive is not unpacked"],
        (),
    )


def test_documents_that_are_zip_inside_are_foreign(tmp_path):
    zipped(tmp_path / "letter.docx", {"[Content_Types].xml": b"<Types/>"})
    assert [item.foreign for item in discover([tmp_path]).unreadable] == [True]


@pytest.mark.parametrize("name", ["../out.nii", "a/../../out.nii", "/out.nii", "C:/out.nii", "a\\..\\..\\out.nii"])
def test_a_member_that_would_be_written_elsewhere_is_refused(tmp_path, scan, name):
    assert "outside" in refused(zipped(tmp_path / "a.zip", {"fine.nii": scan, name: scan}), tmp_path / "into")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_links_and_devices_are_refused(tmp_path, kind):
    info = zipfile.ZipInfo("link")
    info.create_system, info.external_attr = 3, (kind | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert "link or a device" in refused(tmp_path / "a.zip", tmp_path / "into")


def test_an_encrypted_archive_is_refused_with_what_to_do(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {"s.nii": scan})
    content = bytearray(archive.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    archive.write_bytes(content)
    assert "encrypted" in refused(archive, tmp_path / "into")


def test_a_member_larger_than_deflate_can_make_it_is_refused(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"zeros": bytes(50_000)})
    real, lie = (50_000).to_bytes(4, "little"), (1 << 31).to_bytes(4, "little")
    assert "larger than it can be" in refused(patched(archive, real, lie), tmp_path / "into")


def test_a_bomb_is_refused_by_what_it_claims_in_all(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"zeros": bytes(2 << 20)}, zipfile.ZIP_STORED)
    content = bytearray(archive.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 10 : at + 12] = (8).to_bytes(2, "little")
    content[at + 24 : at + 28] = (1000 << 21).to_bytes(4, "little")
    archive.write_bytes(content)
    assert "GiB are claimed" in refused(archive, tmp_path / "into")


def test_members_that_share_their_bytes_are_refused(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"one": bytes(range(256)) * 400}, zipfile.ZIP_STORED)
    content = archive.read_bytes()
    at, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    entry, tail = content[at:end], bytearray(content[end:])
    tail[8:12] = (3).to_bytes(2, "little") * 2
    tail[12:16] = (3 * len(entry)).to_bytes(4, "little")
    archive.write_bytes(content[:at] + entry * 3 + tail)
    assert "overlap" in refused(archive, tmp_path / "into")


def test_less_than_a_member_claims_is_damage(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {"s.nii": scan})
    size = len(scan)
    patched(archive, size.to_bytes(4, "little"), (size + 1).to_bytes(4, "little"))
    (only,) = discover([archive]).unreadable
    assert only.path.name == "s.nii"


def test_more_than_a_member_claims_is_never_written(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {"s.nii": scan})
    patched(archive, len(scan).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert not discover([archive], unpack_to=tmp_path / "into").scans
    assert sum(path.stat().st_size for path in (tmp_path / "into").rglob("*") if path.is_file()) == 0


@pytest.mark.parametrize("names", [("a", "a"), ("a", "a/b"), ("a/b", "a")])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_under_one_name_are_refused(tmp_path, names):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    assert "two files under one name" in refused(tmp_path / "a.zip", tmp_path / "into")


def test_another_compression_is_refused(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {"s.nii": scan}, zipfile.ZIP_LZMA)
    assert "compression" in refused(archive, tmp_path / "into")


def test_a_cut_archive_is_refused(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {"s.nii": scan})
    archive.write_bytes(archive.read_bytes()[:-30])
    assert "cut short" in refused(archive, tmp_path / "into")


def test_a_name_deeper_than_any_folder_is_refused(tmp_path, scan):
    assert "too deep" in refused(zipped(tmp_path / "a.zip", {"d/" * 5000 + "s.nii": scan}), tmp_path / "into")


def test_a_folder_that_cannot_be_made_is_told(tmp_path, scan):
    (tmp_path / "file").write_bytes(b"")
    (only,) = discover([zipped(tmp_path / "a.zip", {"s.nii": scan})], unpack_to=tmp_path / "file").unreadable
    assert "cannot be unpacked" in only.error


def test_unpacking_stops_when_asked_and_leaves_nothing(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {f"{n}.nii": scan for n in range(30)})
    control = Control()
    with pytest.raises(Cancelled):
        discover(
            [archive],
            unpack_to=tmp_path / "into",
            control=control,
            progress=lambda done, total: control.cancel() if done > 5 else None,
        )
    assert not list((tmp_path / "into").rglob("*"))


def test_progress_of_unpacking_never_goes_back_and_ends_complete(tmp_path, scan):
    archive = zipped(tmp_path / "a.zip", {f"{n}.nii": scan for n in range(30)})
    told: list[tuple[int, int]] = []
    discover([archive], progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 30


def test_an_archive_whose_list_of_members_is_enormous_is_refused_unread(tmp_path):
    with (tmp_path / "a.zip").open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(300 << 20)  # sparse
        stream.seek(0, 2)
        stream.write(b"PK\x05\x06" + bytes(8) + (280 << 20).to_bytes(4, "little") + bytes(6))
    assert "too many files" in refused(tmp_path / "a.zip", tmp_path / "into")


def test_a_member_without_a_name_is_passed_over(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"x": b"text"})
    archive.write_bytes(archive.read_bytes().replace(b"x", b"\0"))
    assert not discover([archive]).scans
