"""What a patient is told: plural forms, decimal commas, both languages, and the line that is read first."""

import re
from typing import Any

import pytest

from ranking import (
    FacilityOf,
    OriginSource,
    RadiusSource,
    SearchIntent,
    Where,
    Wishes,
    load_weights,
    name_reason,
    say,
    tell,
)
from ranking.query.name_gate import Grade
from ranking.reasons import LANGUAGES, catalogue, plural_form
from ranking.score import score_document
from tests.support.indexing import stable_id, tiny_doctor
from tests.support.ranking import HOME, intent_near, name_words, near_home, north_of, stored

WEIGHTS = load_weights()
FORMS = {"uk": {"one", "few", "many", "other"}, "en": {"one", "other"}}
SATURDAY_10 = 5 * 1_440 + 600


@pytest.mark.parametrize("code", catalogue())
def test_each_sentence_has_both_languages_all_plural_forms_and_the_same_blanks(code: str) -> None:
    blanks = set()
    assert set(catalogue()[code]) == set(LANGUAGES)
    for language in LANGUAGES:
        wording = catalogue()[code][language]
        if not isinstance(wording, str):
            assert set(wording) == FORMS[language]
        texts = [wording] if isinstance(wording, str) else list(wording.values())
        assert all(text.strip() for text in texts)
        blanks |= {frozenset(re.findall(r"\{(\w+)\}", text)) for text in texts}
    assert len(blanks) == 1


@pytest.mark.parametrize(
    ("years", "uk", "en"),
    [
        (0, "стаж 0 років", "0 years of experience"),
        (1, "стаж 1 рік", "1 year of experience"),
        (2, "стаж 2 роки", "2 years of experience"),
        (5, "стаж 5 років", "5 years of experience"),
        (11, "стаж 11 років", "11 years of experience"),
        (14, "стаж 14 років", "14 years of experience"),
        (21, "стаж 21 рік", "21 years of experience"),
        (34, "стаж 34 роки", "34 years of experience"),
    ],
)
def test_numbers_take_the_plural_form_of_each_language(years: int, uk: str, en: str) -> None:
    reason = say("experience", n=years)
    assert (reason.uk, reason.en) == (uk, en)


def test_plural_forms_are_those_of_the_unicode_cldr() -> None:
    assert [plural_form("uk", number) for number in (1, 3, 12, 22, 111)] == ["one", "few", "many", "few", "many"]
    assert [plural_form("en", number) for number in (1, 0, 21)] == ["one", "other", "other"]


def headline(document: dict[str, Any], language: str = "uk", **fields: Any) -> str:
    return told(document, intent_near(**fields)).headline.text(language)


def told(document: dict[str, Any], intent: SearchIntent) -> Any:
    found = stored(tiny_doctor("a", **document))
    scored = score_document(found, intent, WEIGHTS)
    assert scored is not None
    return tell(found, intent, {part.signal: part.points for part in scored.parts if part.points}, WEIGHTS)


@pytest.mark.parametrize(
    ("km", "uk", "en"),
    [
        (0.0, "менш як 50 м від вас", "less than 50 m from you"),
        (0.351, "350 м від вас", "350 m from you"),
        (0.993, "990 м від вас", "990 m from you"),
        (0.998, "1,0 км від вас", "1.0 km from you"),
        (2.1, "2,1 км від вас", "2.1 km from you"),
        (9.98, "10 км від вас", "10 km from you"),
        (37.4, "37 км від вас", "37 km from you"),
    ],
)
def test_distance_is_said_in_metres_near_by_and_without_false_digits_far_off(km: float, uk: str, en: str) -> None:
    document = {"at": north_of(HOME, km)}
    assert headline(document).split(" · ")[0] == uk
    assert headline(document, "en").split(" · ")[0] == en


@pytest.mark.parametrize(
    ("category", "centre"), [("M", "центру міста"), ("C", "центру села"), ("", "центру населеного пункту")]
)
def test_distance_from_a_settlement_is_said_to_be_so(category: str, centre: str) -> None:
    where = Where(RadiusSource.PLANNED, HOME, OriginSource.SETTLEMENT, HOME, 10.0, origin_category=category)
    line = told({"at": north_of(HOME, 2.1)}, SearchIntent(where)).headline.uk
    assert line == f"2,1 км від {centre} · є місця · договір з НСЗУ"


def test_a_vague_point_gives_no_exact_distance() -> None:
    assert headline({"at": north_of(HOME, 2.1), "precision": "hromada"}).startswith("близько 2,1 км від вас")


def test_headline_says_distance_places_and_contract_in_both_languages() -> None:
    document = {"at": north_of(HOME, 2.1), "capacity": "full", "contract": False}
    assert headline(document) == "2,1 км від вас · місць немає, рішення за лікарем · немає договору з НСЗУ"
    assert headline(document, "en") == "2.1 km from you · no places, the doctor decides · no NHSU contract"


def test_headline_says_the_wishes_that_are_met_and_no_others() -> None:
    wishes = Wishes(
        gender="FEMALE", open_at=SATURDAY_10, facility_of=FacilityOf("elsewhere", "elsewhere"), language="en"
    )
    met = {"open_minutes": ((SATURDAY_10, SATURDAY_10 + 60),)}
    assert headline(met, wishes=wishes).split(" · ")[3:] == ["приймає у суботу о 10:00", "жінка"]
    unmet = {"gender": "MALE"}
    assert headline(unmet, wishes=wishes).split(" · ")[3:] == []


def test_another_name_than_the_typed_one_is_said_first() -> None:
    exact = headline({"last": "Гончар"}, names=name_words(surname="Гончар"))
    assert exact == "менш як 50 м від вас · є місця · договір з НСЗУ"
    sound = headline({"last": "Ґончар"}, names=name_words(surname="Гончар"))
    assert sound == "звучить так само: Ґончар Олена · менш як 50 м від вас · є місця · договір з НСЗУ"


@pytest.mark.parametrize("grade", list(Grade))
def test_every_grade_of_a_name_has_its_words(grade: Grade) -> None:
    reason = name_reason(float(grade), stored(tiny_doctor("a", last="Гончар")))
    assert ("Гончар" in reason.uk) == (grade is not Grade.EXACT)


def test_unasked_signals_are_left_out_and_the_rest_still_adds_up() -> None:
    intent = intent_near(wishes=Wishes(language="hu"))
    document = {"capacity": "full", "at": None}
    nowhere = SearchIntent(Where(RadiusSource.FACILITY), wishes=intent.wishes)
    parts = told(document, nowhere).parts
    assert [each.part.signal for each in parts] == ["capacity", "contract", "language", "precision"]
    assert "не знає" in next(each.reason.uk for each in parts if each.part.signal == "language")
    assert sum(each.part.points for each in parts) == pytest.approx(WEIGHTS["contract"] + WEIGHTS["precision"])


def test_same_facility_is_said() -> None:
    wishes = Wishes(facility_of=FacilityOf(stable_id("division", "x"), stable_id("legal_entity", "Наш")))
    intent = SearchIntent(near_home(), wishes=wishes)
    line = told({"division": "x", "legal_entity": "Наш"}, intent).headline.uk
    assert line.endswith("там само, де й обраний лікар")
