"""Answers as a small TOML file that a person writes, and as the data of a request.

``[[node]]``, ``[[finding]]``, ``[[passage]]`` and ``[[kpi]]``, each with ``id`` and ``answer`` in Chinese
words; docs/answers.md shows one. Whether the ids exist is not asked here: that depends on the draft.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from models.answers import VERDICTS, About, Answer, Verdict
from models.criteria import AspectName
from models.errors import MissingPath, UsageError

WORDS: dict[Verdict, str] = {
    "not_applicable": "不适用",
    "elsewhere": "以其他方式说明",
    "wrong": "识别有误",
    "done": "已处理",
}
UNRELATED = "无关"
NO_KPI = "不是指标"
ASPECT_WORDS: dict[str, AspectName | Literal["none"]] = {
    "采用方法": "approach",
    "工作展开": "deployment",
    "实施结果": "result",
    "无": "none",
}
_YEAR = re.compile(r"[12]\d{3}")
_LARGEST = 1e300
"""Beyond every figure of a report, and below what a number can hold; not-a-number is no figure either."""
_TABLES: dict[About, str] = {"node": "条目", "finding": "发现", "passage": "段落", "kpi": "指标数据"}
_KEYS: dict[About, frozenset[str]] = {
    "node": frozenset({"id", "answer", "sentence"}),
    "finding": frozenset({"id", "answer", "sentence"}),
    "passage": frozenset({"id", "answer", "sentence", "indicators", "aspect"}),
    "kpi": frozenset({"id", "answer", "sentence", "year", "target", "value"}),
}
_EXTRA: dict[About, tuple[str, ...]] = {"node": (), "finding": (), "passage": (UNRELATED,), "kpi": (NO_KPI,)}


def load_answers(path: Path) -> tuple[Answer, ...]:
    """The answers of a file. Raises MissingPath or UsageError, which name the file and the entry."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise MissingPath(f"找不到答复文件“{path}”，请核对路径和文件名。") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"不能读取答复文件“{path.name}”，请另存为 UTF-8 编码的文本文件。") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"答复文件“{path.name}”不是合法的 TOML（{error}），请对照 ziping answers 写出的样子修改。"
        ) from error
    try:
        return read_answers(data)
    except UsageError as error:
        raise UsageError(f"答复文件“{path.name}”：{error.message}") from error


def read_answers(data: Mapping[str, Any]) -> tuple[Answer, ...]:
    """Answers of the data that such a file, or a request, holds. Raises UsageError for the first that
    cannot be understood."""
    unknown = sorted(set(data) - set(_TABLES))
    if unknown:
        raise UsageError(f"不认识的表“{unknown[0]}”，可用：{'、'.join(_TABLES)}。")
    return tuple(answer for about in _TABLES for answer in _entries(about, data.get(about, [])))


def _entries(about: About, entries: Any) -> Iterator[Answer]:
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        raise UsageError(f"“{about}”须写成 [[{about}]] 的样子，每条答复一个。")
    for number, entry in enumerate(entries, 1):
        try:
            yield _entry(about, entry)
        except ValueError as error:
            raise UsageError(f"第 {number} 条{_TABLES[about]}答复（[[{about}]]）{error}") from error


def _entry(about: About, entry: Any) -> Answer:
    """Raises ValueError with the rest of a Chinese sentence."""
    if not isinstance(entry, Mapping):
        raise ValueError("不是一组键和值。")
    unknown = sorted(set(entry) - _KEYS[about])
    if unknown:
        raise ValueError(f"有不认识的键“{unknown[0]}”，可用：{'、'.join(sorted(_KEYS[about]))}。")
    identity, sentence = _text(entry, "id"), _text(entry, "sentence")
    if not identity:
        raise ValueError("缺少 id：写上条目编号，或结果里的编号。")
    word = _text(entry, "answer") or (WORDS["wrong"] if about in ("passage", "kpi") else "")
    verdict = _verdict(about, word)
    if about == "node" and not sentence:
        raise ValueError("缺少 sentence：请用一句话说明为什么不适用，或在哪里说明。")
    if about == "passage":
        return _passage(entry, Answer(about, identity, verdict, sentence), word)
    if about == "kpi":
        return _kpi(entry, Answer(about, identity, verdict, sentence), word)
    return Answer(about, identity, verdict, sentence)


def _verdict(about: About, word: str) -> Verdict:
    if word in _EXTRA[about]:
        return "wrong"
    allowed = {WORDS[verdict]: verdict for verdict in VERDICTS[about]}
    if word not in allowed:
        named = "、".join([*allowed, *_EXTRA[about]])
        raise ValueError(
            f"的 answer 不能是“{word}”，可用：{named}。" if word else f"缺少 answer，可用：{named}。"
        )
    return allowed[word]


def _passage(entry: Mapping[str, Any], plain: Answer, word: str) -> Answer:
    indicators, aspect = entry.get("indicators"), _text(entry, "aspect")
    if isinstance(indicators, str):
        indicators = [indicators]
    if indicators is not None and not (
        isinstance(indicators, Sequence) and all(isinstance(one, str) and one for one in indicators)
    ):
        raise ValueError('的 indicators 须是编号的列表，如 ["1.1.1"]；与各指标无关时写 answer = "无关"。')
    if aspect and aspect not in ASPECT_WORDS:
        raise ValueError(f"的 aspect 不能是“{aspect}”，可用：{'、'.join(ASPECT_WORDS)}。")
    if word == UNRELATED:
        if indicators or aspect:
            raise ValueError("既写了“无关”又写了指标或方面，请只留一个。")
        return replace(plain, indicators=(), aspect="none")
    if indicators is None and not aspect:
        raise ValueError("没有写出正确的 indicators 或 aspect。")
    told = None if indicators is None else tuple(dict.fromkeys(indicators))
    return replace(plain, indicators=told, aspect=ASPECT_WORDS[aspect] if aspect else None)


def _kpi(entry: Mapping[str, Any], plain: Answer, word: str) -> Answer:
    year, value, target = str(entry.get("year", "")), entry.get("value"), entry.get("target", False)
    if not isinstance(target, bool):
        raise ValueError("的 target 须是 true 或 false。")
    if value is not None and not _is_figure(value):
        raise ValueError("的 value 须是数字，按该指标的单位写，如 92.1。")
    if word == NO_KPI and value is not None:
        raise ValueError("既写了“不是指标”又写了 value，请只留一个。")
    if word != NO_KPI and value is None:
        raise ValueError('没有写出正确的 value；读到的不是指标时写 answer = "不是指标"。')
    if not year and (value is not None or target):
        raise ValueError("缺少 year：写上数值所在的年份。")
    if year and not _YEAR.fullmatch(year):
        raise ValueError(f"的 year 须是四位年份，而不是“{year}”。")
    return replace(plain, year=year, target=target, value=None if value is None else float(value))


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _LARGEST


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise ValueError(f"的 {key} 须是加引号的文字。")
    return value.strip()


def write_answers(answers: Iterable[Answer]) -> str:
    """The TOML text from which ``load_answers`` reads the same answers, one kind after the other."""
    answers = tuple(answers)
    ordered = (answer for about in _TABLES for answer in answers if answer.about == about)
    return "\n".join("\n".join(_lines(answer)) + "\n" for answer in ordered)


def _lines(answer: Answer) -> Iterator[str]:
    yield f"[[{answer.about}]]"
    yield f"id = {_quoted(answer.id)}"
    unrelated = answer.indicators == () and answer.aspect == "none"
    no_kpi = answer.about == "kpi" and answer.value is None
    word = UNRELATED if unrelated else NO_KPI if no_kpi else WORDS[answer.verdict]
    yield f"answer = {_quoted(word)}"
    if answer.sentence:
        yield f"sentence = {_quoted(answer.sentence)}"
    if answer.indicators is not None and not unrelated:
        yield f"indicators = [{', '.join(map(_quoted, answer.indicators))}]"
    if answer.aspect is not None and not unrelated:
        yield f"aspect = {_quoted(next(w for w, a in ASPECT_WORDS.items() if a == answer.aspect))}"
    if answer.year:
        yield f"year = {_quoted(answer.year)}"
    if answer.target:
        yield "target = true"
    if answer.value is not None:
        yield f"value = {answer.value!r}"


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's, but for the DEL character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
