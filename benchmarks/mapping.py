"""The mapping measured: `python -m benchmarks.mapping`, a section of `make eval`; about one CPU minute.

Writes `mapping.md` and `mapping.svg`: the gold reports' chapters in all renderings, what each signal is
worth, real passages alone, calibration, and two baselines in the same run. Report C is for development,
D and the real passages held out are only measured: nothing is listed of them that could be tuned on.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import real_passages
from benchmarks.calibration_plot import calibration_svg
from benchmarks.gold.score import score as score_gold
from benchmarks.machine import description
from benchmarks.mapping_answers import (
    Answer,
    accuracy,
    answer,
    by_chapter,
    calibration,
    confusions,
    gold_answers,
    paragraphs,
)
from benchmarks.mapping_baselines import Ranked, WordsOnly, headings_only
from benchmarks.mapping_report import to_markdown
from benchmarks.samples import FORMATS, GOLD, HELD_OUT, HERE, Sample, can_make_pdf, gold_samples
from mapping.fusion import Weights
from mapping.match import match
from models.encoder import FloatArray
from models.judgement import Outline
from models.passage import Passage

if TYPE_CHECKING:
    from api.bootstrap import Tools

Record = dict[str, Any]
REPORTS = {"C": GOLD, "D, held out": HELD_OUT}
ABLATED = ("styled", "no headings")
EVEN = Weights().result_in_results / 2 + Weights().result_in_process / 2
LESS = {
    "all signals": Weights(),
    "without words": Weights(words=0),
    "without meaning": Weights(meaning=0),
    "without the applicant's own titles": Weights(own_title=0),
    "without place": Weights(figures=1, result_in_results=EVEN, result_in_process=EVEN),
}
"""Signals taken away by their weight; headings and neighbours are taken away by what is shown."""


@dataclass(frozen=True)
class Read:
    """The chapters of one rendering, ready to be matched."""

    passages: tuple[Passage, ...]
    vectors: FloatArray
    outline: Outline


def measure(say: Callable[[str], object] = print) -> Record:
    """All figures as one record. Real passages are a sentence where they are not here."""
    from api.bootstrap import build_tools

    begun = _cpu()
    tools = build_tools()
    record: Record = {"cpu": {"tools": _cpu() - begun}, "documents": [], "ablation": [], "baselines": []}
    words = WordsOnly(tools.criteria)
    answers: dict[str, list[Answer]] = {name: [] for name in REPORTS}
    for name, path in REPORTS.items():
        gold = json.loads(path.read_text(encoding="utf-8"))
        record["baselines"].append(_words_only(name, gold, words))
        for sample in gold_samples(FORMATS if can_make_pdf() else ("docx",), path):
            say(f"  {name}: {sample.name}, {sample.format}")
            row, given = _document(name, sample, gold, tools)
            record["documents"].append(row)
            answers[name] += given
            if sample.format == "docx":
                record["baselines"].append(_headings_only(name, sample, gold, tools))
                record["ablation"] += _ablation(name, sample, gold, tools)
    held_out = _real(tools, words, record)
    record["chapters"] = {name: by_chapter(given) for name, given in answers.items()}
    record["confusions"] = confusions(answers["C"])
    curves = {**answers, "real, held out, alone": held_out} if held_out else answers
    record["calibration"] = {name: calibration(given) for name, given in curves.items()}
    record["cpu"]["all"] = _cpu() - begun
    return record


def _document(name: str, sample: Sample, gold: Record, tools: Tools) -> tuple[Record, list[Answer]]:
    """The report's chapters assessed as a file of their own, by the scorer and passage by passage."""
    from api.options import Options
    from api.pipeline import assess
    from models.codec import to_json

    begun = _cpu()
    found = assess([sample.files[1]], tools, Options(kind="report"))
    cpu = _cpu() - begun
    scores = score_gold(gold, to_json(found), "report", 0)
    given = gold_answers(gold, [p.text for p in found.passages], [p.indicators for p in found.passages])
    head = {"report": name, "rendering": sample.name, "format": sample.format, "cpu_s": cpu}
    return {**head, "scores": scores}, given


def _read(sample: Sample, tools: Tools) -> Read:
    from api.options import Options
    from api.pipeline import cut_parts, number_parts
    from ingest.read import read_document
    from mapping.outline import read_outline
    from nlp.split import split_parts

    document = read_document(sample.files[1], limits=tools.limits)
    parts = number_parts(cut_parts([document], tools, Options(kind="report")))
    passages = split_parts(parts)
    vectors = tools.encoder.encode([passage.full_text for passage in passages])
    return Read(passages, vectors, read_outline(parts[0], tools.criteria))


def _words_only(name: str, gold: Record, words: WordsOnly) -> Record:
    """On the labelled paragraphs as they are, whatever the rendering."""
    labelled = paragraphs(gold)
    ranked = words.ranked([paragraph["text"] for paragraph in labelled])
    given = [answer(p["indicator"], r) for p, r in zip(labelled, ranked, strict=True)]
    return {"report": name, "rendering": "any", "of": "words only", **accuracy(given)}


def _headings_only(name: str, sample: Sample, gold: Record, tools: Tools) -> Record:
    read = _read(sample, tools)
    found = headings_only(read.passages, read.outline, tools.criteria)
    given = gold_answers(gold, [passage.text for passage in read.passages], found)
    return {"report": name, "rendering": sample.name, "of": "headings only", **accuracy(given)}


def _ablation(name: str, sample: Sample, gold: Record, tools: Tools) -> list[Record]:
    if sample.name not in ABLATED:
        return []
    read = _read(sample, tools)
    texts = [passage.text for passage in read.passages]
    trials: dict[str, Callable[[], list[Ranked]]] = {
        **{left: partial(_matched, read, tools, weights) for left, weights in LESS.items()},
        "without all headings": partial(_matched, _unheaded(read), tools, Weights(own_title=0)),
        "without neighbours": partial(_each, read, tools),
    }
    return [
        {"report": name, "rendering": sample.name, "of": left, **accuracy(gold_answers(gold, texts, trial()))}
        for left, trial in trials.items()
    ]


def _matched(read: Read, tools: Tools, weights: Weights) -> list[Ranked]:
    found = match(read.passages, read.vectors, read.outline, "report", tools.index, weights)
    return [one.indicators for one in found]


def _unheaded(read: Read) -> Read:
    """Headings say nothing, though a new one still begins where it did."""
    return Read(read.passages, read.vectors, Outline("own", ()))


def _each(read: Read, tools: Tools) -> list[Ranked]:
    """Every passage by itself, under its headings."""
    return [
        match([passage], read.vectors[n : n + 1], read.outline, "report", tools.index)[0].indicators
        for n, passage in enumerate(read.passages)
    ]


def _real(tools: Tools, words: WordsOnly, record: Record) -> list[Answer]:
    """Real passages that no weight has seen, by source; the answers of the program to all of them."""
    if not (real_passages.SHARED / "real").exists():
        record["real"] = "skipped: not here: ../shared/real"
        return []
    groups = real_passages.groups(dict(tools.criteria.aliases))
    sources = {name: group for name, group in groups.items() if name.endswith("held out")}
    given: dict[str, list[Answer]] = {}
    for name, group in sources.items():
        texts = [one.text for one in group]
        found: Sequence[Ranked] = [one.indicators for one in real_passages.matches(texts, tools)]
        for of, ranked in (("program", found), ("words only", words.ranked(texts))):
            rows = [answer(one.indicator, r) for one, r in zip(group, ranked, strict=True)]
            record.setdefault("real", []).append({"source": name, "of": of, **accuracy(rows)})
            given.setdefault(of, []).extend(rows)
    record["real"] += [{"source": "all", "of": of, **accuracy(rows)} for of, rows in given.items()]
    return given["program"]


def _cpu() -> float:
    """CPU seconds of this process and of the children that read files."""
    return sum(os.times()[:4])


def write(record: Record, folder: Path) -> str:
    """Writes `mapping.md` and `mapping.svg`; returns the Markdown."""
    folder.mkdir(parents=True, exist_ok=True)
    curves = {name: points for name, (_, points) in record["calibration"].items()}
    (folder / "mapping.svg").write_text(calibration_svg(curves), encoding="utf-8")
    text = to_markdown(record, description())
    (folder / "mapping.md").write_text(text, encoding="utf-8")
    return text


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=HERE, help="folder for mapping.md and mapping.svg")
    asked = parser.parse_args()
    print(write(measure(), asked.out))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
