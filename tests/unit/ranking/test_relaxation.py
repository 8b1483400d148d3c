"""The ladder: what may be loosened, in which order, and what is never touched."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from ranking import (
    Area,
    AreaLevel,
    FacilityIntent,
    FacilityWords,
    Kind,
    NameWord,
    NameWords,
    OriginSource,
    Point,
    RadiusSource,
    SearchIntent,
    Where,
    rungs_of,
)
from ranking.relaxation import MOST_RUNGS, STEPS, RelaxationError, ladder, parse_ladder
from tests.support.ranking import HOME, intent_near, name_words

CITY = Area(AreaLevel.SETTLEMENT, "UA1", "Житомир", HOME, "M")
PLANNED = Where(RadiusSource.PLANNED, HOME, OriginSource.PATIENT, HOME, 3.0)
IN_CITY = Where(RadiusSource.SETTLEMENT, HOME, OriginSource.SETTLEMENT, area=CITY)
COUNTRY = Where(RadiusSource.COUNTRY)
NAMED = name_words(surname="Коваленко")


def steps(intent: Any, **options: Any) -> list[list[str]]:
    """The steps newly taken on each rung."""
    seen, found = 0, []
    for rung in rungs_of(intent, **options):
        found.append([each.what for each in rung.loosened[seen:]])
        seen = len(rung.loosened)
    return found


def test_a_planned_radius_is_widened_by_three_steps() -> None:
    [rung] = rungs_of(SearchIntent(PLANNED))
    assert rung.intent.where == replace(PLANNED, radius_km=25.0)
    assert rung.loosened[0].text.uk == "У радіусі 3 км нікого не знайдено, тому шукали в радіусі 25 км"
    assert rung.loosened[0].text.en == "Nobody was found within 3 km, so 25 km were searched"


@pytest.mark.parametrize(
    "intent",
    [
        intent_near(),
        intent_near(gender="MALE", contract_only=True, open_at=600, specialities=("PEDIATRICIAN",)),
        SearchIntent(replace(PLANNED, radius_km=200.0)),
        SearchIntent(Where(RadiusSource.FACILITY), division_ids=("d",)),
        SearchIntent(COUNTRY, names=NAMED, kind=Kind.PRIMARY_CARE),
    ],
)
def test_what_was_asked_for_as_a_parameter_stays(intent: SearchIntent) -> None:
    assert rungs_of(intent) == []


def test_full_doctors_come_last_even_when_free_places_were_asked_for() -> None:
    assert steps(SearchIntent(PLANNED, open_only=True)) == [["radius"], ["open_only"]]
    assert steps(intent_near(open_only=True)) == [["open_only"]]


def test_specialists_have_no_places_so_asking_for_them_costs_one_more_trip_only() -> None:
    assert steps(intent_near(open_only=True, kind=Kind.SPECIALIST)) == [["places"]]


def test_nobody_is_known_to_be_full_by_old_counts() -> None:
    assert steps(intent_near(open_only=True), kept=("open_only",)) == []


def test_understood_hours_and_contract_are_dropped_and_given_ones_are_kept() -> None:
    read = intent_near(open_at=600, contract_only=True, understood=frozenset({"open_at", "contract_only"}))
    [rung] = rungs_of(read)
    assert (rung.intent.open_at, rung.intent.contract_only) == (None, False)
    assert [each.what for each in rung.loosened] == ["hours", "contract"]


def test_a_surname_alone_is_looked_for_among_specialists_too() -> None:
    named = SearchIntent(COUNTRY, names=NAMED, understood=frozenset({"kind", "specialities"}))
    [rung] = rungs_of(named)
    assert rung.intent.kind is Kind.ALL
    assert rungs_of(replace(named, kind=Kind.ALL)) == []


@pytest.mark.parametrize(
    ("asked", "also"),
    [("PEDIATRICIAN", ("FAMILY_DOCTOR",)), ("THERAPIST", ("FAMILY_DOCTOR",)),
     ("FAMILY_DOCTOR", ("THERAPIST", "PEDIATRICIAN")), ("SURGEON", None)],
)  # fmt: skip
def test_an_understood_speciality_takes_in_those_with_the_same_patients(asked: str, also: tuple | None) -> None:
    rungs = rungs_of(intent_near(specialities=(asked,), understood=frozenset({"specialities"})))
    assert [rung.intent.specialities for rung in rungs] == ([] if also is None else [(asked, *also)])


def test_widened_specialities_are_named_in_words() -> None:
    [rung] = rungs_of(intent_near(specialities=("PEDIATRICIAN",), understood=frozenset({"specialities"})))
    assert rung.loosened[0].text.uk == (
        "Педіатр: нікого не знайдено, тому шукали й тих, хто веде таких самих пацієнтів: Педіатр, Сімейний лікар"
    )
    assert rung.loosened[0].text.en.startswith("Paediatrician: nobody")


def test_a_city_district_gives_way_to_its_city_and_that_to_its_surroundings() -> None:
    district = Area(AreaLevel.DISTRICT, "UA1B", "Богунський", HOME, "B", within=CITY)
    rungs = rungs_of(SearchIntent(replace(IN_CITY, area=district)))
    assert [rung.intent.where.area for rung in rungs] == [CITY, CITY]
    assert (rungs[1].intent.where.radius_km, rungs[1].intent.where.widened) == (25.0, True)
    assert rungs[0].loosened[0].text.uk.endswith("шукали в усьому населеному пункті: Житомир")
    assert rungs[1].loosened[1].text.uk == "Житомир: нікого не знайдено, тому шукали й на 25 км довкола"


def test_a_name_is_looked_for_in_the_country_and_measured_from_the_place() -> None:
    [rung] = rungs_of(SearchIntent(IN_CITY, names=NAMED))
    where = rung.intent.where
    assert (where.source, where.area, where.radius_km) == (RadiusSource.COUNTRY, None, None)
    assert where.origin == HOME
    assert where.scores_distance


def test_an_oblast_has_no_surroundings() -> None:
    oblast = Area(AreaLevel.OBLAST, "UA18", "Житомирська", Point(50.0, 28.0), "O")
    assert rungs_of(SearchIntent(replace(IN_CITY, area=oblast))) == []


def test_each_rung_keeps_what_the_one_before_loosened() -> None:
    intent = SearchIntent(
        PLANNED, specialities=("PEDIATRICIAN",), open_only=True, understood=frozenset({"specialities"})
    )
    assert steps(intent) == [["radius"], ["specialities"], ["open_only"]]
    last = rungs_of(intent)[-1].intent
    assert (last.where.radius_km, last.specialities, last.open_only) == (25.0, ("PEDIATRICIAN", "FAMILY_DOCTOR"), False)


def test_facilities_climb_the_same_ladder() -> None:
    assert steps(FacilityIntent(PLANNED, open_only=True)) == [["radius"], ["open_only"]]
    named = FacilityWords(words=(NameWord.of("добробут"),))
    assert steps(FacilityIntent(IN_CITY, named)) == [["country"]]
    assert steps(FacilityIntent(IN_CITY, FacilityWords(numbers=("7",)))) == [["facility"], ["surroundings"]]


def test_doctors_of_a_facility_nobody_knows_here_are_those_of_the_town_and_no_specialities_are_added() -> None:
    street = FacilityWords(words=(NameWord.of("київська"),))
    asked = SearchIntent(IN_CITY, ("FAMILY_DOCTOR",), facility=street, understood=frozenset({"specialities"}))
    first = rungs_of(asked)[0]
    assert [each.what for each in first.loosened] == ["facility"]
    assert first.intent == replace(asked, facility=FacilityWords())
    assert steps(SearchIntent(PLANNED, facility=street)) == [["facility"]]
    assert steps(SearchIntent(COUNTRY, facility=street)) == []


@dataclass(frozen=True, slots=True)
class Loosenable(NameWords):
    """Names that have a looser form."""

    def looser(self) -> NameWords | None:
        return name_words(surname="Коваль")


def test_a_name_with_a_looser_form_is_loosened_last() -> None:
    [rung] = rungs_of(SearchIntent(COUNTRY, names=Loosenable(surname=NAMED.surname)))
    assert rung.intent.names == name_words(surname="Коваль")
    assert rung.loosened[0].what == "name"


def test_the_ladder_has_every_step_once_and_at_most_three_rungs() -> None:
    named = [name for rung in ladder().rungs for name in rung]
    assert sorted(named) == sorted(STEPS)
    assert len(ladder().rungs) <= MOST_RUNGS


GOOD = 'rungs = [["radius"]]\n[step.radius]\nuk = "а"\nen = "a"\nwhy = "so"\n'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("rungs = [", "not TOML"),
        ("rungs = []", "0 rungs"),
        (GOOD.replace('[["radius"]]', '[["moon"]]'), "«moon» is not known"),
        (GOOD.replace('[["radius"]]', '[["radius"], ["radius"]]'), "twice"),
        (GOOD.replace('[["radius"]]', '[["radius", "kind"]]'), "«kind» must stand"),
        (GOOD.replace('en = "a"\n', ""), "needs uk, en and why"),
        (GOOD + 'more = "x"\n', "needs uk, en and why"),
    ],
)
def test_a_faulty_ladder_is_refused_by_name(text: str, fault: str) -> None:
    with pytest.raises(RelaxationError, match=fault):
        parse_ladder(text)
