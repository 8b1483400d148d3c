"""Explanations as people read them at the terminal, and the body of a search from the options of a command."""

from typing import Any

import pytest
import typer

from console.commands import explained, point_of, search_fields
from console.explanations import doctor_explained, search_explained
from tests.unit.console.test_tables import DOCTOR, printed

PART = {"signal": "distance", "value": 0.682316, "weight": 0.34, "points": 0.2319873,
        "reason": {"uk": "1,4 км від вас", "en": "1.4 km from you"}}  # fmt: skip
HIT: dict[str, Any] = {
    "doctor": DOCTOR,
    "score": 0.5719873,
    "headline": "1,4 км від вас · є місця",
    "parts": [PART, {**PART, "signal": "precision", "reason": None}],
}
SEARCH: dict[str, Any] = {
    "understood": {
        "specialities": ["THERAPIST"],
        "repairs": [{"kind": "layout", "typed": "nthfgtdn", "read": "терапевт"}],
        "alternatives": [{"text": "роман", "taken_for": "surname", "code": None, "label": None}],
        "not_understood": ["ъуъ"],
    },
    "reading": {
        "penalty": 0.3, "tokens": [], "cut": True,
        "conflicts": [{"field": "speciality", "asked": "PEDIATRICIAN", "understood": "THERAPIST"}],
    },
    "readings": [
        {"penalty": 0.3, "understood": {}, "tokens": [
            {"text": "nthfgtdn", "taken_for": "speciality", "code": "THERAPIST", "label": "Терапевт"},
            {"text": "ъуъ", "taken_for": "not_understood", "code": None, "label": None},
        ]},
    ],
    "plan": {
        "area": {"text": "У радіусі 5 км"}, "source": "planned", "scores_distance": True, "pivot_km": 3.0,
        "specialities": ["THERAPIST"], "kind": "primary_care", "age": 40, "tie": "tie.d3",
    },
    "relaxed": [{"what": "radius", "text": "У радіусі 3 км нікого не знайдено", "from": 3.0, "to": 5.0}],
    "index": "doctors-20260302t000000z-0a0a0a0a",
    "body": {"query": {"bool": {"filter": [{"term": {"declarable": True}}]}}},
    "hits": [HIT],
}  # fmt: skip
FOUND: dict[str, Any] = {
    "doctor": {"name": "Коваленко Олена", "speciality": DOCTOR["speciality"], "settlement": "м. Житомир"},
    "position": {"value": 1_000, "relation": "more_than"},
    "equals": 5,
    "headline": "1,4 км від вас · є місця",
    "parts": [PART],
    "excluded_by": [],
    "changes": [
        {
            "kinds": ["gender"], "text": {"uk": "Потрапить у перші три, якщо не вказувати стать лікаря", "en": "…"},
            "query": {"gender": None}, "position": 2, "verified_by": "query",
        }
    ],
    "all_tried": False,
}  # fmt: skip
ABSENT: dict[str, Any] = {
    **FOUND, "position": None, "equals": None, "headline": None, "parts": [], "changes": [], "all_tried": True,
    "excluded_by": [{"fact": "gender", "code": "gender", "text": {"uk": "Стать лікаря не та", "en": "…"}}],
}  # fmt: skip


def test_a_search_is_shown_from_the_text_to_the_parts_of_its_hits() -> None:
    text = printed(search_explained(SEARCH))
    for piece in (
        '{"specialities": ["THERAPIST"], "not_understood": ["ъуъ"]}',
        "виправлено на «терапевт» (layout)", "штраф 0.3", "THERAPIST", "ъуъ", "може бути й surname",
        "параметр PEDIATRICIAN переважив THERAPIST", "кінець тексту не прочитано", "У радіусі 5 км", "planned",
        "У радіусі 3 км нікого не знайдено", '"declarable": true', "doctors-20260302t000000z-0a0a0a0a",
        "1. Коваленко Олена, Терапевт: 0.571987", "× 0.34", "= 0.231987", "1,4 км від вас",
    ):  # fmt: skip
        assert piece in text


def test_a_doctor_is_shown_with_place_equals_and_changes() -> None:
    text = printed(doctor_explained(FOUND))
    for piece in ("Коваленко Олена, Терапевт, м. Житомир", "понад 1000", "5, їхній порядок змінюється щодня",
                  "не вказувати стать лікаря", "місце 2, перевірено пошуком", '{"gender": null}',
                  "не всі зміни"):  # fmt: skip
        assert piece in text


def test_an_absent_doctor_is_shown_with_what_keeps_them_out() -> None:
    text = printed(doctor_explained(ABSENT))
    assert "Стать лікаря не та" in text
    assert "понад" not in text


def test_the_doctor_stands_beneath_the_search() -> None:
    text = printed(explained({"search": SEARCH, "doctor": ABSENT}))
    assert text.index("Перші лікарі") < text.index("Цей лікар")
    assert "Цей лікар" not in printed(explained({"search": SEARCH, "doctor": None}))


def test_only_options_that_were_given_are_sent() -> None:
    nothing = (None, None, None, None, None, None, False, False, None, None, None)
    assert search_fields("", *nothing) == {}
    given = search_fields("лікар", 3, "50.25,28.66", None, None, [], None, True, False, None, None, None)
    assert given == {"q": "лікар", "age": 3, "near": {"lat": 50.25, "lon": 28.66}, "open_only": True}


def test_a_point_that_is_none_is_refused_with_its_cure() -> None:
    with pytest.raises(typer.BadParameter, match="two numbers"):
        point_of("тут")
