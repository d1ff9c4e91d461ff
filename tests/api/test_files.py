"""Which files of a submission are read, and that the others are said."""

from __future__ import annotations

from pathlib import Path

import pytest

from api import files
from api.files import submission_files
from models.errors import UsageError


def made(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return paths


def test_folder_gives_its_readable_files_and_says_the_others(tmp_path: Path) -> None:
    made(tmp_path, "b.docx", "a.PDF", "下级/c.docx", "~$b.docx", ".d.docx", "旧稿.doc", "数据.xlsx")
    found = submission_files([tmp_path])
    assert [file.name for file in found.files] == ["a.PDF", "b.docx", "c.docx"]
    (sentence,) = found.left_out
    assert "旧稿.doc" in sentence and "数据.xlsx" in sentence and "未检查" in sentence


def test_named_file_is_taken_whatever_its_name(tmp_path: Path) -> None:
    (path,) = made(tmp_path, "报告.txt")
    assert submission_files([path, path]).files == (path,)


def test_missing_path_is_said_and_the_others_stay(tmp_path: Path) -> None:
    (path,) = made(tmp_path, "a.docx")
    found = submission_files([tmp_path / "无此文件.docx", path])
    assert found.files == (path,)
    assert "无此文件.docx" in found.missing[0]


def test_a_whole_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_MOST", 2)
    made(tmp_path, "a.docx", "b.docx", "c.docx")
    with pytest.raises(UsageError, match="最多检查 2 个文件"):
        submission_files([tmp_path])
