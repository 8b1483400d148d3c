"""Suggestions of doctors and facilities over the real engine: each way of spelling finds the one that is meant."""

from typing import Any

import httpx
import pytest

from search_api.responses import SuggestResponse
from tests.support.api import engine_client
from tests.support.indexing import TinyIndex, build_tiny_index, drop_tiny_index, tiny_doctor, tiny_facility

pytestmark = pytest.mark.engine

DOCTORS = {
    "kovalenko": tiny_doctor("kovalenko", last="Коваленко", first="Олена", second="Іванівна"),
    "namesake": tiny_doctor("namesake", last="Коваленко", first="Валентина", second="Олегівна"),
    "kovalchuk": tiny_doctor("kovalchuk", last="Ковальчук", first="Сергій", second="Петрович", gender="MALE"),
    "maryanenko": tiny_doctor("maryanenko", last="Мар’яненко", first="Ганна", second="Юріївна"),
    "double": tiny_doctor("double", last="Нечуй-Левицька", first="Оксана", second=None),
    "ivan": tiny_doctor("ivan", last="Петренко", first="Іван", second="Якович", gender="MALE"),
    "ivanenko": tiny_doctor("ivanenko", last="Іваненко", first="Петро", second="Якович", gender="MALE"),
    "gone": tiny_doctor("gone", last="Коваленкова", active=False),
}
FACILITIES = {
    "third": tiny_facility("third", name="Поліклініка №3"),
    "thirteenth": tiny_facility("thirteenth", name="Поліклініка №31", legal_entity="Центр №3"),
    "ambulatory": tiny_facility("ambulatory", name="Амбулаторія №2"),
    "hospital": tiny_facility("hospital", name="Міська лікарня", legal_entity="Громадське здоров’я"),
}


@pytest.fixture(scope="module")
def index(engine_url: str):  # type: ignore[no-untyped-def]
    built = build_tiny_index(engine_url, list(DOCTORS.values()), list(FACILITIES.values()))
    yield built
    drop_tiny_index(engine_url, built)


async def suggested(engine_url: str, index: TinyIndex, *typed: str) -> list[dict[str, Any]]:
    async with engine_client(engine_url, index.prefix) as client:
        return [await _ask(client, one) for one in typed]


async def _ask(client: httpx.AsyncClient, typed: str) -> dict[str, Any]:
    answer = await client.get("/v1/suggest", params={"q": typed})
    assert answer.status_code == 200, answer.text
    SuggestResponse.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    return found


def doctors_in(answer: dict[str, Any]) -> list[str]:
    keys = {doctor.id: key for key, doctor in DOCTORS.items()}
    return [keys[found["employee_id"]] for found in answer["doctors"]]


def facilities_in(answer: dict[str, Any]) -> list[str]:
    keys = {facility.id: key for key, facility in FACILITIES.items()}
    return [keys[found["division_id"]] for found in answer["facilities"]]


FIRST_DOCTOR = {
    "two words, the last begun": ("коваленко ол", "kovalenko"),
    "given name first": ("олена кова", "kovalenko"),
    "english layout, Ukrainian keys": ("rjdfktyrj jk", "kovalenko"),
    "english layout, Russian keys": ("rjdfkmxer cth", "kovalchuk"),
    "layout switched on the way": ("коваленко jk", "kovalenko"),
    "romanised": ("kovalenko ol", "kovalenko"),
    "romanised by habit": ("kovalchuk", "kovalchuk"),
    "half of a romanised letter": ("kovalc", "kovalchuk"),
    "Russian given name": ("коваленко еле", "kovalenko"),
    "Russian keys for Ukrainian": ("ыване", "ivanenko"),
    "another case": ("ковальчука серг", "kovalchuk"),
    "no apostrophe": ("марянен", "maryanenko"),
    "another apostrophe": ("марʼян", "maryanenko"),
    "wrong apostrophe": ('мар"ян', "maryanenko"),
    "lookalikes": ("Koвaлeнкo oл", "kovalenko"),
    "by ear": ("мариянен", "maryanenko"),
    "head of a double name": ("нечуй", "double"),
    "tail of a double name": ("левиц", "double"),
    "one slip": ("ковфленк ол", "kovalenko"),
    "two letters swapped": ("коавльчук", "kovalchuk"),
    "one letter lost": ("коаленко ол", "kovalenko"),
}


@pytest.mark.parametrize("spelling", FIRST_DOCTOR)
async def test_the_doctor_meant_is_suggested_first(engine_url: str, index: TinyIndex, spelling: str) -> None:
    typed, key = FIRST_DOCTOR[spelling]
    (answer,) = await suggested(engine_url, index, typed)
    assert doctors_in(answer)[:1] == [key]


FIRST_FACILITY = {
    "kind with a number": ("поліклініка 3", "third"),
    "kind with №": ("поліклініка №3", "third"),
    "in Russian": ("поликлиника 3", "third"),
    "english layout": ("gjksrksybrf 3", "third"),
    "romanised": ("poliklinika 3", "third"),
    "beginning": ("амб", "ambulatory"),
    "romanised beginning": ("amb", "ambulatory"),
    "the kind said otherwise": ("больни", "hospital"),
    "one slip": ("полклініка 3", "third"),
    "a word of the name": ("міськ", "hospital"),
}


@pytest.mark.parametrize("spelling", FIRST_FACILITY)
async def test_the_facility_meant_is_suggested_first(engine_url: str, index: TinyIndex, spelling: str) -> None:
    typed, key = FIRST_FACILITY[spelling]
    (answer,) = await suggested(engine_url, index, typed)
    assert facilities_in(answer)[:1] == [key]


async def test_two_letters_suggest_surnames_before_given_names(engine_url: str, index: TinyIndex) -> None:
    (answer,) = await suggested(engine_url, index, "ів")
    assert doctors_in(answer)[:1] == ["ivanenko"]
    assert "ivan" in doctors_in(answer)


async def test_a_whole_name_goes_before_a_longer_one(engine_url: str, index: TinyIndex) -> None:
    (answer,) = await suggested(engine_url, index, "іван")
    assert doctors_in(answer)[:2] == ["ivan", "ivanenko"]


async def test_those_who_are_gone_are_never_suggested(engine_url: str, index: TinyIndex) -> None:
    (answer,) = await suggested(engine_url, index, "ковален")
    assert set(doctors_in(answer)) == {"kovalenko", "namesake"}


async def test_what_was_repaired_is_said(engine_url: str, index: TinyIndex) -> None:
    layout, plain, slip = await suggested(engine_url, index, ";bnj", "жито", "житемир")
    assert [layout["read_as"], plain["read_as"], slip["read_as"]] == ["жито", None, "житомир"]
    assert {answer["places"][0]["name"] for answer in (layout, plain, slip)} == {"Житомир"}


async def test_a_speciality_before_the_name_leaves_doctors_of_it_only(engine_url: str, index: TinyIndex) -> None:
    family, child = await suggested(engine_url, index, "сімейний лікар ковален", "педіатр ковален")
    assert set(doctors_in(family)) == {"kovalenko", "namesake"}
    assert (child["before"], doctors_in(child)) == ("педіатр", [])


async def test_nonsense_suggests_nothing(engine_url: str, index: TinyIndex) -> None:
    for answer in await suggested(engine_url, index, "йййййй", "xqzxqz", "ъ" * 200, "name.typing:(a* OR b~)", "*?~"):
        assert answer["doctors"] == answer["facilities"] == answer["places"] == answer["specialities"] == []
