"""Whose report a file is: the name from labels, cover, title, running head, text and file name.

A consultant that typed the report and the office that it goes to stand on covers too; they are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.annual import OrganisationName, Origin
from models.document import Block, Part

_FRONT_BLOCKS = 40
_FRONT_CHARACTERS = 3_000
_COVER_LINE = 60
_WEIGHTS: dict[Origin, int] = {"label": 5, "cover": 4, "title": 4, "head": 3, "text": 3, "filename": 2}
_ENOUGH = 4
_END = (
    r"(?:有限责任公司|股份公司|有限公司|集团公司|总公司|分公司|公司|集团|银行|医院|大学|学院|学校|中学|小学|幼儿园|研究院|研究所|设计院"
    r"|检测院|科学院|中心|酒店|饭店|宾馆|商场|工厂|制造厂|总厂|合作社|事务所|协会|车站|管理处|供电局|水务局|邮政局|博物馆|图书馆)"
)
_NAME = (
    rf"[\u4e00-\u9fffA-Za-z0-9()·&-]{{2,40}}?{_END}"
    rf"(?:\([\u4e00-\u9fff]{{0,4}}(?:合伙|集团|控股|北京)\)(?:{_END})?)?"
)
_LINE = re.compile(rf"^({_NAME})(?:\((?:盖章|公章)\))?$")
_LABEL = re.compile(
    rf"(?:申报|报告|获奖|填报|报送|提交|上报|受评|参评)?(?:单位|组织|企业|机构)(?:名称|全称)?(?:\(盖章\)|\(公章\))?[:：]\s*({_NAME})(?![\u4e00-\u9fff()]{{0,12}}{_END})"
)
_TITLE = re.compile(
    rf"^({_NAME})(?:关于|的)?[(\[]?(?:(?:19|20)\d\d|[二〇○零一三四五六七八九]{{4}})?[)\]]?(?:年度?)?(?:质量管理奖|卓越绩效|自我评价|自评|年度|年)?[^，。]{{0,16}}报告"
)
_INTRODUCED = re.compile(
    rf"(?:^|[。，：:])(?:根据|按照)?[^，。]{{0,0}}({_NAME})\s*\((?:以下|下文)?(?:统一)?(?:简称|称)"
)
_SUBJECT = re.compile(rf"(?:^|[。])({_NAME})(?:是|成立于|始建于|创建于|创立于|位于|于|自|坐落)")
_OTHERS = re.compile(
    r"政府|评审|监督管理局|委员会|咨询|质量协会|认证|办公室$|编制|印刷|^(?:本|我|该|各|贵|总|分|子)(?:公司|集团|院|校|厂|中心)"
)
_PASSED_OVER = re.compile(r"^(?:编制|编写|咨询|辅导|审核|承印|报送|呈报|抄送|致|送)[^:：]{0,4}[:：]")
_FILE_WORDS = re.compile(
    r"(?:19|20)\d\d[-._年]?\d{0,2}[-._月]?\d{0,2}日?|(?:20)?\d\d年度?|年度|卓越绩效|自我评价|自我评估|自评|质量管理奖|政府质量奖|质量奖|获奖(?:组织|单位|企业)?|上一年"
    r"|组织概述|企业简介|附件|附录|报告书?|定稿|终稿|最终版?|修订版?|正式版?|盖章版?|扫描件?|打印版?|提交版?|提交|报送|上报|电子版|副本|拷贝|第.{1,3}[届版稿]|[vV]\d+(?:\.\d+)*|annual|report"
    r"|\(\d*\)|[\d_\-—.·、,，:()\[\]【】《》\s+&]+"
)


@dataclass(frozen=True, slots=True)
class _Voice:
    name: str
    origin: Origin
    sentence: str
    page: int | None


def find_organisation(part: Part) -> OrganisationName:
    """The name that the places of the part agree on most, as printed; None where none is found."""
    voices = [voice for voice in _voices(part) if not _OTHERS.search(voice.name)]
    if not voices:
        return OrganisationName(None, "none", "", None, sure=False)
    totals: defaultdict[str, int] = defaultdict(int)
    for name, origin in {(voice.name, voice.origin) for voice in voices}:
        totals[name] += _WEIGHTS[origin]
    spoken = Counter(_spoken(part, tuple(totals)))
    name, *rest = sorted(totals, key=lambda one: (-totals[one], -spoken[one], -len(one), one))
    others = tuple(one for one in rest if not _same(one, name))
    agreed = totals[name] + sum(totals[one] for one in rest if _same(one, name))
    against = totals[others[0]] if others else 0
    best = max((v for v in voices if v.name == name), key=lambda v: _WEIGHTS[v.origin])
    sure = agreed >= _ENOUGH and against * 2 < agreed
    return OrganisationName(name, best.origin, best.sentence, best.page, sure, others)


def _same(short: str, name: str) -> bool:
    """Whether one name is the other's short form: its characters stand in the other in their order."""
    if len(short) > len(name):
        short, name = name, short
    rest = iter(name)
    return all(character in rest for character in short)


def _voices(part: Part) -> Iterator[_Voice]:
    size = 0
    for block in _front(part.blocks):
        for line in block.text.splitlines():
            yield from _of_line(line, block.place.page)
        if size < _FRONT_CHARACTERS:
            yield from _of_text(block)
        size += len(block.text)
    for text in dict.fromkeys(block.text for block in part.blocks if block.kind == "margin"):
        if found := _LINE.match(_tight(text)) or _TITLE.match(_tight(text)):
            yield _Voice(found[1], "head", text, None)
    yield from _of_file_name(part.document.filename)


def _front(blocks: Sequence[Block]) -> Iterator[Block]:
    seen = 0
    for block in blocks:
        if block.kind in ("contents", "margin", "invisible", "chart", "picture"):
            continue
        yield block
        seen += 1
        if seen >= _FRONT_BLOCKS:
            return


def _of_line(line: str, page: int | None) -> Iterator[_Voice]:
    text = _tight(line)
    if not text or len(text) > _COVER_LINE or _PASSED_OVER.match(text):
        return
    if found := _LABEL.search(text):
        yield _Voice(found[1], "label", line, page)
    elif found := _LINE.match(text):
        yield _Voice(found[1], "cover", line, page)
    elif found := _TITLE.match(text):
        yield _Voice(found[1], "title", line, page)


def _of_text(block: Block) -> Iterator[_Voice]:
    text = unicodedata.normalize("NFKC", block.text)
    for pattern in (_INTRODUCED, _SUBJECT):
        if found := pattern.search(text):
            sentence = text[found.start() : found.end() + 20].strip("。，：:")
            yield _Voice(found[1], "text", sentence, block.place.page)


def _of_file_name(filename: str) -> Iterator[_Voice]:
    stem = unicodedata.normalize("NFKC", filename.rpartition(".")[0] or filename)
    pieces = [piece for piece in _FILE_WORDS.sub("\n", stem).split("\n") if len(piece) >= 2]
    named = [piece for piece in pieces if re.search(f"{_END}$", piece)] or pieces
    if named:
        yield _Voice(max(named, key=len), "filename", filename, None)


def _spoken(part: Part, names: Sequence[str]) -> Iterator[str]:
    for block in part.blocks:
        for name in names:
            if name in block.text:
                yield name


def _tight(line: str) -> str:
    """A line of a cover, often spaced out, without spaces and with narrow brackets."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", line))
