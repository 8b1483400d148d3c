"""Each clause of the query for doctors: what is asked for appears, what is not asked for does not."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from directory.schema import described_fields
from ranking import (
    FACETS,
    Area,
    AreaLevel,
    FacilityWords,
    Grade,
    Kind,
    NameOption,
    NameWord,
    NameWords,
    OriginNeeded,
    Page,
    Point,
    RadiusSource,
    SearchIntent,
    Sort,
    Where,
    build_search_body,
    load_weights,
    tie_field,
)
from tests.support.ranking import DAY, HOME, intent_near, name_words, near_home

WEIGHTS = load_weights()
COUNTRY = Where(RadiusSource.COUNTRY)


def body(intent: SearchIntent, page: Page = Page(20)) -> dict[str, Any]:
    return build_search_body(intent, WEIGHTS, page, DAY)


def filters(intent: SearchIntent) -> list[dict[str, Any]]:
    return body(intent)["query"]["bool"]["filter"]


def every_dict(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for item in node for found in every_dict(item)]
    if isinstance(node, dict):
        return [node, *(found for value in node.values() for found in every_dict(value))]
    return []


FULL_INTENT = intent_near(
    specialities=("THERAPIST", "FAMILY_DOCTOR"),
    names=name_words(surname="Коваленко", given="Іван", patronymic="Іванович", unassigned="Роман"),
    facility=FacilityWords(words=(NameWord.of("здоров'я"),), numbers=("3",), kinds=("AMBULATORY", "POLYCLINIC")),
    age=40,
    open_only=True,
    contract_only=True,
    gender="FEMALE",
    open_at=600,
    division_ids=("d1",),
    legal_entity_id="l1",
)


def test_same_intent_gives_the_same_body() -> None:
    assert body(FULL_INTENT) == body(FULL_INTENT)


def test_order_of_specialities_does_not_change_the_body() -> None:
    one, other = intent_near(specialities=("A", "B")), intent_near(specialities=("B", "A"))
    assert body(one) == body(other)


def test_every_field_of_the_query_is_in_the_mapping() -> None:
    known = described_fields("doctors")
    full = body(FULL_INTENT, Page(20, facets=True))
    used = {
        field
        for node in every_dict(full["query"])
        for kind in ("term", "terms", "range")
        for field in node.get(kind, {})
    }
    used |= {node["exists"]["field"] for node in every_dict(full["query"]) if "exists" in node}
    used |= {node["distance_feature"]["field"] for node in every_dict(full["query"]) if "distance_feature" in node}
    used |= {field for field, _ in FACETS.values()}
    used |= {field for clause in full["sort"] for field in clause if not field.startswith("_")}
    assert used <= set(known)
    assert len(used) > 20


def test_text_never_reaches_a_query_parser() -> None:
    kinds = {key for node in every_dict(body(FULL_INTENT)) for key in node}
    assert not kinds & {"query_string", "simple_query_string", "script", "regexp", "wildcard", "fuzzy", "match"}


def test_only_named_clauses_score() -> None:
    query = body(FULL_INTENT)["query"]["bool"]
    scoring = [node for node in every_dict([query["must"], query["should"]]) if "boost" in node]
    assert scoring
    assert all("_name" in node for node in scoring)
    assert not [node for node in every_dict(query["filter"]) if "boost" in node or "_name" in node]


def test_primary_care_means_declarable() -> None:
    assert filters(intent_near())[0] == {"term": {"declarable": True}}


def test_specialists_are_those_in_force_without_an_age_rule() -> None:
    assert filters(intent_near(kind=Kind.SPECIALIST, age=40))[0] == {
        "bool": {"filter": [{"term": {"active": True}}, {"term": {"kind": "specialist"}}]}
    }


def test_age_must_lie_within_the_ages_of_the_doctor() -> None:
    clauses = filters(intent_near(age=5))[0]["bool"]["filter"]
    assert {"range": {"ages.min": {"lte": 5}}} in clauses
    assert {"range": {"ages.max": {"gte": 5}}} in clauses


def test_age_zero_is_an_age() -> None:
    assert {"range": {"ages.min": {"lte": 0}}} in filters(intent_near(age=0))[0]["bool"]["filter"]


def test_both_kinds_keep_the_age_rule_for_primary_care_only() -> None:
    either = filters(intent_near(kind=Kind.ALL, age=5))[0]["bool"]
    assert either["minimum_should_match"] == 1
    assert {"range": {"ages.max": {"gte": 5}}} in either["should"][0]["bool"]["filter"]
    assert {"range": {"ages.max": {"gte": 5}}} not in either["should"][1]["bool"]["filter"]


@pytest.mark.parametrize(
    ("asked", "clause"),
    [
        ({"specialities": ("THERAPIST",)}, {"terms": {"speciality.officio": ["THERAPIST"]}}),
        ({"open_only": True}, {"terms": {"capacity.state": ["free", "nearly_full"]}}),
        ({"contract_only": True}, {"term": {"contract.active": True}}),
        ({"gender": "MALE"}, {"terms": {"party.gender": ["MALE"]}}),
        ({"open_at": 0}, {"term": {"hours.open": 0}}),
        ({"division_ids": ("b", "a")}, {"terms": {"division.id": ["a", "b"]}}),
        ({"legal_entity_id": "l"}, {"terms": {"legal_entity.id": ["l"]}}),
    ],
)
def test_each_wish_is_one_filter_and_absent_when_not_asked(asked: dict[str, Any], clause: dict[str, Any]) -> None:
    assert clause in filters(intent_near(**asked))
    assert clause not in filters(intent_near())
    assert len(filters(intent_near(**asked))) == len(filters(intent_near())) + 1


def test_minute_beyond_the_week_is_refused() -> None:
    with pytest.raises(ValueError, match="minute of the week"):
        intent_near(open_at=7 * 24 * 60)


def test_circle_lies_around_its_centre() -> None:
    assert filters(intent_near(radius_km=10.0))[-1] == {
        "geo_distance": {"distance": "10.0km", "place.location": {"lat": HOME.lat, "lon": HOME.lon}}
    }


def test_zero_coordinates_are_a_point_like_any_other() -> None:
    intent = SearchIntent(where=near_home(origin=Point(0.0, 0.0)))
    assert filters(intent)[-1]["geo_distance"]["place.location"] == {"lat": 0.0, "lon": 0.0}
    assert body(intent)["query"]["bool"]["should"][0]["distance_feature"]["origin"] == {"lat": 0.0, "lon": 0.0}


def test_country_is_a_box_that_keeps_doctors_without_a_point() -> None:
    either = filters(SearchIntent(where=COUNTRY, names=name_words(surname="Вовк")))[-1]["bool"]["should"]
    assert "geo_bounding_box" in either[0]
    assert either[1] == {"bool": {"must_not": [{"exists": {"field": "place.location"}}]}}


def test_small_settlement_takes_its_surroundings_in() -> None:
    area = Area(AreaLevel.SETTLEMENT, "UA18C1", "Іванівка", HOME)
    where = Where(RadiusSource.PLANNED, HOME, None, HOME, 25.0, area, widened=True)
    either = filters(SearchIntent(where=where))[-1]["bool"]
    assert either["minimum_should_match"] == 1
    assert {"term": {"place.settlement": "UA18C1"}} in either["should"]


def test_area_and_asked_circle_must_both_hold() -> None:
    area = Area(AreaLevel.OBLAST, "UA18", "Житомирська", None)
    clauses = filters(SearchIntent(where=Where(RadiusSource.ASKED, HOME, None, HOME, 5.0, area)))
    assert {"term": {"place.oblast": "UA18"}} in clauses
    assert any("geo_distance" in clause for clause in clauses)


def tiers_of(names: NameWords) -> list[dict[str, Any]]:
    (gate,) = body(intent_near(names=names))["query"]["bool"]["must"]
    return [query["constant_score"] for query in gate["dis_max"]["queries"]]


def test_gate_has_one_named_constant_score_a_grade_at_least_two_apart() -> None:
    options = tuple(NameOption(f"вовк{number}", grade) for number, grade in enumerate(Grade))
    tiers = tiers_of(NameWords(surname=(NameWord("вовк", "", options),)))
    assert [tier["_name"] for tier in tiers] == [f"name.{grade.name.lower()}" for grade in Grade]
    assert all(better["boost"] - worse["boost"] >= 2 for better, worse in pairwise(tiers))
    assert tiers[-1]["boost"] - sum(WEIGHTS.values()) > 0


def test_each_tier_takes_the_names_of_its_grade_and_of_better_ones() -> None:
    options = (NameOption("вовк", Grade.EXACT), NameOption("вовч", Grade.SLIP))
    exact, slip = tiers_of(NameWords(surname=(NameWord("вовк", "", options),)))
    assert exact["filter"] == {"terms": {"name.surname": ["вовк"]}}
    assert slip["filter"] == {"terms": {"name.surname": ["вовк", "вовч"]}}


def test_sound_is_asked_from_its_own_grade_on() -> None:
    exact, sound = tiers_of(name_words(surname="Вовк"))
    assert exact["filter"] == {"terms": {"name.surname": ["вовк"]}}
    assert {"term": {"name.surname_key": "vovk"}} in sound["filter"]["bool"]["should"]


def test_unassigned_word_may_be_any_part_of_the_name() -> None:
    exact = tiers_of(NameWords(unassigned=(NameWord.of("роман"),)))[0]["filter"]["bool"]
    assert exact["should"] == [{"terms": {f"name.{part}": ["роман"]}} for part in ("surname", "given", "patronymic")]
    assert exact["minimum_should_match"] == 1


def test_without_a_name_there_is_no_gate() -> None:
    assert body(intent_near())["query"]["bool"]["must"] == []


def test_facility_word_matches_by_spelling_or_sound_and_number_exactly() -> None:
    facility = FacilityWords(words=(NameWord.of("здоров'я"),), numbers=("3",))
    clauses = filters(intent_near(facility=facility))
    assert {"term": {"facility.numbers": "3"}} in clauses
    assert {
        "bool": {
            "should": [{"term": {"facility.words": "здоров'я"}}, {"term": {"facility.keys": "zdorova"}}],
            "minimum_should_match": 1,
        }
    } in clauses


def test_kind_of_facility_matches_by_type_or_name() -> None:
    either = filters(intent_near(facility=FacilityWords(kinds=("FAP",))))[-1]["bool"]["should"]
    assert either[0] == {"terms": {"division.type": ["FAP"]}}
    assert "фап" in either[1]["terms"]["facility.words"]


def test_without_an_origin_distance_says_nothing() -> None:
    names = [name for node in every_dict(body(SearchIntent(where=COUNTRY))["query"]) if (name := node.get("_name"))]
    assert "distance" not in names
    assert "contract" in names


def test_centre_of_a_city_does_not_rank_by_distance_but_may_sort_by_it() -> None:
    area = Area(AreaLevel.SETTLEMENT, "UA18M1", "Житомир", HOME)
    where = Where(RadiusSource.SETTLEMENT, origin=HOME, area=area)
    assert not any(
        "distance_feature" in clause for clause in body(SearchIntent(where=where))["query"]["bool"]["should"]
    )
    assert "_geo_distance" in body(SearchIntent(where=where, sort=Sort.NEAREST))["sort"][0]


def test_best_sorts_by_score_then_tie_of_the_day_then_id() -> None:
    assert [next(iter(clause)) for clause in body(intent_near())["sort"]] == ["_score", tie_field(DAY), "employee.id"]


def test_nearest_sorts_by_distance_and_still_scores() -> None:
    found = body(intent_near(sort=Sort.NEAREST))
    assert [next(iter(clause)) for clause in found["sort"]] == ["_geo_distance", tie_field(DAY), "employee.id"]
    assert found["track_scores"] is True


def test_nearest_without_a_point_is_refused() -> None:
    with pytest.raises(OriginNeeded, match="nearest"):
        SearchIntent(where=COUNTRY, sort=Sort.NEAREST)


def test_seven_days_have_seven_orders_of_equals_and_then_repeat() -> None:
    fields = [tie_field(date(2026, 3, 2) + timedelta(days=shift)) for shift in range(8)]
    assert len(set(fields[:7])) == 7
    assert fields[7] == fields[0]


def test_next_page_starts_after_the_last_document() -> None:
    assert body(intent_near(), Page(20, after=(0.5, 7, "id")))["search_after"] == [0.5, 7, "id"]
    assert "search_after" not in body(intent_near())


def test_facets_and_total_are_counted_only_when_asked() -> None:
    assert set(body(intent_near(), Page(20, facets=True))["aggs"]) == {"persons", *FACETS}
    assert set(body(intent_near(), Page(20))["aggs"]) == {"persons"}
    assert "aggs" not in body(intent_near(), Page(20, total=False))
