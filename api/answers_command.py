"""``ziping answers``: a file to answer in, with every finding and its id."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from api.export import wording
from api.export.lookup import SEVERITIES, Lookup
from api.output import write_file
from models.answers_file import write_answers
from models.assessment import Assessment, Finding
from models.criteria import Criteria

_HEAD = """\
# 答复文件：用 ziping check … --answers 这个文件 交回。以 # 开头的行不起作用；去掉 # 即生效。
#
# 某条目、指标或要点不适用，或以其他方式说明（须用一句话说明）：
# [[node]]
# id = "{node}"
# answer = "不适用"              # 或 "以其他方式说明"
# sentence = "本组织没有这项业务。"
#
# 某段落识别有误（编号见 HTML 页的链接或 xlsx 的“段落”表）：
# [[passage]]
# id = "{passage}"
# indicators = ["{indicator}"]        # 正确的指标或要点；与各指标无关时改写 answer = "无关"
# aspect = "工作展开"            # 采用方法、工作展开、实施结果、无；没有错可不写
#
# 某个数值识别有误，或不是指标：
# [[kpi]]
# id = "{kpi}"
# year = "{year}"
# value = 92.1                   # 按该指标的单位写；目标值另加 target = true
#                                # 不是指标时改写 answer = "不是指标"
"""
_WIDEST = 100


def write_template(assessment: Assessment, criteria: Criteria, output: str | None) -> None:
    """Writes the file, or shows it. Raises UsageError if the place cannot be written to."""
    text = template(assessment, criteria)
    if output is None:
        sys.stdout.write(text)
        return
    write_file(Path(output), partial(_write, text))
    print(f"已写出 {output}", file=sys.stderr)


def _write(text: str, path: Path) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def template(assessment: Assessment, criteria: Criteria) -> str:
    """Answers given so far, then every finding as a comment that becomes an answer without its #."""
    lookup = Lookup(assessment)
    passage = next(iter(assessment.passages), None)
    series = next(iter(assessment.kpis), None)
    head = _HEAD.format(
        node=criteria.indicators[0].id,
        passage=passage.id if passage else "p-…",
        indicator=criteria.indicators[0].id,
        kpi=series.id if series else "k-…",
        year=max(series.values) if series and series.values else "2019",
    )
    given = write_answers(reply.answer for reply in assessment.answers)
    groups = (
        line
        for severity in SEVERITIES
        if lookup.findings[severity]
        for line in (f"\n# ── {wording.SEVERITIES[severity]} ──", *_findings(lookup.findings[severity]))
    )
    return head + ("\n" + given if given else "") + "\n".join(groups) + "\n"


def _findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        message = wording.opening(wording.printable(finding.message), _WIDEST)
        yield f"\n# {message}"
        yield "# [[finding]]"
        yield f'# id = "{finding.id}"'
        yield '# answer = "已处理"          # 或 "识别有误"'
