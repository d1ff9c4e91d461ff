"""A .zip of a submission: names as they were, limits that hold, and nothing left out in silence."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import archive
from ingest.archive import Unpacked, is_archive, unpack
from models.errors import DamagedFile, ResourceLimit, UnreadableFile
from tests.ingest import bad_files

ENDINGS = (".docx", ".pdf")


def made(folder: Path, files: Mapping[str, bytes]) -> Path:
    path = folder / "申报材料.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in files.items():
            out.writestr(name, data)
    return path


def unpacked(path: Path, folder: Path) -> Unpacked:
    return unpack(path, folder / "out", ENDINGS)


def raw_zip(name: bytes, data: bytes, flags: int = 0, *, declared: int | None = None) -> bytes:
    """One stored entry whose name and flags are what is given."""
    import zlib

    size = len(data) if declared is None else declared
    sizes = struct.pack("<III", zlib.crc32(data), len(data), size)
    local = struct.pack("<IHHHHH", 0x04034B50, 20, flags, 0, 0, 0) + sizes
    local += struct.pack("<HH", len(name), 0) + name + data
    central = struct.pack("<IHHHHHH", 0x02014B50, 20, 20, flags, 0, 0, 0) + sizes
    central += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def test_files_and_what_is_left_out(tmp_path: Path) -> None:
    path = made(
        tmp_path,
        {
            "材料/自评报告.docx": b"one",
            "材料/旧/自评报告.docx": b"two",
            "证书.PDF": b"three",
            "材料/照片.jpg": b"x",
            "附件.zip": b"x",
            "__MACOSX/材料/._自评报告.docx": b"x",
            "材料/~$自评报告.docx": b"x",
            "材料/.DS_Store": b"x",
        },
    )
    found = unpacked(path, tmp_path)
    assert sorted((file.name, file.read_bytes()) for file in found.files) == [
        ("自评报告.docx", b"one"),
        ("自评报告.docx", b"two"),
        ("证书.PDF", b"three"),
    ]
    nested, others = found.left_out
    assert "压缩包" in nested and "附件.zip" in nested and "请解压" in nested
    assert "1 个文件" in others and "照片.jpg" in others


@pytest.mark.parametrize(
    ("encoding", "flags"), [("gbk", 0), ("utf-8", 0), ("utf-8", 0x800)], ids=["windows", "macos", "marked"]
)
def test_chinese_names(tmp_path: Path, encoding: str, flags: int) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(raw_zip("质量奖自评报告.docx".encode(encoding), b"data", flags))
    assert [file.name for file in unpacked(path, tmp_path).files] == ["质量奖自评报告.docx"]


@pytest.mark.parametrize(
    "name",
    ["../../evil.docx", "/etc/evil.docx", "..\\..\\evil.docx", "C:\\evil.docx", "a/../../evil.docx"],
)
def test_a_name_leads_nowhere_else(tmp_path: Path, name: str) -> None:
    before = set(tmp_path.parent.rglob("evil.docx"))
    found = unpacked(made(tmp_path, {name: b"data"}), tmp_path)
    (file,) = found.files
    assert file.name == "evil.docx"
    assert file.resolve().is_relative_to(tmp_path / "out")
    assert set(tmp_path.parent.rglob("evil.docx")) - before == {file}


def test_names_that_a_system_forbids(tmp_path: Path) -> None:
    found = unpacked(made(tmp_path, {f"a:b?\n{'长' * 300}.docx": b"x"}), tmp_path)
    (file,) = found.files
    assert file.name == f"a_b__{'长' * 75}.docx"


def test_sizes_are_counted_and_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 3_000_000)
    path = made(tmp_path, {"a.docx": bytes(2_000_000), "b.docx": bytes(2_000_000)})
    with pytest.raises(ResourceLimit, match="安全上限"):
        unpacked(path, tmp_path)
    monkeypatch.setattr(archive, "MAX_FILE", 1_000_000)
    with pytest.raises(ResourceLimit, match="安全上限"):
        unpacked(made(tmp_path, {"a.docx": bytes(2_000_000)}), tmp_path / "again")


def test_too_many_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 3)
    with pytest.raises(ResourceLimit, match="超过"):
        unpacked(made(tmp_path, {f"{n}.txt": b"" for n in range(4)}), tmp_path)


@pytest.mark.parametrize("zip64", [False, True])
def test_a_list_of_entries_that_fills_the_memory_is_not_read(tmp_path: Path, zip64: bool) -> None:
    size = 100_000_000
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 0, 0, 0 if zip64 else size, 0, 0)
    if zip64:
        record = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, 9, 9, size, 0)
        end = record + struct.pack("<IIQI", 0x07064B50, 0, 0, 1) + end
    path = tmp_path / "a.zip"
    path.write_bytes(end)
    with pytest.raises(ResourceLimit, match="超过"):
        unpacked(path, tmp_path)


def test_a_locked_or_broken_entry_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(raw_zip(b"locked.docx", b"data", flags=1))
    with zipfile.ZipFile(path, "a") as out:
        out.writestr("broken.docx", b"unmistakable")
        out.writestr("good.docx", b"data")
    path.write_bytes(path.read_bytes().replace(b"unmistakable", b"unmistakeabl"))
    found = unpacked(path, tmp_path)
    assert [file.name for file in found.files] == ["good.docx"]
    broken, locked = sorted(found.left_out)
    assert "broken.docx" in broken and "损坏" in broken
    assert "locked.docx" in locked and "密码" in locked


def test_a_rare_compression_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("rare.docx", b"data", zipfile.ZIP_BZIP2)
        out.writestr("good.docx", b"data")
    found = unpacked(path, tmp_path)
    assert [file.name for file in found.files] == ["good.docx"]
    assert "rare.docx" in found.left_out[0]
    assert "少见的压缩方式" in found.left_out[0]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_bent_archive_is_unpacked_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("bent")
    whole = bytearray(made(folder, {"a.docx": b"one" * 50, "下/b.pdf": b"two"}).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = folder / "申报材料.zip"
    path.write_bytes(whole)
    assert is_archive(path) in (True, False)
    try:
        found = unpacked(path, folder)
    except UnreadableFile as error:
        assert error.message.endswith("。")
    else:
        assert all(file.is_relative_to(folder / "out") for file in found.files)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + bytes(40), b"nonsense"])
def test_a_broken_archive(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert not is_archive(path)
    with pytest.raises(DamagedFile, match="损坏"):
        unpacked(path, tmp_path)


def test_an_archive_without_files_to_check_says_so(tmp_path: Path) -> None:
    for files in ({}, {"a.txt": b""}):
        found = unpacked(made(tmp_path, files), tmp_path)
        assert "没有可检查的文件" in found.left_out[-1]


def test_a_document_is_no_archive(tmp_path: Path) -> None:
    assert not is_archive(bad_files.good(tmp_path))
    assert is_archive(made(tmp_path, {"自评报告.docx": b""}))
    odt = made(tmp_path, {"mimetype": b"", "content.xml": b""})
    assert not is_archive(odt)
