"""The workbook: overview, length, coverage, findings, passages and KPI series as typed cells."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from api.export.lookup import Lookup
from api.export.xlsx_cells import new_workbook
from api.export.xlsx_coverage import add_coverage
from api.export.xlsx_kpis import add_kpis
from api.export.xlsx_sheets import add_answers, add_findings, add_length, add_overview, add_passages
from models.assessment import Assessment
from models.criteria import Criteria

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

# The same assessment gives the same bytes: every time in the file is this one, the earliest a zip can hold.
_TIME = datetime(1980, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def write_xlsx(assessment: Assessment, criteria: Criteria, path: Path) -> None:
    """Writes the workbook. Raises OSError if the file cannot be written."""
    lookup = Lookup(assessment)
    book = new_workbook()
    add_overview(book, lookup, criteria)
    add_length(book, lookup, criteria)
    add_coverage(book, lookup, criteria)
    add_findings(book, lookup, criteria)
    add_answers(book, lookup)
    add_passages(book, lookup, criteria)
    add_kpis(book, lookup, criteria)
    path.write_bytes(settled_bytes(book))


def settled_bytes(book: Workbook) -> bytes:
    """The file without the moment of its making."""
    book.properties.creator = "ziping"
    book.properties.created = _TIME
    raw, settled = io.BytesIO(), io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", content)
            entry = zipfile.ZipInfo(name, _TIME.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return settled.getvalue()
