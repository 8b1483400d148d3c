"""Why a document is no hit, and the pure half of what would make it one: two or three documents, one promise a test."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import ranking.whynot.changes as changes_module
from ranking import Area, AreaLevel, FacilityWords, Kind, Point, RadiusSource, SearchIntent, Where, load_weights
from ranking.whynot import (
    Change,
    altered,
    by_effort,
    change_kinds,
    check_change_kinds,
    find_misses,
    least_step,
    pairs_of,
    place_among,
    point_between,
    steps_between,
)
from tests.support.indexing import tiny_doctor
from tests.support.ranking import DAY, HOME, intent_near, name_words, near_home, north_of, stored


def facts(document: dict[str, Any], intent: SearchIntent) -> list[tuple[str, str]]:
    return [(miss.fact, miss.code) for miss in find_misses(document, intent)]


def change(name: str, **query: Any) -> Change:
    return Change(change_kinds()[name], query)


def test_a_hit_misses_nothing() -> None:
    assert find_misses(stored(tiny_doctor("a")), intent_near()) == ()


def test_who_is_not_in_force_is_out_for_every_reason_of_the_register() -> None:
    gone = stored(tiny_doctor("a", active=False, inactive_reasons=("doctor_not_active", "place_type")))
    assert facts(gone, intent_near()) == [("inactive", "doctor_not_active"), ("inactive", "place_type")]


def test_a_place_that_may_hold_no_declarations_is_said_by_its_reason() -> None:
    place = stored(tiny_doctor("a", declarable=False, inactive_reasons=("place_type",)))
    assert facts(place, intent_near()) == [("inactive", "place_type")]


def test_the_age_is_told_with_the_ages_that_fit() -> None:
    paediatrician = stored(tiny_doctor("a", speciality="PEDIATRICIAN"))
    (miss,) = find_misses(paediatrician, intent_near(age=40))
    assert (miss.fact, dict(miss.values)) == ("age", {"age": 40, "min": 0, "max": 17})


def test_a_specialist_is_out_of_primary_care_and_a_family_doctor_out_of_specialists() -> None:
    heart, family = stored(tiny_doctor("h", speciality="CARDIOLOGIST")), stored(tiny_doctor("f"))
    assert facts(heart, intent_near(age=40)) == [("kind", "kind_primary_care")]
    assert facts(family, intent_near(kind=Kind.SPECIALIST)) == [("kind", "kind_specialist")]
    assert facts(heart, intent_near(kind=Kind.ALL)) == []


def test_a_circle_tells_by_how_much_it_is_missed() -> None:
    (miss,) = find_misses(stored(tiny_doctor("a", at=north_of(HOME, 7))), intent_near(5))
    assert miss.code == "area_radius"
    assert miss.values["km"] == pytest.approx(7, rel=1e-3)
    assert miss.values["beyond_km"] == pytest.approx(2, rel=1e-2)


def test_circle_and_area_are_told_apart_and_either_suffices_with_surroundings() -> None:
    there = stored(tiny_doctor("a", at=north_of(HOME, 7), settlement="UA1"))
    area = Area(AreaLevel.SETTLEMENT, "UA2", "Інше")
    both = Where(RadiusSource.ASKED, HOME, None, HOME, 5.0, area)
    either = Where(RadiusSource.PLANNED, HOME, None, HOME, 5.0, area, widened=True)
    reached = Where(RadiusSource.PLANNED, HOME, None, HOME, 8.0, area, widened=True)
    assert facts(there, SearchIntent(both)) == [("area", "area_radius"), ("area", "area_place")]
    assert facts(there, SearchIntent(either)) == [("area", "area_radius"), ("area", "area_place")]
    assert facts(there, SearchIntent(reached)) == []


def test_a_quarter_is_missed_by_its_circle_alone_for_nobody_registers_quarters() -> None:
    quarter = Area(AreaLevel.QUARTER, "q1", "Корбутівка", HOME)
    where = Where(RadiusSource.PLANNED, HOME, None, HOME, 3.0, quarter)
    assert facts(stored(tiny_doctor("in", at=north_of(HOME, 1))), SearchIntent(where)) == []
    assert facts(stored(tiny_doctor("out", at=north_of(HOME, 4))), SearchIntent(where)) == [("area", "area_radius")]


def test_only_the_words_that_are_not_met_are_told() -> None:
    doctor = stored(tiny_doctor("a", last="Бондар", first="Олена", facility="Амбулаторія №1"))
    (name,) = find_misses(doctor, intent_near(names=name_words(surname="Петренко", given="Олена")))
    assert name.values["words"] == ("петренко",)
    (facility,) = find_misses(doctor, intent_near(facility=FacilityWords(numbers=("1", "7"))))
    assert facility.values["words"] == ("7",)


def test_several_filters_are_all_told() -> None:
    doctor = stored(tiny_doctor("a", gender="MALE", capacity="full", contract=False))
    intent = intent_near(gender="FEMALE", open_only=True, contract_only=True)
    assert [fact for fact, _ in facts(doctor, intent)] == ["open_only", "contract_only", "gender"]


def test_one_change_comes_before_two_and_less_effort_before_more() -> None:
    cheap, dear = change("open_only"), change("gender")
    nearer = change("nearer")
    assert by_effort([(cheap, dear), (nearer,), (dear,)]) == [(dear,), (nearer,), (cheap, dear)]


def test_pairs_are_ordered_by_their_sum() -> None:
    name, place, nearer = change("name"), change("place"), change("nearer")
    assert pairs_of([nearer, place, name]) == by_effort([(nearer, place), (nearer, name), (place, name)])
    assert {each.kind.name for each in pairs_of([nearer, place, name])[0]} == {"name", "place"}


def test_every_kind_of_change_says_why_it_is_as_hard_as_it_is() -> None:
    assert all(kind.why and kind.uk and kind.en for kind in change_kinds().values())
    assert {kind.of for kind in change_kinds().values()} == {"query", "doctor"}


@pytest.mark.parametrize(
    ("odd", "said"),
    [
        ({"effort": 1}, "same effort"),
        ({"of": "patient"}, "of is"),
        ({"colour": "red"}, "the keys are"),
    ],
)
def test_a_file_of_changes_that_contradicts_itself_is_refused(odd: dict[str, Any], said: str) -> None:
    data = tomllib.loads(Path(changes_module.__file__).with_name("changes.toml").read_text("utf-8"))
    data["gender"] |= odd
    with pytest.raises(ValueError, match=said):
        check_change_kinds(data)


def test_an_altered_document_leaves_the_one_given_as_it_is() -> None:
    full = stored(tiny_doctor("a", capacity="full"))
    free = altered(full, {"capacity.state": "free", "contract.active": False})
    assert (free["capacity"]["state"], free["contract"]["active"]) == ("free", False)
    assert (full["capacity"]["state"], full["contract"]["active"]) == ("full", True)
    assert free["capacity"]["as_of"] == full["capacity"]["as_of"]


@pytest.mark.parametrize("steps", [1, 2, 15, 16, 17, 40, 333, 2_000])
def test_the_least_step_is_exact_where_it_works_from_some_step_on(steps: int) -> None:
    for least in {1, 2, steps // 3 + 1, steps}:
        tried: list[int] = []

        def works(step: int, least: int = least, tried: list[int] = tried) -> bool:
            tried.append(step)
            return step >= least

        assert least_step(steps, works) == min(least, steps) if least <= steps else least_step(steps, works) is None
        assert len(tried) <= 30


def test_no_step_works_where_none_does_and_at_the_door_there_is_none() -> None:
    assert least_step(50, lambda step: False) is None
    assert least_step(0, lambda step: True) is None


def test_the_last_step_is_the_door_itself() -> None:
    door = Point(*north_of(HOME, 2.34))
    assert steps_between(HOME, door) == 24
    assert point_between(HOME, door, 24) == door
    assert point_between(HOME, door, 10).lat == pytest.approx(north_of(HOME, 1.0)[0], abs=1e-4)
    assert steps_between(HOME, HOME) == 0


def test_people_are_counted_once_before_the_doctor() -> None:
    one, two = tiny_doctor("p1", party="p", at=north_of(HOME, 1)), tiny_doctor("p2", party="p", at=north_of(HOME, 2))
    far = stored(tiny_doctor("far", at=north_of(HOME, 3)))
    others = [stored(one), stored(two)]
    assert place_among(far, others, intent_near(), load_weights(), DAY) == 2
    assert place_among(stored(two), others, intent_near(), load_weights(), DAY) is None
    assert place_among(far, others, SearchIntent(near_home(2.5)), load_weights(), DAY) is None
