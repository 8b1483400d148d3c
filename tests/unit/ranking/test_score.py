"""Order by the Python face: what wins, all else equal, and what is no hit at all."""

from typing import Any

import pytest

from directory.documents import DoctorDocument
from ranking import (
    SIGNALS,
    Area,
    AreaLevel,
    FacilityIntent,
    FacilityWords,
    Kind,
    NameWord,
    RadiusSource,
    SearchIntent,
    Sort,
    Where,
    exclusions,
    explain,
    load_weights,
    may_register,
    score_document,
)
from tests.support.indexing import tiny_doctor, tiny_facility
from tests.support.ranking import HOME, intent_near, name_words, near_home, north_of, ranked_ids, stored

WEIGHTS = load_weights()
ANYWHERE = Where(RadiusSource.FACILITY)


def order(intent: SearchIntent, *documents: DoctorDocument) -> list[str]:
    keys = {document.id: key for key, document in zip("abcdef", documents, strict=False)}
    return [keys[found] for found in ranked_ids(documents, intent)]


def test_nearer_doctor_wins_when_all_else_equal() -> None:
    near, far = tiny_doctor("a", at=north_of(HOME, 2)), tiny_doctor("b", at=north_of(HOME, 3))
    assert order(intent_near(), near, far) == ["a", "b"]
    assert order(intent_near(), far, near) == ["b", "a"]


@pytest.mark.parametrize(
    ("better", "worse"),
    [("free", "nearly_full"), ("nearly_full", "unknown"), ("unknown", "full")],
)
def test_more_places_win_when_all_else_equal(better: str, worse: str) -> None:
    assert order(intent_near(), tiny_doctor("a", capacity=worse), tiny_doctor("b", capacity=better)) == ["b", "a"]


def test_contract_wins_when_all_else_equal() -> None:
    assert order(intent_near(), tiny_doctor("a", contract=False), tiny_doctor("b")) == ["b", "a"]


def test_exact_place_wins_over_a_vague_one_when_all_else_equal() -> None:
    documents = [tiny_doctor(key, precision=key) for key in ("hromada", "settlement", "address")]
    assert order(intent_near(), *documents) == ["c", "b", "a"]


def test_exact_name_wins_over_same_sound_however_much_nearer_that_is() -> None:
    exact = tiny_doctor("a", last="Гончар", at=north_of(HOME, 40), capacity="full", contract=False)
    sound = tiny_doctor("b", last="Ґончар")
    assert order(intent_near(names=name_words(surname="Гончар")), sound, exact) == ["b", "a"]


def test_every_word_of_the_name_must_be_met() -> None:
    intent = intent_near(names=name_words(surname="Петренко", given="Марія"))
    assert order(intent, tiny_doctor("a", first="Олена"), tiny_doctor("b", first="Марія")) == ["b"]


def test_worst_word_sets_the_grade() -> None:
    intent = intent_near(names=name_words(surname="Гончар", given="Олена"))
    scored = score_document(stored(tiny_doctor("a", last="Ґончар")), intent, WEIGHTS)
    assert scored is not None
    assert scored.parts[0].points == 6.0


def test_doctor_without_a_point_is_found_by_name_and_ranks_below() -> None:
    where = Where(RadiusSource.COUNTRY, HOME, None, pivot_km=3.0)
    intent = SearchIntent(where=where, names=name_words(surname="Петренко"))
    assert order(intent, tiny_doctor("a", at=None), tiny_doctor("b")) == ["b", "a"]


def test_doctor_beyond_the_radius_is_no_hit() -> None:
    assert order(intent_near(radius_km=5), tiny_doctor("a", at=north_of(HOME, 5.1)), tiny_doctor("b")) == ["b"]


def test_zero_coordinates_count_as_a_place() -> None:
    intent = SearchIntent(where=near_home(10, origin=type(HOME)(0.0, 0.0)))
    assert order(intent, tiny_doctor("a", at=(0.0, 0.05)), tiny_doctor("b", at=(0.0, 0.0))) == ["b", "a"]


def test_doctor_of_the_named_village_wins_over_anybody_around_it() -> None:
    area = Area(AreaLevel.SETTLEMENT, "UA18C1", "Іванівка", HOME)
    where = Where(RadiusSource.PLANNED, HOME, None, HOME, 25.0, area, widened=True)
    village = tiny_doctor("a", settlement="UA18C1", at=north_of(HOME, 20), capacity="full", contract=False)
    around = tiny_doctor("b")
    assert order(SearchIntent(where), around, village) == ["b", "a"]
    told = score_document(stored(village), SearchIntent(where), WEIGHTS)
    assert told is not None
    assert (told.parts[0].signal, told.parts[0].points) == ("place", 1.0)


def test_nearest_ignores_the_score() -> None:
    near = tiny_doctor("a", capacity="full", contract=False, at=north_of(HOME, 1))
    assert order(intent_near(sort=Sort.NEAREST), tiny_doctor("b", at=north_of(HOME, 2)), near) == ["b", "a"]


def test_tie_of_the_day_decides_between_equals() -> None:
    assert order(intent_near(), tiny_doctor("a", tie=9), tiny_doctor("b", tie=3)) == ["b", "a"]


@pytest.mark.parametrize(
    ("asked", "document", "fact"),
    [
        ({}, {"declarable": False}, "kind"),
        ({"kind": Kind.SPECIALIST}, {}, "kind"),
        ({"kind": Kind.ALL}, {"active": False}, "kind"),
        ({"age": 5}, {"speciality": "THERAPIST"}, "kind"),
        ({"age": 18}, {"speciality": "PEDIATRICIAN"}, "kind"),
        ({"specialities": ("THERAPIST",)}, {}, "speciality"),
        ({"open_only": True}, {"capacity": "full"}, "open_only"),
        ({"open_only": True}, {"capacity": "unknown"}, "open_only"),
        ({"contract_only": True}, {"contract": False}, "contract_only"),
        ({"gender": "MALE"}, {}, "gender"),
        ({"open_at": 1080}, {}, "open_at"),
        ({"division_ids": ("other",)}, {}, "division"),
        ({"legal_entity_id": "other"}, {}, "legal_entity"),
        ({"facility": FacilityWords(numbers=("7",))}, {}, "facility"),
        ({"facility": FacilityWords(kinds=("FAP",))}, {}, "facility"),
        ({"facility": FacilityWords(words=(NameWord.of("інше"),))}, {}, "facility"),
        ({"names": name_words(surname="Вовк")}, {}, "name"),
    ],
)
def test_each_fact_excludes_and_says_its_name(asked: dict[str, Any], document: dict[str, Any], fact: str) -> None:
    assert exclusions(stored(tiny_doctor("a", **document)), intent_near(**asked)) == [fact]


@pytest.mark.parametrize(
    ("asked", "document"),
    [
        ({"age": 17}, {"speciality": "PEDIATRICIAN"}),
        ({"age": 130}, {"speciality": "THERAPIST"}),
        ({"age": 0}, {"speciality": "FAMILY_DOCTOR"}),
        ({"age": 40, "kind": Kind.ALL}, {"speciality": "SURGEON"}),
        ({"kind": Kind.SPECIALIST}, {"speciality": "SURGEON"}),
        ({"open_only": True}, {"capacity": "nearly_full"}),
        ({"open_at": 480}, {}),
        ({"open_at": 1079}, {}),
        ({"facility": FacilityWords(numbers=("1",), kinds=("AMBULATORY",))}, {}),
        ({"facility": FacilityWords(words=(NameWord.of("амбулаторія"),))}, {}),
    ],
)
def test_fitting_doctor_is_kept(asked: dict[str, Any], document: dict[str, Any]) -> None:
    assert exclusions(stored(tiny_doctor("a", **document)), intent_near(**asked)) == []


def test_parts_sum_to_the_score_and_lie_within_their_weights() -> None:
    document = tiny_doctor("a", at=north_of(HOME, 7), capacity="nearly_full")
    scored = score_document(stored(document), intent_near(names=name_words(surname="Петренко")), WEIGHTS)
    assert scored is not None
    assert scored.score == pytest.approx(sum(part.points for part in scored.parts))
    assert all(0 <= part.value <= 1 and part.points == pytest.approx(part.weight * part.value) for part in scored.parts)
    assert [part.signal for part in scored.parts] == ["name", *(signal.name for signal in SIGNALS)]


def test_parts_of_the_engine_take_only_the_best_grade() -> None:
    half = WEIGHTS["distance"] / 2
    parts = explain({"name.exact": 10.0, "name.sound": 6.0, "capacity.free": 0.2, "distance": half}, WEIGHTS)
    points = {part.signal: part.points for part in parts if part.points}
    assert points == {"name": 10.0, "distance": half, "capacity": 0.2}
    assert {part.signal: part.value for part in parts}["distance"] == pytest.approx(0.5)


def test_reasons_speak_both_languages_and_say_nothing_when_nothing_is_known() -> None:
    document = stored(tiny_doctor("a", at=north_of(HOME, 2.1)))
    told = {signal.name: signal.reason(document, intent_near()) for signal in SIGNALS}
    assert {name: (reason.uk, reason.text("en")) for name, reason in told.items() if reason} == {
        "distance": ("2,1 км від вас", "2.1 km from you"),
        "capacity": ("є місця", "has places"),
        "contract": ("договір з НСЗУ", "NHSU contract"),
    }
    nowhere = stored(tiny_doctor("b", at=None))
    assert SIGNALS[0].reason(nowhere, intent_near()) is None


def test_full_doctor_is_told_so_not_hidden() -> None:
    document = stored(tiny_doctor("a", capacity="full"))
    reason = SIGNALS[1].reason(document, intent_near())
    assert reason is not None
    assert "рішення за лікарем" in reason.uk
    assert exclusions(document, intent_near()) == []


def test_facility_has_places_for_the_asked_speciality() -> None:
    capacity = SIGNALS[1]
    facility = stored(tiny_facility("a", specialities=("THERAPIST",)))
    assert capacity.value(facility, FacilityIntent(ANYWHERE)) == 1.0
    assert capacity.value(facility, FacilityIntent(ANYWHERE, specialities=("THERAPIST",))) == 1.0
    assert capacity.value(facility, FacilityIntent(ANYWHERE, specialities=("SURGEON",))) == 0.0


@pytest.mark.parametrize(
    ("code", "age", "may"),
    [
        ("PEDIATRICIAN", 17, True),
        ("PEDIATRICIAN", 18, False),
        ("THERAPIST", 17, False),
        ("SURGEON", 40, False),
        (None, 1, False),
    ],
)
def test_who_may_register_whom(code: str | None, age: int, may: bool) -> None:
    assert may_register(code, age) is may
