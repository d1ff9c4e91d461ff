"""The yearly duties in the REST API."""

from __future__ import annotations

from tests.service.conftest import ROUND, World
from tests.service.test_duties import YEAR, bring, yearly

API = "/api/v1"


def test_duties_of_a_winner(world: World) -> None:
    office = world.as_("office")
    said = {"organisation_id": "own", "award": "质量管理奖", "award_year": YEAR - 1}
    made = office.post(f"{API}/rounds/{ROUND}/winners", json=said).json()
    assert office.post(f"{API}/rounds/{ROUND}/winners", json=said).status_code == 409
    identity = bring(world, "甲公司", YEAR, yearly("甲公司", YEAR))
    found = office.get(f"{API}/rounds/{ROUND}/duties?on={YEAR + 1}-02-01").json()["items"]
    assert [(one["year"], one["state"]) for one in found] == [
        (YEAR - 1, "late"),
        (YEAR, "received"),
        (YEAR + 1, "not_due"),
    ]
    assert found[1]["submission_id"] == identity
    later = {"year": YEAR - 1, "until": f"{YEAR + 3}-01-01", "reason": "搬迁"}
    office.post(f"{API}/winners/{made['id']}/extensions", json=later)
    checked = office.put(f"{API}/submissions/{identity}/duty", json={"act": "check", "ticked": ["a"]}).json()
    assert checked["checked"] and checked["ticked"] == ["a"]
    own = world.as_("applicant").get(f"{API}/rounds/{ROUND}/duties?on={YEAR + 1}-02-01").json()["items"]
    assert [one["state"] for one in own] == ["not_due", "checked", "not_due"]
    assert own[0]["extended"] == "搬迁"
    assert world.as_("stranger").get(f"{API}/rounds/{ROUND}/duties").json()["items"] == []


def test_incidents_and_what_is_no_yearly_report(world: World) -> None:
    office = world.as_("office")
    said = {"happened": "2020-01-01", "kind": "safety", "told": "一起火灾"}
    assert office.post(f"{API}/organisations/own/incidents", json=said).status_code == 201
    assert office.get(f"{API}/organisations/own/incidents").json()["total"] == 1
    assert office.post(f"{API}/organisations/own/incidents", json={**said, "told": " "}).status_code == 422
    award = world.submitted("applicant")
    assert office.put(f"{API}/submissions/{award}/duty", json={"act": "ask"}).status_code == 404
