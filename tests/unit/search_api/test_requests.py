"""What may be asked: every fault at once, both or neither, zero is a value."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from search_api.requests import MapQuery, SearchQuery, SearchRequest


def faults_of(model: type[Any], **fields: object) -> set[tuple[str, str]]:
    with pytest.raises(ValidationError) as caught:
        model.model_validate(fields)
    return {(".".join(map(str, item["loc"])), item["type"]) for item in caught.value.errors()}


def test_zero_coordinates_are_values() -> None:
    request = SearchRequest.model_validate({"near": {"lat": 0.0, "lon": 0}})
    assert request.near is not None
    assert (request.near.lat, request.near.lon) == (0.0, 0.0)


def test_zero_coordinates_are_values_in_a_query_string() -> None:
    near = SearchQuery.model_validate({"near": "0,0.0"}).as_request().near
    assert near is not None
    assert (near.lat, near.lon) == (0.0, 0.0)


@pytest.mark.parametrize("near", [{"lat": 50.0}, {"lon": 28.0}, {}])
def test_half_a_point_is_a_fault(near: dict[str, float]) -> None:
    assert {kind for _, kind in faults_of(SearchRequest, near=near)} == {"missing"}


def test_all_faults_are_reported_together_those_between_fields_too() -> None:
    found = faults_of(
        SearchRequest, age=200, birth_date="2020-01-01", radius_km=-1, near={"lat": 91, "lon": 1}, colour="red"
    )
    assert found == {
        ("age", "less_than_equal"),
        ("birth_date", "both_given"),
        ("radius_km", "greater_than"),
        ("near.lat", "less_than_equal"),
        ("colour", "extra_forbidden"),
    }


def test_no_fault_holds_the_value_that_was_sent() -> None:
    with pytest.raises(ValidationError) as caught:
        SearchRequest.model_validate({"birth_date": "1987-13-45", "near": {"lat": 123.456, "lon": 28}})
    told = str(caught.value) + repr(caught.value.errors(include_url=False))
    assert "1987" not in told
    assert "123.456" not in told


@pytest.mark.parametrize("value", [0, 86_400, "1987-05-17T00:00:00", "17.05.1987", True])
def test_a_birth_date_is_an_iso_date_and_nothing_else(value: object) -> None:
    assert ("birth_date", "bad_date") in faults_of(SearchRequest, birth_date=value)


def test_a_good_birth_date_is_read() -> None:
    assert SearchRequest.model_validate({"birth_date": "1987-05-17"}).birth_date == date(1987, 5, 17)


@pytest.mark.parametrize(("field", "value"), [("age", "40"), ("open_only", "true"), ("radius_km", True), ("age", 4.5)])
def test_json_numbers_are_numbers(field: str, value: object) -> None:
    assert any(name == field for name, _ in faults_of(SearchRequest, **{field: value}))


@pytest.mark.parametrize("near", ["50.1", "50.1,", "50.1;28", "a,b", "50.1,28.1,3", "", "nan,nan", "1e5,2"])
def test_a_point_in_a_query_string_is_two_numbers(near: str) -> None:
    assert faults_of(SearchQuery, near=near) == {("near", "bad_point")}


def test_a_point_off_the_earth_is_a_fault() -> None:
    assert faults_of(SearchQuery, near="91,28") == {("near", "point_off_earth")}


@pytest.mark.parametrize("bbox", ["1,2,3", "a,b,c,d", "", "1,2,3,4,5"])
def test_a_box_is_four_numbers(bbox: str) -> None:
    assert faults_of(MapQuery, bbox=bbox, zoom=5) == {("bbox", "bad_box")}


@pytest.mark.parametrize("bbox", ["3,1,2,4", "1,4,2,3", "1,1,1,2", "-181,0,1,1", "0,0,1,91"])
def test_a_box_lies_on_the_earth_with_its_sides_in_order(bbox: str) -> None:
    assert faults_of(MapQuery, bbox=bbox, zoom=5) == {("bbox", "box_inside_out")}


def test_the_query_string_and_json_ask_the_same() -> None:
    query = SearchQuery.model_validate({"q": "x", "near": "50.2,28.6", "age": "40", "open_only": "true"})
    body = SearchRequest.model_validate({"q": "x", "near": {"lat": 50.2, "lon": 28.6}, "age": 40, "open_only": True})
    assert query.as_request() == body


def test_both_spellings_have_the_same_fields() -> None:
    assert set(SearchQuery.model_fields) == set(SearchRequest.model_fields)
