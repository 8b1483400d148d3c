"""Queries for facilities, the map, suggestions, and what the API loads at start."""

from itertools import pairwise
from typing import Any

import pytest

from directory.schema import described_fields
from directory.text import sound_key
from ranking import (
    BegunReading,
    BegunWord,
    Box,
    FacilityIntent,
    FacilityWords,
    OriginNeeded,
    Page,
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
from ranking.query.terms import WORD_FIELDS, build_bearers_body
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
    of_places = ("distance", "capacity", "contract", "precision")
    assert sum(boosts) == pytest.approx(sum(WEIGHTS[name] for name in of_places))


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


def typed(*words: str) -> tuple[BegunReading, ...]:
    """What is typed as one reading, every word by spelling and by sound."""
    return (BegunReading(tuple(BegunWord((word,), (sound_key(word),)) for word in words)),)


def tiers(body: dict[str, Any] | None) -> list[dict[str, Any]]:
    assert body is not None
    (must,) = body["query"]["bool"]["must"]
    return [tier["constant_score"] for tier in must["dis_max"]["queries"]]


def test_suggestion_takes_the_words_in_order_then_the_last_as_a_beginning_then_all_then_by_sound() -> None:
    in_order, last_begun, all_begun, sound = tiers(build_doctor_suggest_body(typed("ол", "пет"), 5, DAY))
    begun = [{"term": {"name.typing._index_prefix": "ол"}}, {"term": {"name.typing._index_prefix": "пет"}}]
    assert in_order["filter"]["bool"]["filter"] == [*begun, {"term": {"name.typing._index_prefix": "ол пет"}}]
    assert last_begun["filter"]["bool"]["filter"] == [{"term": {"name.typing": "ол"}}, begun[1]]
    assert all_begun["filter"]["bool"]["filter"] == begun
    assert {"term": {"name.typing_key._index_prefix": "pet"}} in sound["filter"]["bool"]["filter"][1]["bool"]["should"]
    boosts = [tier["boost"] for tier in (in_order, last_begun, all_begun, sound)]
    assert all(higher > lower + 1 for higher, lower in pairwise(boosts))


def test_a_single_word_is_first_a_whole_name_then_the_beginning_of_a_surname() -> None:
    whole, surname, begun, _ = tiers(build_doctor_suggest_body(typed("пет"), 5, DAY))
    assert whole["filter"] == {"term": {"name.typing": "пет"}}
    assert surname["filter"] == {"prefix": {"name.surname": "пет"}}
    assert begun["filter"] == {"term": {"name.typing._index_prefix": "пет"}}


def test_a_number_typed_with_the_words_of_a_facility_is_first_its_own() -> None:
    own, *others = tiers(build_facility_suggest_body(typed("поліклініка", "03"), 5, DAY))
    assert {"term": {"facility.own_numbers": "3"}} in own["filter"]["bool"]["filter"]
    assert "own_numbers" not in str(others)


def test_a_later_reading_ranks_below_every_tier_of_the_one_before() -> None:
    first, second = typed("ол")[0], typed("щд")[0]
    boosts = [tier["boost"] for tier in tiers(build_doctor_suggest_body([first, second], 5, DAY))]
    assert boosts == sorted(boosts, reverse=True)
    assert len(boosts) == 8


def test_the_sound_of_an_undecided_reading_counts_as_the_spelling_of_the_next() -> None:
    sound = BegunReading((BegunWord(keys=("fi",)),), undecided=True)
    *_, both = tiers(build_doctor_suggest_body([sound, BegunReading((BegunWord(("анн",)),))], 5, DAY))
    assert both["filter"]["bool"]["should"] == [
        {"term": {"name.typing._index_prefix": "анн"}},
        {"term": {"name.typing_key._index_prefix": "fi"}},
    ]


def test_the_sound_of_an_undecided_reading_goes_before_the_sound_of_the_next() -> None:
    first, second = BegunReading((BegunWord(keys=("uzh",)),), undecided=True), BegunReading((BegunWord(keys=("har",)),))
    keys = [
        tier["filter"]["term"]["name.typing_key._index_prefix"]
        for tier in tiers(build_doctor_suggest_body([first, second], 5, DAY))
    ]
    assert keys == ["uzh", "har"]


def test_a_word_that_is_another_form_of_a_name_is_asked_as_that_name() -> None:
    body = build_doctor_suggest_body([BegunReading((BegunWord(meant=("олена",)),))], 5, DAY)
    assert tiers(body)[0]["filter"] == {"term": {"name.typing": "олена"}}


def test_suggestions_prefer_the_nearer_among_equals() -> None:
    body = build_facility_suggest_body(typed("апт"), 5, DAY, near=HOME)
    assert body is not None
    (nearness,) = body["query"]["bool"]["should"]
    assert nearness["distance_feature"]["boost"] == 1.0


def test_no_reading_no_suggestion() -> None:
    assert build_doctor_suggest_body([], 5, DAY) is None
    assert build_facility_suggest_body([], 5, DAY) is None


def test_long_words_are_cut_to_what_the_index_keeps() -> None:
    body = str(build_facility_suggest_body(typed("а" * 60), 5, DAY))
    assert "'facility.typing._index_prefix': '" + "а" * 20 + "'" in body
    assert "_index_prefix': '" + "а" * 21 not in body


@pytest.mark.parametrize("field", WORD_FIELDS)
def test_terms_are_loaded_page_by_page_from_known_fields(field: str) -> None:
    assert field in described_fields("doctors")
    composite = build_terms_body(field, {"term": "вовк"})["aggs"]["terms"]["composite"]
    assert composite["after"] == {"term": "вовк"}
    assert composite["sources"] == [{"term": {"terms": {"field": field}}}]
    assert "after" not in build_terms_body(field)["aggs"]["terms"]["composite"]


def test_names_are_loaded_by_the_people_who_bear_them_from_known_fields() -> None:
    sources = build_bearers_body()["aggs"]["terms"]["composite"]["sources"]
    fields = {name: next(iter(source[name].values()))["field"] for source in sources for name in source}
    assert list(fields) == ["surname", "given", "patronymic", "gender"]
    assert set(fields.values()) <= set(described_fields("doctors"))


def test_counts_are_of_doctors_in_force_by_speciality() -> None:
    for body in (build_density_body(), build_settlement_counts_body()):
        assert body["query"] == {"bool": {"filter": [{"term": {"active": True}}]}}
        assert body["size"] == 0
        sources = body["aggs"]["terms"]["composite"]["sources"]
        assert {"speciality": {"terms": {"field": "speciality.officio"}}} in sources
