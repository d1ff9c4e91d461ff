"""A submission as it is handed in: packed in a .zip, under a password, one file of it a bomb."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from api.cli import main
from tests.conftest import ROOT
from tests.ingest import bad_files
from tests.ingest.pdf_fixture import PROSE, PageDraft, make_pdf, write_prose

EXAMPLES = [ROOT / "examples" / name for name in ("组织概述.docx", "年度自我评价报告.docx")]
SECRET = "".join(("qiye", "2019"))


def check(output: Path, *arguments: object) -> int:
    return main(["check", *map(str, arguments), "--format", "json", "--output", str(output)])


def test_a_zip_gives_the_same_bytes_as_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = tmp_path / "申报材料.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for file in EXAMPLES:
            archive.write(file, f"申报材料/{file.name}")
        archive.writestr("申报材料/照片.jpg", b"x")
    codes = {check(tmp_path / "zip.json", packed), check(tmp_path / "files.json", *EXAMPLES)}
    assert len(codes) == 1
    assert (tmp_path / "zip.json").read_bytes() == (tmp_path / "files.json").read_bytes()
    assert "照片.jpg" in capsys.readouterr().err


def test_a_broken_zip_is_exit_code_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = tmp_path / "申报材料.zip"
    packed.write_bytes(b"PK\x03\x04" + bytes(100))
    assert check(tmp_path / "out.json", packed) == 3
    error = capsys.readouterr().err
    assert "《申报材料.zip》" in error and "损坏" in error


def test_the_password_opens_a_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = PageDraft()
    write_prose(page, 100, PROSE)
    path = tmp_path / "自评报告.pdf"
    path.write_bytes(make_pdf([page], password=SECRET))
    assert check(tmp_path / "out.json", path) == 3
    assert "--password" in capsys.readouterr().err
    assert check(tmp_path / "out.json", path, "--password", SECRET) in (0, 1)
    assert PROSE[:20] in (tmp_path / "out.json").read_text(encoding="utf-8")


def test_files_of_one_name_in_two_folders_are_both_said(tmp_path: Path) -> None:
    packed = tmp_path / "申报材料.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(EXAMPLES[0], EXAMPLES[0].name)
        archive.writestr("甲/证书.pdf", b"")
        archive.writestr("乙/证书.pdf", b"nonsense")
    assert check(tmp_path / "out.json", packed) == 3
    unreadable = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["unreadable"]
    assert [file["filename"] for file in unreadable] == ["证书.pdf", "证书.pdf"]
    assert unreadable[0]["message"] != unreadable[1]["message"]


def test_a_bomb_does_not_stop_the_other_files(tmp_path: Path) -> None:
    bomb = bad_files.inflating(tmp_path)
    assert check(tmp_path / "out.json", bomb, EXAMPLES[0]) == 3
    assert '"overview"' in (tmp_path / "out.json").read_text(encoding="utf-8")
