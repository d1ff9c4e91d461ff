"""All routes of the application with what they declare, and a request for each that is well-formed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from httpx2 import Response

from api.service.needs import SAFE, Anyone, Need

_BODIES: dict[str, dict[str, Any]] = {
    "NewSubmission": {"round_id": "round"},
    "WithReason": {"reason": "原因"},
    "Received": {"received_on": "2026-01-02", "reason": "原因"},
    "NewCorrection": {"about": "node", "id": "1.1.1", "verdict": "not_applicable", "sentence": "没有。"},
    "NewNote": {"item": "1.1", "section": "strength", "text": "好。"},
    "ChangedNote": {"text": "更好。"},
    "NewRound": {"title": "另一届"},
    "ChangedRound": {},
    "OrganisationIn": {"name": "丙公司"},
    "NewPerson": {"login": "new.person", "name": "新人", "role": "reviewer"},
    "ChangedPerson": {"name": "新名"},
    "ChangedPassword": {"old": "correct horse battery", "new": "another good sentence"},
    "NewToken": {"title": "令牌"},
    "NewAssignment": {"person_id": "colleague"},
    "Recusal": {"reason": "亲属"},
    "Place": {"node": "1.1"},
    "GroupIn": {"title": "甲组"},
    "Opening": {"opened": True},
    "NewWinner": {"organisation_id": "own", "award_year": 2024},
    "NewExtension": {"year": 2024, "until": "2030-01-01", "reason": "搬迁"},
    "ChangedDuty": {"act": "check"},
    "NewIncident": {"happened": "2020-01-01", "kind": "safety", "told": "一起火灾"},
}
_QUERIES = {"/api/v1/search": {"q": "顾客"}}
_PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    need: Need | Anyone | None
    body: Any
    """The parameter that takes a JSON body or form fields, as FastAPI knows it."""

    @property
    def names(self) -> list[str]:
        """Names of what stands in the path."""
        return _PARAMETER.findall(self.path)

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    def ask(self, client: TestClient, values: Mapping[str, str], report: tuple[str, bytes]) -> Response:
        """A well-formed request with these values in the path."""
        path = _PARAMETER.sub(lambda found: values.get(found[1], "1"), self.path)
        return client.request(self.method, path, params=_QUERIES.get(self.path), **self._content(report))

    def _content(self, report: tuple[str, bytes]) -> dict[str, Any]:
        if not self.body:
            return {}
        kinds = {type(one.field_info).__name__ for one in self.body}
        if "File" in kinds:
            data = _form(one for one in self.body if type(one.field_info).__name__ == "Form")
            named = next(one.alias for one in self.body if type(one.field_info).__name__ == "File")
            return {"data": data, "files": {named: report}}
        if "Form" in kinds:
            return {"data": _form(self.body)}
        name = getattr(self.body[0].field_info.annotation, "__name__", "")
        return {"json": _BODIES[name]}


def _form(fields: Iterable[Any]) -> dict[str, str]:
    """What a form must have, and no more."""
    given = {"organisation_id": "own", "received_on": "2026-01-02", "kind": "award"}
    return {one.alias: given.get(one.alias, "2026") for one in fields if one.field_info.is_required()}


def routes_of(app: FastAPI) -> list[Route]:
    """In an order in which deletions come last."""
    return sorted(_routes(app), key=lambda route: (route.method == "DELETE", route.method not in SAFE))


def _routes(app: FastAPI) -> Iterator[Route]:
    for context in iter_route_contexts(app.routes):
        dependant = getattr(context, "dependant", None)
        if dependant is None:  # static files
            continue
        calls = [dependency.call for dependency in dependant.dependencies]
        need = next((call for call in calls if isinstance(call, Need | Anyone)), None)
        for method in sorted(context.methods or ()):
            yield Route(method, str(context.path), need, dependant.body_params)
