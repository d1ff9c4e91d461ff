"""An assessment as a file to take away."""

from __future__ import annotations

import tempfile
from pathlib import Path

from api.service.reading import Read

FORMATS = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "自评检查.xlsx"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "缺口清单.docx"),
    "html": ("text/html; charset=utf-8", "自评检查.html"),
    "json": ("application/json", "自评检查.json"),
    "csv": ("text/csv; charset=utf-8", "指标数据.csv"),
}
"""By format: media type, and the name to save it under."""


def export(format_: str, read: Read) -> bytes:
    """The file's content; the same bytes for the same assessment."""
    assessment, criteria = read.assessment, read.criteria
    if format_ == "xlsx":
        from api.export.xlsx import write_xlsx

        with tempfile.TemporaryDirectory(prefix="ziping-") as folder:
            path = Path(folder) / "ziping.xlsx"
            write_xlsx(assessment, criteria, path)
            return path.read_bytes()
    if format_ == "docx":
        from api.export.docx import to_docx

        return to_docx(assessment, criteria)
    if format_ == "html":
        from api.export.html import to_html

        return to_html(assessment, criteria).encode()
    if format_ == "csv":
        from api.export.kpi_csv import to_csv

        return to_csv(assessment).encode()
    from api.export.json import to_json

    return to_json(assessment).encode()
