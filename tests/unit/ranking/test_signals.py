"""Signals of wishes and of fresh data: what wins when it is asked for, and that nothing moves when it is not."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from ranking import SIGNALS, FacilityIntent, FacilityOf, RadiusSource, Where, Wishes, build_search_body, load_weights
from ranking.intent import Page
from tests.support.indexing import AS_OF, stable_id, tiny_doctor, tiny_facility
from tests.support.ranking import DAY, HOME, intent_near, north_of, ranked_ids, stored

BY_NAME = {signal.name: signal for signal in SIGNALS}
SATURDAY_10 = 5 * 1_440 + 600
SUNDAY_LAST = 7 * 1_440 - 1


def value(name: str, document: dict[str, Any], **fields: Any) -> float:
    return BY_NAME[name].value(stored(tiny_doctor("a", **document)), intent_near(**fields))


def said(name: str, document: dict[str, Any], **fields: Any) -> str | None:
    reason = BY_NAME[name].reason(stored(tiny_doctor("a", **document)), intent_near(**fields))
    return reason.uk if reason else None


@pytest.mark.parametrize(
    ("minute", "expected"),
    [(600, 1.0), (540, 1.0), (539, 0.5), (480, 0.5), (479, 0.0), (719, 1.0), (720, 0.5), (779, 0.5), (780, 0.0)],
)
def test_hours_are_worth_all_at_the_minute_and_half_within_an_hour(minute: int, expected: float) -> None:
    assert value("hours", {"open_minutes": ((540, 720),)}, wishes=Wishes(open_at=minute)) == expected


def test_the_hour_around_turns_over_the_week() -> None:
    sunday_night, monday = {"open_minutes": ((10_070, 10_080),)}, {"open_minutes": ((0, 10),)}
    assert value("hours", sunday_night, wishes=Wishes(open_at=0)) == 0.5
    assert value("hours", monday, wishes=Wishes(open_at=SUNDAY_LAST)) == 0.5
    assert value("hours", monday, wishes=Wishes(open_at=SUNDAY_LAST - 60)) == 0.0


def test_wished_hour_ranks_and_an_asked_hour_filters() -> None:
    fits = tiny_doctor("a", at=north_of(HOME, 1), open_minutes=((SATURDAY_10 - 60, SATURDAY_10 + 60),))
    nearer = tiny_doctor("b", at=north_of(HOME, 0.9))
    assert ranked_ids([nearer, fits], intent_near(wishes=Wishes(open_at=SATURDAY_10))) == [fits.id, nearer.id]
    assert ranked_ids([nearer, fits], intent_near(open_at=SATURDAY_10)) == [fits.id]


def test_wished_gender_ranks_and_an_asked_gender_filters() -> None:
    woman, man = tiny_doctor("a", at=north_of(HOME, 1)), tiny_doctor("b", at=north_of(HOME, 0.9), gender="MALE")
    assert ranked_ids([man, woman], intent_near()) == [man.id, woman.id]
    assert ranked_ids([man, woman], intent_near(wishes=Wishes(gender="FEMALE"))) == [woman.id, man.id]
    assert ranked_ids([man, woman], intent_near(gender="FEMALE")) == [woman.id]


def test_same_place_beats_another_branch_and_that_beats_another_facility() -> None:
    known = tiny_doctor("known", division="one", legal_entity="Наш центр")
    assert known.division is not None
    assert known.legal_entity is not None
    here = tiny_doctor("a", division="one", legal_entity="Наш центр")
    branch = tiny_doctor("b", division="two", legal_entity="Наш центр")
    elsewhere = tiny_doctor("c", division="three", legal_entity="Інший центр")
    wishes = Wishes(facility_of=FacilityOf(known.division.id, known.legal_entity.id))
    assert ranked_ids([elsewhere, branch, here], intent_near(wishes=wishes)) == [here.id, branch.id, elsewhere.id]


def test_freshly_counted_places_win_when_all_else_equal() -> None:
    ages = {"a": AS_OF, "b": AS_OF - timedelta(days=2), "c": None}
    documents = {key: tiny_doctor(key, as_of=counted) for key, counted in ages.items()}
    order = ranked_ids(list(reversed(documents.values())), intent_near(as_of=AS_OF))
    assert order == [document.id for document in documents.values()]


@pytest.mark.parametrize(("days", "expected"), [(0, 1.0), (7, 0.5), (21, 0.25)])
def test_freshness_halves_in_a_week(days: int, expected: float) -> None:
    assert value("freshness", {"as_of": AS_OF - timedelta(days=days)}, as_of=AS_OF) == pytest.approx(expected)


@pytest.mark.parametrize("name", ["hours", "gender", "same_facility", "language", "freshness"])
def test_what_was_not_asked_for_has_no_clause_no_value_and_no_reason(name: str) -> None:
    signal, document, intent = BY_NAME[name], stored(tiny_doctor("a")), intent_near()
    assert (signal.value(document, intent), signal.clauses(intent, 1.0), signal.reason(document, intent)) == (
        0,
        [],
        None,
    )


def test_unasked_weights_are_not_given_out_to_others() -> None:
    """The clauses of what was asked for are worth the same with and without a wish beside them."""
    plain = build_search_body(intent_near(), load_weights(), Page(10), DAY)["query"]["bool"]["should"]
    wished = build_search_body(
        intent_near(wishes=Wishes(gender="FEMALE")), load_weights(), Page(10), DAY
    )["query"]["bool"]["should"]  # fmt: skip
    assert [clause for clause in wished if clause in plain] == plain
    assert len(wished) == len(plain) + 1


def test_facilities_have_no_wishes() -> None:
    facility, intent = stored(tiny_facility("a")), FacilityIntent(Where(RadiusSource.FACILITY))
    for name in ("hours", "gender", "same_facility", "freshness"):
        assert BY_NAME[name].value(facility, intent) == 0
        assert BY_NAME[name].clauses(intent, 1.0) == []


@pytest.mark.parametrize(
    ("name", "document", "fields", "expected"),
    [
        ("hours", {"open_minutes": ((SATURDAY_10, SATURDAY_10 + 9),)}, {"open_at": SATURDAY_10},
         "приймає у суботу о 10:00"),
        ("hours", {"open_minutes": ((SATURDAY_10 + 30, SATURDAY_10 + 90),)}, {"open_at": SATURDAY_10},
         "приймає у суботу за годину до чи після 10:00"),
        ("hours", {}, {"open_at": SATURDAY_10}, "не приймає у суботу о 10:00"),
        ("hours", {"open_minutes": ()}, {"open_at": 5}, "години прийому невідомі"),
        ("gender", {}, {"gender": "FEMALE"}, "жінка"),
        ("gender", {"gender": "MALE"}, {"gender": "FEMALE"}, "чоловік"),
        ("gender", {"gender": None}, {"gender": "FEMALE"}, "стать не вказано"),
        ("same_facility", {"division": "x"}, {"facility_of": FacilityOf(stable_id("division", "x"))},
         "у тому ж закладі, інше відділення"),
        ("same_facility", {}, {"facility_of": FacilityOf("other", "other")}, "в іншому закладі"),
    ],
)  # fmt: skip
def test_a_wish_is_answered_in_words(name: str, document: dict, fields: dict, expected: str) -> None:
    assert said(name, document, wishes=Wishes(**fields)) == expected


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (AS_OF, None),
        (AS_OF - timedelta(days=1), "дані 1 день тому"),
        (AS_OF - timedelta(days=3), "дані 3 дні тому"),
        (AS_OF - timedelta(days=11), "дані 11 днів тому"),
        (None, None),
    ],
)
def test_old_counts_are_said_in_days(counted: datetime | None, expected: str | None) -> None:
    assert said("freshness", {"as_of": counted}, as_of=AS_OF) == expected
