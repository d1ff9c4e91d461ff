#!/usr/bin/env python3
"""Score one assessment (JSON, see docs/assessment.schema.json) against one gold report.

    python score.py GOLD.json ASSESSMENT.json [--part report|overview|annual] [--json] [--errors N]

Only the standard library is used. A gold paragraph is looked up in the assessment by its text, so passages may
be cut differently from the gold paragraphs: each gold paragraph is judged by the passage that covers most of it.
Indicator 4.6.2 counts as 4.6.1 on both sides (the published text numbers them as one list).
"""
from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict

ASPECTS = ("approach", "deployment", "result")
SHINGLE = 8


def squash(text: str) -> str:
    """Text without white space, width-folded, for matching across parsers."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def canonical(indicator: str | None) -> str | None:
    return "4.6.1" if indicator == "4.6.2" else indicator


def shingles(text: str) -> set[str]:
    text = squash(text)
    return {text[i : i + SHINGLE] for i in range(max(1, len(text) - SHINGLE + 1))}


class PassageIndex:
    """Finds the passage that holds most of a text."""

    def __init__(self, passages: list[dict]):
        self.passages = passages
        self.postings: dict[str, set[int]] = defaultdict(set)
        for n, passage in enumerate(passages):
            for s in shingles(passage["text"]):
                self.postings[s].add(n)

    def best(self, text: str) -> tuple[dict | None, float]:
        wanted = shingles(text)
        votes: Counter[int] = Counter()
        for s in wanted:
            votes.update(self.postings.get(s, ()))
        if not votes:
            return None, 0.0
        n, hits = votes.most_common(1)[0]
        return self.passages[n], hits / len(wanted)


def ratio(a: float, b: float) -> float | None:
    return None if b == 0 else round(a / b, 4)


def prf(tp: int, fp: int, fn: int) -> dict:
    return {"precision": ratio(tp, tp + fp), "recall": ratio(tp, tp + fn), "f1": ratio(2 * tp, 2 * tp + fp + fn), "tp": tp, "fp": fp, "fn": fn}


def kpi_name(name: str) -> str:
    name = squash(name)
    name = re.sub(r"[（(][^（）()]*[)）]", "", name)
    return re.sub(r"[、，,。.：:;；\-—_/·]", "", name).lower()


def number(value) -> float | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        m = re.search(r"-?\d+(?:\.\d+)?", value.replace(",", "").replace("，", ""))
        return float(m.group()) if m else None
    return None


def same(a, b) -> bool:
    x, y = number(a), number(b)
    if x is None or y is None:
        return squash(str(a)) == squash(str(b))
    return abs(x - y) <= 1e-6 * max(1.0, abs(x))


UNITS = {"百分比": "%", "％": "%", "萬元": "万元", "": ""}


def unit(text: str | None) -> str:
    text = squash(text or "")
    return UNITS.get(text, text)


def blocks(gold: dict, part: str) -> list[dict]:
    return gold.get(part) or []


def score(gold: dict, out: dict, part: str, errors: int) -> dict:
    result: dict = {}
    notes: list[str] = []
    documents = {d["id"] for d in out["documents"] if d["kind"] == part}
    out = {key: [row for row in out.get(key) or [] if row.get("document", None) in documents or "document" not in row] for key in ("passages", "kpis", "coverage", "findings")}
    index = PassageIndex(out["passages"])
    paras = [b for b in blocks(gold, part) if b["type"] == "para"]
    labelled = [b for b in paras if b.get("indicator")]
    filler = [b for b in paras if not b.get("indicator")]

    found = top1 = top3 = lenient = item1 = 0
    aspect_pairs: list[tuple[str, str]] = []
    covered = whole = 0.0
    misplaced = {m["id"]: canonical(m["belongs"]) for m in gold.get("expected", {}).get("misplaced", [])}
    misplaced_ok = misplaced_n = 0
    for b in labelled:
        passage, share = index.best(b["text"])
        whole += share
        ranked = [canonical(i["id"]) for i in (passage or {}).get("indicators", [])]
        want = canonical(b["indicator"])
        also = {canonical(a) for a in b.get("also", [])} | {want}
        found += bool(ranked)
        top1 += ranked[:1] == [want]
        lenient += bool(ranked) and ranked[0] in also
        top3 += want in ranked[:3]
        item1 += bool(ranked) and ranked[0].rsplit(".", 1)[0] == want.rsplit(".", 1)[0]
        if b["id"] in misplaced:
            misplaced_n += 1
            misplaced_ok += bool(ranked) and (ranked[0] == want or ranked[0].startswith(misplaced[b["id"]]))
        if b.get("aspect"):
            aspect_pairs.append((b["aspect"], (passage or {}).get("aspect") or "none"))
        if ranked[:1] != [want] and len(notes) < errors:
            notes.append(f"indicator {b['id']}: gold {want}, got {ranked[:3]}: {b['text'][:60]}")
    n = len(labelled)
    for b in paras:
        wanted = shingles(b["text"])
        covered += sum(s in index.postings for s in wanted) / len(wanted)
    result["text_recovered"] = ratio(covered, len(paras))
    result["in_one_piece"] = ratio(whole, n)
    result["indicator"] = {"n": n, "accuracy_at_1": ratio(top1, n), "accuracy_at_1_lenient": ratio(lenient, n), "accuracy_at_3": ratio(top3, n), "item_accuracy": ratio(item1, n), "answered": ratio(found, n)}
    if misplaced_n:
        raised = {w.get("passage") for f in out["findings"] if f.get("check") == "passage-misplaced" for w in f.get("where", [])}
        named = [(index.best(b["text"])[0] or {}).get("id") in raised for b in labelled if b["id"] in misplaced]
        result["misplaced"] = {"mapped_right": f"{misplaced_ok}/{misplaced_n}", "raised": f"{sum(named)}/{misplaced_n}", "raised_in_all": len(raised)}
    if filler:
        quiet = 0
        for b in filler:
            passage, share = index.best(b["text"])
            quiet += share >= 0.5 and not passage.get("indicators")
        result["filler_left_unmapped"] = f"{quiet}/{len(filler)}"

    per = {}
    for a in ASPECTS:
        tp = sum(g == a and p == a for g, p in aspect_pairs)
        per[a] = prf(tp, sum(g != a and p == a for g, p in aspect_pairs), sum(g == a and p != a for g, p in aspect_pairs))
    result["aspect"] = {"n": len(aspect_pairs), "accuracy": ratio(sum(g == p for g, p in aspect_pairs), len(aspect_pairs)), "macro_f1": round(sum((per[a]["f1"] or 0) for a in ASPECTS) / 3, 4), "by_aspect": {a: per[a]["f1"] for a in ASPECTS}}

    expected = gold.get("expected", {})
    coverage = {canonical(c["indicator"]): c for c in out.get("coverage", [])}
    if part == "report" and coverage:
        want_missing = {canonical(i) for i in expected.get("missing_indicators", [])}
        if "4.6.1" in want_missing and not {"4.6.1", "4.6.2"} <= set(expected["missing_indicators"]):
            want_missing.discard("4.6.1")
        got_missing = {i for i, c in coverage.items() if c["status"] == "missing" and not i.startswith("0.")}
        result["missing_indicators"] = prf(len(want_missing & got_missing), len(got_missing - want_missing), len(want_missing - got_missing)) | {"false_alarms": sorted(got_missing - want_missing), "overlooked": sorted(want_missing - got_missing)}
        want_aspects = {(canonical(i), a) for i, a in expected.get("missing_aspects", [])}
        present = {canonical(b["indicator"]) for b in labelled} | {canonical(i) for b in labelled for i in b.get("also", [])}
        got_aspects = {(i, a) for i, c in coverage.items() for a in ASPECTS if i[0] in "123456" and i in present and not c.get(a)}
        result["missing_aspects"] = prf(len(want_aspects & got_aspects), len(got_aspects - want_aspects), len(want_aspects - got_aspects))

    gold_kpis = [(k, b) for b in blocks(gold, part) if b["type"] in ("table", "chart") for k in b.get("kpis", [])]
    prose = expected.get("prose_kpis", []) if part == "report" else []
    got_by_name: dict[str, list[dict]] = defaultdict(list)
    for k in out.get("kpis", []):
        got_by_name[kpi_name(k["name"])].append(k)

    def pick(k: dict) -> dict | None:
        rows = got_by_name.get(kpi_name(k["name"]), [])
        values = k.get("values", {})
        return max(rows, key=lambda r: sum(y in r.get("values", {}) and same(v, r["values"][y]) for y, v in values.items() if v is not None), default=None)

    def numeric(values: dict | None) -> dict:
        return {y: v for y, v in (values or {}).items() if isinstance(v, (int, float))}

    tp = fn = units = unit_n = targets = target_n = comps = comp_n = ind = directions = direction_n = 0
    for k, b in gold_kpis:
        got = pick(k)
        for y, v in numeric(k.get("values")).items():
            ok = got is not None and y in (got.get("values") or {}) and same(v, got["values"][y])
            tp += ok
            fn += not ok
            if not ok and len(notes) < errors:
                notes.append(f"kpi {b['id']} {k['name']} {y}: gold {v}, got {got and got.get('values', {}).get(y)}")
        if k.get("unit") is not None:
            unit_n += 1
            units += got is not None and unit(got.get("unit")) == unit(k["unit"])
        if k.get("direction") in ("up", "down"):
            direction_n += 1
            directions += got is not None and got.get("direction") == k["direction"]
        for y, v in numeric(k.get("target")).items():
            target_n += 1
            targets += got is not None and y in (got.get("target") or {}) and same(v, got["target"][y])
        for c in k.get("comparisons") or []:
            for y, v in numeric(c.get("values") or c.get("value")).items():
                comp_n += 1
                comps += got is not None and any(kpi_name(gc.get("label", "")) == kpi_name(c.get("label", "")) and y in gc.get("values", {}) and same(v, gc["values"][y]) for gc in got.get("comparisons") or [])
        if b.get("indicator"):
            ind += got is not None and canonical(got.get("indicator")) == canonical(b["indicator"])
    prose_hits = 0
    for k in prose:
        got = pick(k)
        prose_hits += sum(got is not None and y in (got.get("values") or {}) and same(v, got["values"][y]) for y, v in numeric(k.get("values")).items())
    # sentences of the overview and the annual report are not labelled with series: only tables and charts count there
    emitted = sum(len(numeric(k.get("values"))) for k in out["kpis"] if not (k.get("source") or {}).get("same_as") and (part == "report" or (k.get("source") or {}).get("kind") != "prose"))
    invented = max(0, emitted - tp - prose_hits)
    result["kpi"] = {"series": len(gold_kpis), "values": prf(tp, invented, fn), "unit_accuracy": ratio(units, unit_n), "direction_accuracy": ratio(directions, direction_n), "target_recall": ratio(targets, target_n), "comparison_recall": ratio(comps, comp_n), "indicator_accuracy": ratio(ind, len(gold_kpis))}
    if prose:
        ok = sum((got := pick(k)) is not None and all(y in (got.get("values") or {}) and same(v, got["values"][y]) for y, v in numeric(k.get("values")).items()) for k in prose)
        result["kpi"]["prose_series_recall"] = ratio(ok, len(prose))

    checks = {"two_years": "kpi-under-three-years", "no_comparison": "kpi-no-comparison", "no_unit": "kpi-no-unit", "worsening": "kpi-worsening", "no_result_for_process_kpi": "kpi-promised-not-reported"}
    if part == "report" and expected.get("kpi_gaps"):
        in_prose = {kpi_name(k["name"]) for k in prose}
        known = set(checks.values())
        raised_gaps = {(f["check"], kpi_name(str(f.get("subject", "")))) for f in out["findings"] if f.get("check") in known and f.get("severity") != "note"}
        wanted_gaps = {(checks[g["gap"]], kpi_name(g["name"])) for g in expected["kpi_gaps"] if g["gap"] in checks}
        any_severity = {(f["check"], kpi_name(str(f.get("subject", "")))) for f in out["findings"] if f.get("check") in known}
        tables = {kpi_name(k["name"]) for k, _ in gold_kpis}
        false = {r for r in raised_gaps - wanted_gaps if r[1] not in in_prose - tables}
        result["kpi_gaps"] = prf(len(wanted_gaps & any_severity), len(false), len(wanted_gaps - any_severity)) | {"by_check": {c: f"{sum(w in any_severity for w in wanted_gaps if w[0] == c)}/{sum(w[0] == c for w in wanted_gaps)}" for c in sorted(known)}}
    if errors:
        result["errors"] = notes
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("assessment")
    parser.add_argument("--part", default="report", choices=("report", "overview", "annual"))
    parser.add_argument("--json", action="store_true", help="print JSON instead of lines")
    parser.add_argument("--errors", type=int, default=0, help="list up to N errors")
    args = parser.parse_args()
    with open(args.gold, encoding="utf-8") as f:
        gold = json.load(f)
    with open(args.assessment, encoding="utf-8") as f:
        out = json.load(f)
    result = score(gold, out, args.part, args.errors)
    if args.json:
        json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return 0
    for key, value in result.items():
        if isinstance(value, dict):
            print(f"{key}: " + "  ".join(f"{k}={v}" for k, v in value.items()))
        elif isinstance(value, list):
            print(f"{key}:", *value, sep="\n  ")
        else:
            print(f"{key}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
