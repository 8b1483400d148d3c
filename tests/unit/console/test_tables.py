from typing import Any

from rich.console import Console

from console.tables import capacity_text, doctor_card, hours_text, search_table

DOCTOR = {
    "last_name": "Коваленко",
    "first_name": "Олена",
    "second_name": None,
    "speciality": {"code": "THERAPIST", "label": "Терапевт"},
}
HIT: dict[str, Any] = {
    "employee_id": "e-1",
    "division_id": "d-1",
    "doctor": DOCTOR,
    "division": {"name": "Амбулаторія №3", "address": "вул. Київська, 21, м. Житомир", "phones": ["+380410000001"]},
    "legal_entity": None,
    "distance": {"km": 1.26, "precision": "address"},
    "capacity": {"state": "free", "label": "є місця", "as_of": None},
    "contract": {"active": True, "from": None, "to": None},
    "hours_today": {"weekday": "mon", "ranges": [{"from": "08:00", "to": "14:00"}], "open_now": True},
    "score": 0.8125,
    "parts": [],
    "headline": "1,3 км від вас · є місця · договір з НСЗУ",
    "other_places": [],
    "inactive_reasons": [],
}
ANSWER: dict[str, Any] = {
    "hits": [HIT],
    "total": {"value": 1000, "relation": "more_than"},
    "area": {"text": "м. Житомир, радіус 5 км (підібраний)"},
    "understood": {"specialities": ["THERAPIST"], "repairs": [], "alternatives": [], "not_understood": ["ъуъ"]},
    "reading": {"tokens": [{"text": "терапевт", "taken_for": "speciality", "label": "Терапевт"}]},
    "relaxed": [],
}


def printed(renderable: Any) -> str:
    console = Console(width=160, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(renderable)
    return console.export_text()


def test_a_hit_shows_all_that_decides_a_choice() -> None:
    text = printed(search_table(ANSWER))
    for piece in ("Коваленко Олена", "Терапевт", "Амбулаторія №3", "1.3", "є місця", "так", "08:00–14:00", "0.812"):
        assert piece in text


def test_beneath_the_hits_stands_where_and_how_was_searched() -> None:
    text = printed(search_table(ANSWER))
    assert "Знайдено: понад 1000" in text
    assert "м. Житомир, радіус 5 км (підібраний)" in text
    assert "терапевт → Терапевт" in text
    assert "Не зрозуміло: ъуъ" in text


def test_a_doctor_without_a_place_still_prints() -> None:
    bare = {**HIT, "division": None, "distance": None, "capacity": None, "hours_today": None}
    assert "Коваленко" in printed(
        search_table({**ANSWER, "hits": [bare], "understood": {"not_understood": []}, "reading": {"tokens": []}})
    )
    assert "Коваленко" in printed(doctor_card({**bare, "division_id": None}))


def test_a_card_says_why_a_doctor_is_not_found() -> None:
    card = {**HIT, "inactive_reasons": [{"code": "doctor_not_active", "label": "лікар тут більше не працює"}]}
    assert "лікар тут більше не працює" in printed(doctor_card(card))


def test_a_day_without_hours_is_closed_and_unknown_hours_are_blank() -> None:
    assert hours_text({"ranges": []}) == "зачинено"
    assert hours_text(None) == ""
    assert capacity_text(None) == ""
