"""Explicit parameters win over the text, and a conflict is said."""

import pytest

from ranking import AreaLevel, Conflict, Kind, Point, Reading, area_of, counted_specialities, kind_of, merge
from tests.support.ranking import place, small_gazetteer

ZHYTOMYR = small_gazetteer().by_code("UA18M1")
KYIV = small_gazetteer().by_code("UA80")


def test_understood_words_are_used_when_nothing_is_asked() -> None:
    wanted = merge(Reading(specialities=("THERAPIST",), settlement=ZHYTOMYR))
    assert wanted.specialities == ("THERAPIST",)
    assert wanted.area is not None
    assert wanted.area.code == "UA18M1"
    assert wanted.conflicts == ()


def test_asked_speciality_wins_and_the_conflict_is_said() -> None:
    wanted = merge(Reading(specialities=("THERAPIST",)), specialities=("SURGEON",))
    assert wanted.specialities == ("SURGEON",)
    assert wanted.conflicts == (Conflict("speciality", "SURGEON", "THERAPIST"),)


def test_asked_place_wins_and_the_conflict_is_said() -> None:
    wanted = merge(Reading(settlement=ZHYTOMYR), place=KYIV)
    assert wanted.area is not None
    assert wanted.area.code == "UA80"
    assert wanted.conflicts == (Conflict("settlement", "UA80", "UA18M1"),)


def test_agreement_is_no_conflict() -> None:
    understood = Reading(specialities=("THERAPIST",), settlement=ZHYTOMYR)
    assert merge(understood, specialities=("THERAPIST",), place=ZHYTOMYR, kind=Kind.PRIMARY_CARE).conflicts == ()


@pytest.mark.parametrize(
    ("codes", "kind"),
    [
        ((), None),
        (("THERAPIST",), Kind.PRIMARY_CARE),
        (("SURGEON",), Kind.SPECIALIST),
        (("THERAPIST", "SURGEON"), Kind.ALL),
    ],
)
def test_specialities_tell_whom_to_look_for(codes: tuple[str, ...], kind: Kind | None) -> None:
    assert kind_of(codes) is kind
    assert merge(Reading(specialities=codes)).kind is (kind or Kind.PRIMARY_CARE)


def test_asked_kind_wins_and_the_conflict_is_said() -> None:
    wanted = merge(Reading(specialities=("SURGEON",)), kind=Kind.PRIMARY_CARE)
    assert wanted.kind is Kind.PRIMARY_CARE
    assert wanted.conflicts == (Conflict("kind", "primary_care", "specialist"),)


@pytest.mark.parametrize(
    ("category", "level"), [("M", "settlement"), ("B", "district"), ("P", "raion"), ("O", "oblast")]
)
def test_category_of_a_place_is_the_level_of_the_area(category: str, level: str) -> None:
    area = area_of(place("UA1", "Десь", category, at=(0.0, 0.0)))
    assert area.level is AreaLevel(level)
    assert area.point == Point(0.0, 0.0)


def test_radius_counts_the_doctors_who_may_register_the_patient() -> None:
    assert counted_specialities(("SURGEON",), Kind.SPECIALIST, 40) == ("SURGEON",)
    assert counted_specialities((), Kind.PRIMARY_CARE, 40) == ("FAMILY_DOCTOR", "THERAPIST")
    assert counted_specialities((), Kind.PRIMARY_CARE, None) == ("FAMILY_DOCTOR", "THERAPIST", "PEDIATRICIAN")
    assert counted_specialities((), Kind.ALL, 40) is None
