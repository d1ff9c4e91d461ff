"""The contract as dataclasses: what is written reads back equal, and fits the schema in docs/."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.assessment import Assessment, Length, PassageRecord, Years
from models.codec import from_json, schema, to_json
from models.kpi import KpiSeries
from tests.conftest import ROOT

SCHEMA = ROOT / "docs" / "assessment.schema.json"

for scalar in (float,):
    st.register_type_strategy(scalar, st.floats(allow_nan=False, allow_infinity=False))

assessments = st.builds(
    Assessment,
    passages=st.lists(st.from_type(PassageRecord), max_size=2).map(tuple),
    kpis=st.lists(st.from_type(KpiSeries), max_size=2).map(tuple),
    documents=st.just(()),
    tables=st.just(()),
    coverage=st.just(()),
    findings=st.just(()),
    unreadable=st.just(()),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(assessments)
def test_what_is_written_reads_back_equal(assessment: Assessment) -> None:
    text = json.dumps(to_json(assessment), ensure_ascii=False)
    assert from_json(Assessment, json.loads(text)) == assessment


@settings(max_examples=60)
@given(st.from_type(Length))
def test_nested_tuples_keep_their_shape(length: Length) -> None:
    assert from_json(Length, json.loads(json.dumps(to_json(length)))) == length


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(assessments)
def test_every_assessment_fits_the_schema(assessment: Assessment) -> None:
    jsonschema.validate(to_json(assessment), schema(Assessment))


def test_schema_in_docs_is_the_one_of_the_code(golden: Callable[[Path, str], None]) -> None:
    golden(SCHEMA, json.dumps(schema(Assessment), ensure_ascii=False, indent=1) + "\n")


def test_schema_refuses_a_wrong_status() -> None:
    length = {"$ref": "#/$defs/Length", "$defs": schema(Assessment)["$defs"]}
    good = to_json(_length())
    jsonschema.validate(good, length)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, "status": "fine"}, length)


def test_python_keyword_is_written_as_the_contract_names_it() -> None:
    assert to_json(Years(("2019",), "given")) == {"reporting": ["2019"], "from": "given"}


def test_newer_files_open() -> None:
    data = {**to_json(_length()), "added_next_year": 1}
    assert from_json(Length, data) == _length()


def test_integers_read_as_floats_where_floats_are_meant() -> None:
    series = from_json(dict[str, float], {"2019": 95})
    assert isinstance(series["2019"], float)


def _length() -> Length:
    from models.assessment import Statistics

    return replace(
        Length(None, 0, (0, 0), "none", {}, {}, {}, Statistics(0, 0, 0, 0), 0), count=3, range=(3, 3)
    )
