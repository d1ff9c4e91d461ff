"""An id belongs to a fault, not to its wording, its order or the page it stands on."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from models.assessment import Finding, Where
from models.finding_id import identify, same_fault
from tests.mapping.readings import document

DOCUMENTS = (document("d1", "report"), document("d2", "annual"))
places = st.builds(Where, page=st.integers(1, 9), passage=st.sampled_from(("p-1", "p-2", "p-3")))
findings = st.builds(
    Finding,
    check=st.sampled_from(("indicator-missing", "passage-misplaced")),
    severity=st.just("warning"),
    document=st.sampled_from(("d1", "d2")),
    indicator=st.sampled_from(("1.1.1", "4.2.1")),
    subject=st.sampled_from(("1.1.1", "4.2.1")),
    message=st.text(max_size=5),
    advice=st.just(""),
    where=st.lists(places, max_size=2).map(tuple),
)


def finding(passage: str = "p-1", **changes: object) -> Finding:
    usual = Finding("passage-misplaced", "note", "d1", "4.2.1", "4.2.1", "…", "…", (Where(3, passage),))
    return replace(usual, **changes)  # type: ignore[arg-type]


@given(st.lists(findings, max_size=8))
def test_no_two_findings_share_an_id(found: list[Finding]) -> None:
    ids = [one.id for one in identify(found, DOCUMENTS)]
    assert len(set(ids)) == len(ids) and all(ids)


def test_wording_page_and_document_number_do_not_count() -> None:
    (usual,) = identify([finding()], DOCUMENTS)
    (other,) = identify([finding(message="另一句", severity="warning", where=(Where(9, "p-9"),))], DOCUMENTS)
    (moved,) = identify([finding(document="d7")], (document("d7", "report"),))
    assert usual.id == other.id == moved.id
    (yearly,) = identify([finding(document="d2")], DOCUMENTS)
    (elsewhere,) = identify([finding(subject="1.1.1")], DOCUMENTS)
    assert len({usual.id, yearly.id, elsewhere.id}) == 3


def test_fellows_are_told_apart_by_place_and_never_by_order() -> None:
    one, two = identify([finding("p-1"), finding("p-2")], DOCUMENTS)
    again = identify([finding("p-2"), finding("p-1")], DOCUMENTS)
    assert {one.id, two.id} == {f.id for f in again} and again[0].id == two.id


def test_an_answer_finds_the_fault_when_its_fellows_are_gone() -> None:
    one, two = identify([finding("p-1"), finding("p-2")], DOCUMENTS)
    (left,) = identify([finding("p-2")], DOCUMENTS)
    assert same_fault(two.id, left) and not same_fault(one.id, left)
