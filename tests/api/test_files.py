"""Which files of a submission are read, and that the others are said."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from api.files import submission_files
from models.errors import UsageError


def made(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return paths


def test_folder_gives_its_readable_files_and_says_the_others(tmp_path: Path) -> None:
    made(tmp_path, "b.docx", "a.PDF", "下级/c.docx", "~$b.docx", ".d.docx", "旧稿.doc", "数据.xlsx", "图.jpg")
    found = submission_files([tmp_path], tmp_path)
    assert sorted(file.name for file in found.files) == ["a.PDF", "b.docx", "c.docx", "旧稿.doc"]
    (sentence,) = found.left_out
    assert "图.jpg" in sentence and "数据.xlsx" in sentence and "未检查" in sentence


def test_named_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    (path,) = made(tmp_path, "报告.txt")
    assert submission_files([path, path], tmp_path).files == (path,)


def test_missing_path_is_said_and_the_others_stay(tmp_path: Path) -> None:
    (path,) = made(tmp_path, "a.docx")
    found = submission_files([tmp_path / "无此文件.docx", path], tmp_path)
    assert found.files == (path,)
    assert "无此文件.docx" in found.missing[0]


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return path


def test_the_files_of_a_zip_stand_beside_the_others(tmp_path: Path) -> None:
    folder, scratch = tmp_path / "提交", tmp_path / "scratch"
    made(folder, "概述.docx")
    zipped(folder / "申报材料.zip", 自评报告__docx=b"1", 说明__txt=b"2")
    found = submission_files([folder], scratch)
    assert [file.name for file in found.files] == ["概述.docx", "自评报告.docx"]
    assert found.files[1].is_relative_to(scratch)
    assert "说明.txt" in found.left_out[0]
    assert "申报材料.zip" in found.left_out[0]


def test_a_zip_is_known_by_its_content(tmp_path: Path) -> None:
    path = zipped(tmp_path / "申报材料.docx", 自评报告__docx=b"1")
    assert [file.name for file in submission_files([path], tmp_path / "s").files] == ["自评报告.docx"]


def test_a_broken_zip_is_said_and_the_others_stay(tmp_path: Path) -> None:
    path = zipped(tmp_path / "申报材料.zip", 自评报告__docx=b"1")
    path.write_bytes(path.read_bytes()[:-30])
    (other,) = made(tmp_path, "a.docx")
    found = submission_files([path, other], tmp_path / "s")
    assert found.files == (other,)
    assert found.unreadable[0].startswith("《申报材料.zip》：") and "损坏" in found.unreadable[0]


def test_a_whole_disk_is_refused(tmp_path: Path) -> None:
    made(tmp_path, "a.docx", "b.docx", "c.docx")
    with pytest.raises(UsageError, match="最多检查 2 个文件"):
        submission_files([tmp_path], tmp_path, most=2)
