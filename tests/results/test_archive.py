"""Archives: the same bytes for the same folder, every change noticed, and nothing written for an archive that means harm."""

import json
import os
import stat
import zipfile

import pytest

from copro_sim.results import archive
from copro_sim.results.archive import ArchiveError, check_archive, pack_archive, unpack_archive
from tests.results.fakes import fake_results


@pytest.fixture
def folder(tmp_path):
    """Return a folder that a run left."""
    return fake_results().save(tmp_path / "run")


@pytest.fixture
def packed(folder, tmp_path):
    pack_archive(folder, tmp_path / "run.zip")
    return tmp_path / "run.zip"


def test_everything_is_in_it_with_its_checksum(folder, packed, tmp_path):
    names = set(check_archive(packed))
    assert names == {path.name for path in folder.iterdir()} | {"shipped/draws.csv"}
    unpack_archive(packed, tmp_path / "out")
    for path in folder.iterdir():
        assert (tmp_path / "out" / path.name).read_bytes() == path.read_bytes()
    assert zipfile.ZipFile(packed).testzip() is None


def test_the_same_folder_gives_the_same_bytes_on_any_day(folder, packed, tmp_path):
    for path in folder.iterdir():
        os.utime(path, (1, 1))
        path.chmod(0o600)
    digest = pack_archive(folder, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == packed.read_bytes()
    assert len(digest) == 64
    pack_archive(folder, tmp_path / "again.zip")


def test_any_byte_that_changes_is_noticed_or_means_nothing(packed, tmp_path):
    content, listed, path = packed.read_bytes(), check_archive(packed), tmp_path / "damaged.zip"
    refused = 0
    for at in range(0, len(content), max(1, len(content) // 400)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :])
        try:
            assert check_archive(path) == listed
        except ArchiveError:
            refused += 1
    assert refused > 350
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(ArchiveError, match="is no zip file, or damaged"):
        check_archive(path)


def rewritten(packed, path, change):
    """Write an archive anew with other members: `change` gets (and changes) a list of (ZipInfo, bytes)."""
    with zipfile.ZipFile(packed) as source:
        members = [(info, source.read(info)) for info in source.infolist()]
    change(members)
    with zipfile.ZipFile(path, "w") as target:
        for info, content in members:
            target.writestr(info, content)
    return path


def add(name, content=b"x", mode=stat.S_IFREG | 0o644, compress=zipfile.ZIP_STORED):
    """Return a change that adds a member, to the manifest, too."""

    def change(members):
        info = zipfile.ZipInfo(name)
        info.external_attr, info.compress_type = mode << 16, compress
        members.append((info, content))
        manifest = json.loads(members[0][1])
        manifest["files"][name] = {"bytes": len(content), "sha256": archive.hashlib.sha256(content).hexdigest()}
        members[0] = (members[0][0], json.dumps(manifest).encode())

    return change


def manifest_of(text):
    return lambda members: members.__setitem__(0, (members[0][0], text))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (add("../evil.txt"), "a path that could lead elsewhere"), (add("/tmp/evil.txt"), "a path that could lead elsewhere"),
        (add("a/../../evil"), "a path that could lead elsewhere"), (add("a\\..\\evil"), "a path that could lead elsewhere"),
        (add("c:evil"), "a path that could lead elsewhere"), (add("./evil"), "a path that could lead elsewhere"),
        (add("e\x1bvil"), "not printable"), (add("x" * 501), "too long"), (add("folder/"), "is no plain file"),
        (add("link", b"/etc/passwd", stat.S_IFLNK | 0o777), "is no plain file"),
        (add("pipe", b"", stat.S_IFIFO | 0o644), "is no plain file"),
        (add("bomb", b"0" * 10_000_000, compress=zipfile.ZIP_DEFLATED), "is compressed or encrypted"),
        (add("MONTHS.nc"), "is there twice"),
        (lambda members: members.pop(), "is missing"),
        (lambda members: members.append((zipfile.ZipInfo("extra"), b"x")), "was added"),
        (lambda members: members.pop(0), "was not packed by copro_sim"),
        (lambda members: members.__setitem__(1, (members[1][0], b"other")), "is damaged or was changed"),
        (manifest_of(b"{"), "MANIFEST.json cannot be read"), (manifest_of(b"[" * 100_000), "MANIFEST.json cannot be read"),
        (manifest_of(b'{"form": "other", "files": {}}'), "of another form"),
        (manifest_of(b'{"form": "copro_sim archive 1", "files": {"a": 1}}'), "MANIFEST.json cannot be read"),
        (manifest_of(b'{"form": "copro_sim archive 1", "files": {"a": {"bytes": true, "sha256": "x"}}}'), "of another form"),
    ],
)  # fmt: skip
def test_hostile_archives_are_refused_and_nothing_is_written(packed, tmp_path, change, expected):
    path = rewritten(packed, tmp_path / "hostile.zip", change)
    inside = tmp_path / "deep" / "inside"
    inside.mkdir(parents=True)
    before = set(tmp_path.rglob("*"))
    with pytest.raises(ArchiveError) as caught:
        unpack_archive(path, inside)
    assert expected in str(caught.value)
    *lines, count = str(caught.value).splitlines()
    assert count == ("1 problem." if len(lines) == 1 else f"{len(lines)} problems.")
    assert set(tmp_path.rglob("*")) == before


def test_members_that_share_their_bytes_are_refused(packed, tmp_path):
    content = bytearray(packed.read_bytes())
    first = content.find(b"PK\x01\x02")
    size = int.from_bytes(content[first + 24 : first + 28], "little")
    for at in (20, 24):
        content[first + at : first + at + 4] = (size + 2**31).to_bytes(4, "little")
    (tmp_path / "claims.zip").write_bytes(content)
    with pytest.raises(ArchiveError, match="claims to hold more than its own size"):
        check_archive(tmp_path / "claims.zip")


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "text.zip").write_text("no zip")
    for name, expected in (("text.zip", "is no zip file"), ("nowhere.zip", "cannot be read"), ("", "cannot be read")):
        with pytest.raises(ArchiveError, match=expected):
            check_archive(tmp_path / name)


def test_what_cannot_be_packed_is_refused_and_leaves_nothing(folder, tmp_path):
    with pytest.raises(ArchiveError, match="lies in the folder"):
        pack_archive(folder, folder / "run.zip")
    with pytest.raises(ArchiveError, match=r"holds no provenance\.json"):
        pack_archive(tmp_path / "nowhere", tmp_path / "run.zip")
    (folder / "link").symlink_to("/etc/passwd")
    (folder / "months.csv").write_text("changed")
    with pytest.raises(ArchiveError) as caught:
        pack_archive(folder, tmp_path / "run.zip")
    assert "is no plain file" in str(caught.value)
    assert "damaged or not the file that was saved" in str(caught.value)
    assert not (tmp_path / "run.zip").exists()
