"""Entries of the audit in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.store.tables import (
    AuditEntry,
    Group,
    Organisation,
    Person,
    Revision,
    Round,
    Submission,
)

ACTIONS = {
    "answer": "答复一处发现",
    "assess": "检查完成",
    "assign": "分配评审员",
    "assign-undo": "取消分配",
    "award-withdraw": "撤销奖项",
    "cancel": "停止检查",
    "change": "修改",
    "correct": "更正",
    "correct-undo": "撤销更正",
    "create": "建立",
    "delete": "删除",
    "download": "下载文件",
    "duty-ask": "请补正",
    "duty-check": "核对年度报告",
    "duty-extend": "延期",
    "duty-tick": "勾选事项",
    "export": "导出",
    "group-open": "组长公开更正和评语",
    "import": "导入",
    "incident": "登记事故",
    "intake": "收入文件待确认",
    "intake-drop": "放弃待确认的文件",
    "letter": "出具函件",
    "mark": "标记条目",
    "note": "评语",
    "note-delete": "删除评语",
    "parts": "调整部分",
    "password-change": "修改口令",
    "password-change-failed": "修改口令失败",
    "password-reset": "重设口令",
    "person-change": "修改账号",
    "person-create": "建立账号",
    "receive": "更正收到日期",
    "recuse": "回避",
    "reopen": "重新开放",
    "retry": "重新检查",
    "search": "搜索",
    "sign-in": "登录",
    "sign-in-failed": "登录失败",
    "sign-out": "退出",
    "submit": "正式提交",
    "take-in": "代收",
    "token-create": "新令牌",
    "token-delete": "停用令牌",
    "undo": "撤销",
    "upload": "上传",
    "view": "查看",
    "withdraw": "撤回",
}
_DETAILS = {
    "active": "在用",
    "after": "改后",
    "assessment": "结果",
    "award_year": "获奖年度",
    "before": "改前",
    "changed": "改动",
    "covers": "年度",
    "file": "文件",
    "files": "文件",
    "findings": "事项",
    "format": "格式",
    "kind": "种类",
    "leader": "组长",
    "members": "组员",
    "reason": "原因",
    "receipt": "回执",
    "reviewer": "评审员",
    "role": "角色",
    "round": "届次",
    "ticked": "已勾选",
    "until": "期限",
    "winner": "获奖组织",
    "winners": "获奖组织",
    "withdrawn": "撤销",
    "year": "年度",
}
_KINDS = {
    "submission": "材料",
    "revision": "文件稿",
    "round": "届次",
    "organisation": "组织",
    "person": "账号",
    "group": "小组",
    "intake": "收入批次",
}


@dataclass(frozen=True, slots=True)
class EntryView:
    entry: AuditEntry
    action: str
    person: str
    person_id: str
    about: str
    href: str | None
    detail: str


def entry_views(session: Session, entries: Iterable[AuditEntry]) -> list[EntryView]:
    """Entries with the present names of what they speak of."""
    held = list(entries)
    names = _names(session, {one.object for one in held})
    people = _people(session, {one.person.split(" ")[0] for one in held if one.person})
    return [_view(one, names, people) for one in held]


def _view(entry: AuditEntry, names: Mapping[str, tuple[str, str]], people: Mapping[str, str]) -> EntryView:
    identity, _, login = (entry.person or "").partition(" ")
    kind, _, key = entry.object.partition(":")
    name, href = names.get(entry.object, ("", ""))
    told = "；".join(
        f"{_DETAILS.get(key, key)}：{_plain(value)}"
        for key, value in entry.detail.items()
        if value is not None
    )
    return EntryView(
        entry=entry,
        action=ACTIONS.get(entry.action, entry.action),
        person=f"{people.get(identity, '')}（{login}）" if login else "程序",
        person_id=identity,
        about=f"{_KINDS.get(kind, kind)} {name or key}",
        href=href or None,
        detail=told[:300],
    )


def _plain(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _people(session: Session, identities: set[str]) -> dict[str, str]:
    asked = select(Person.id, Person.name).where(Person.id.in_(identities))
    return {row[0]: row[1] for row in session.execute(asked)}


def _names(session: Session, objects: set[str]) -> dict[str, tuple[str, str]]:
    """Name and address of what is still there, by kind and id."""
    ids: dict[str, set[str]] = {}
    for one in objects:
        kind, _, identity = one.partition(":")
        ids.setdefault(kind, set()).add(identity)
    named: dict[str, tuple[str, str]] = {}
    for kind, table, column, path in (
        ("organisation", Organisation, Organisation.name, "/organisations/{}"),
        ("round", Round, Round.title, "/rounds/{}/settings"),
        ("person", Person, Person.login, "/people/{}"),
        ("group", Group, Group.title, ""),
    ):
        for identity, name in session.execute(
            select(table.id, column).where(table.id.in_(ids.get(kind, ())))
        ):
            named[f"{kind}:{identity}"] = name, path.format(identity)
    owned = select(Submission.id, Organisation.name).join(
        Organisation, Organisation.id == Submission.organisation_id
    )
    for identity, name in session.execute(owned.where(Submission.id.in_(ids.get("submission", ())))):
        named[f"submission:{identity}"] = name, f"/submissions/{identity}/life"
    drafts = (
        select(Revision.id, Organisation.name, Revision.number, Submission.id)
        .join(Submission, Submission.id == Revision.submission_id)
        .join(Organisation, Organisation.id == Submission.organisation_id)
        .where(Revision.id.in_(ids.get("revision", ())))
    )
    for identity, name, number, submission in session.execute(drafts):
        named[f"revision:{identity}"] = f"{name} 第 {number} 稿", f"/submissions/{submission}/life"
    return named
