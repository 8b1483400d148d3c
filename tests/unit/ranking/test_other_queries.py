"""Queries for facilities, the map, suggestions, and what the API loads at start."""

from typing import Any

import pytest

from directory.schema import described_fields
from ranking import (
    NAME_FIELDS,
    Box,
    FacilityIntent,
    FacilityWords,
    OriginNeeded,
    Page,
    Point,
    RadiusSource,
    Sort,
    Where,
    build_density_body,
    build_doctor_suggest_body,
    build_facilities_body,
    build_facility_suggest_body,
    build_map_body,
    build_settlement_counts_body,
    build_terms_body,
    cluster_zoom,
    load_weights,
)
from ranking.query.map import MAX_POINTS
from tests.support.ranking import DAY, HOME, near_home

WEIGHTS = load_weights()


def facility_filters(**fields: Any) -> list[dict[str, Any]]:
    intent = FacilityIntent(where=near_home(), **fields)
    return build_facilities_body(intent, WEIGHTS, Page(20), DAY)["query"]["bool"]["filter"]


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        ({}, {"term": {"active": True}}),
        ({"specialities": ("THERAPIST",)}, {"terms": {"doctors.specialities": ["THERAPIST"]}}),
        (
            {"specialities": ("THERAPIST",), "open_only": True},
            {"terms": {"doctors.open_specialities": ["THERAPIST"]}},
        ),
        ({"open_only": True}, {"exists": {"field": "doctors.open_specialities"}}),
        ({"types": ("FAP", "CLINIC")}, {"terms": {"division.type": ["CLINIC", "FAP"]}}),
        ({"contract_only": True}, {"term": {"contract.active": True}}),
        ({"open_at": 10}, {"term": {"hours.open": 10}}),
        ({"legal_entity_id": "l"}, {"term": {"legal_entity.id": "l"}}),
        ({"facility": FacilityWords(numbers=("2",))}, {"term": {"facility.numbers": "2"}}),
    ],
)
def test_each_wish_about_a_facility_is_a_filter(asked: dict[str, Any], clause: dict[str, Any]) -> None:
    assert clause in facility_filters(**asked)


def test_facilities_rank_by_the_same_signals() -> None:
    intent = FacilityIntent(where=near_home(), specialities=("THERAPIST",))
    should = build_facilities_body(intent, WEIGHTS, Page(20), DAY)["query"]["bool"]["should"]
    boosts = [
        clause.get("distance_feature", clause.get("constant_score"))["boost"]
        for clause in should
        if clause.get("constant_score", {}).get("_name") != "precision.settlement"
    ]
    assert sum(boosts) == pytest.approx(1.0)


def test_nearest_facility_needs_a_point() -> None:
    with pytest.raises(OriginNeeded):
        FacilityIntent(where=Where(RadiusSource.COUNTRY), sort=Sort.NEAREST)


def test_map_looks_only_into_the_box() -> None:
    body = build_map_body(FacilityIntent(where=Where(RadiusSource.ASKED)), Box(28.0, 50.0, 29.0, 51.0), zoom=10)
    assert body["query"]["bool"]["filter"][-1] == {
        "geo_bounding_box": {
            "place.location": {"top_left": {"lat": 51.0, "lon": 28.0}, "bottom_right": {"lat": 50.0, "lon": 29.0}}
        }
    }
    assert body["size"] == MAX_POINTS
    assert body["aggs"]["clusters"]["geotile_grid"]["precision"] == 12


def test_clusters_have_a_finest_grid() -> None:
    assert cluster_zoom(22) == cluster_zoom(21) == 20
    assert cluster_zoom(0) == 2


def test_suggestion_takes_every_word_as_a_beginning_spelling_before_sound() -> None:
    body = build_doctor_suggest_body("Ол ПЕТ", 5, DAY)
    assert body is not None
    (typed,) = body["query"]["bool"]["must"]
    spelling, sound = (tier["constant_score"] for tier in typed["dis_max"]["queries"])
    assert spelling["filter"]["bool"]["filter"] == [
        {"term": {"name.typing._index_prefix": "ол"}},
        {"term": {"name.typing._index_prefix": "пет"}},
    ]
    assert sound["filter"]["bool"]["filter"][1] == {"term": {"name.typing_key._index_prefix": "pet"}}
    assert spelling["boost"] > sound["boost"] + 1


def test_suggestions_prefer_the_nearer_among_equals() -> None:
    body = build_facility_suggest_body("апт", 5, DAY, near=HOME)
    assert body is not None
    (nearness,) = body["query"]["bool"]["should"]
    assert nearness["distance_feature"]["boost"] == 1.0


@pytest.mark.parametrize("text", ["", "  ", "😀", "*?"])
def test_no_word_no_suggestion(text: str) -> None:
    assert build_doctor_suggest_body(text, 5, DAY) is None
    assert build_facility_suggest_body(text, 5, DAY) is None


def test_query_language_in_a_suggestion_is_only_letters() -> None:
    body = build_doctor_suggest_body("name.typing:(a* OR b~)", 5, DAY, near=Point(0.0, 0.0))
    assert body is not None
    spelling = body["query"]["bool"]["must"][0]["dis_max"]["queries"][0]["constant_score"]["filter"]["bool"]["filter"]
    typed = [clause["term"]["name.typing._index_prefix"] for clause in spelling]
    assert typed == ["name", "typing", "a", "or", "b"]


def test_long_words_are_cut_to_what_the_index_keeps() -> None:
    body = build_facility_suggest_body("а" * 60, 5, DAY)
    assert "а" * 20 in str(body)
    assert "а" * 21 not in str(body)


@pytest.mark.parametrize("field", NAME_FIELDS)
def test_terms_are_loaded_page_by_page_from_known_fields(field: str) -> None:
    assert field in described_fields("doctors")
    composite = build_terms_body(field, {"term": "вовк"})["aggs"]["terms"]["composite"]
    assert composite["after"] == {"term": "вовк"}
    assert composite["sources"] == [{"term": {"terms": {"field": field}}}]
    assert "after" not in build_terms_body(field)["aggs"]["terms"]["composite"]


def test_counts_are_of_doctors_in_force_by_speciality() -> None:
    for body in (build_density_body(), build_settlement_counts_body()):
        assert body["query"] == {"bool": {"filter": [{"term": {"active": True}}]}}
        assert body["size"] == 0
        sources = body["aggs"]["terms"]["composite"]["sources"]
        assert {"speciality": {"terms": {"field": "speciality.officio"}}} in sources
