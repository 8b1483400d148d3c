"""Which settlement a code or a name means."""

import pytest

from directory.places import Gazetteer
from ranking import Point
from search_api.errors import RequestFaulty
from search_api.services.settlements import choose_settlement
from tests.support.api import BERDYCHIV_CODE, IVANIVKA_FAR, IVANIVKA_NEAR, OBLAST, place, small_gazetteer
from tests.support.indexing import ZHYTOMYR_CODE

GAZETTEER = small_gazetteer()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (ZHYTOMYR_CODE, ZHYTOMYR_CODE),
        (ZHYTOMYR_CODE.lower(), ZHYTOMYR_CODE),
        (OBLAST, OBLAST),
        ("Житомир", ZHYTOMYR_CODE),
        ("  м. бердичів ", BERDYCHIV_CODE),
        ("Zhytomyr", ZHYTOMYR_CODE),
        ("житомыр", ZHYTOMYR_CODE),
    ],
)
def test_codes_names_and_sounds_are_understood(text: str, code: str) -> None:
    assert choose_settlement(text, None, GAZETTEER, "uk").place.code == code


@pytest.mark.parametrize(
    ("near", "code"),
    [(Point(50.25, 28.66), IVANIVKA_NEAR), (Point(46.5, 30.7), IVANIVKA_FAR), (Point(0.0, 0.0), IVANIVKA_FAR)],
)
def test_of_namesakes_the_nearer_is_taken_and_the_other_kept(near: Point, code: str) -> None:
    chosen = choose_settlement("Іванівка", near, GAZETTEER, "uk")
    assert chosen.place.code == code
    assert {other.code for other in chosen.alternatives} == {IVANIVKA_NEAR, IVANIVKA_FAR} - {code}


def test_namesakes_of_one_kind_are_never_settled_silently() -> None:
    with pytest.raises(RequestFaulty) as caught:
        choose_settlement("Іванівка", None, GAZETTEER, "en")
    assert [code for code, _ in caught.value.faults[0].candidates] == [IVANIVKA_NEAR, IVANIVKA_FAR]


@pytest.mark.parametrize(
    ("small", "large", "settled"),
    [(("C", None), ("M", 50_000), True), (("C", 900), ("X", 12_000), True), (("C", 900), ("X", 5_000), False)],
)
def test_a_city_or_a_much_larger_place_wins_over_a_village(
    small: tuple[str, int | None], large: tuple[str, int | None], settled: bool
) -> None:
    gazetteer = Gazetteer(
        [
            place(OBLAST, "O", "Житомирська", (50.3, 28.5)),
            place("UA1", small[0], "Бар", (49.0, 27.0), small[1]),
            place("UA2", large[0], "Бар", (50.0, 28.0), large[1]),
        ]
    )
    if settled:
        chosen = choose_settlement("Бар", None, gazetteer, "uk")
        assert (chosen.place.code, [other.code for other in chosen.alternatives]) == ("UA2", ["UA1"])
    else:
        with pytest.raises(RequestFaulty):
            choose_settlement("Бар", None, gazetteer, "uk")


@pytest.mark.parametrize("text", ["", "   ", "Немає такого", "UA999", "***"])
def test_an_unknown_place_is_a_fault(text: str) -> None:
    with pytest.raises(RequestFaulty) as caught:
        choose_settlement(text, None, GAZETTEER, "uk")
    assert caught.value.faults[0].code == "place_unknown"


def test_the_code_of_a_quarter_is_understood_as_suggestions_give_it() -> None:
    code = f"{ZHYTOMYR_CODE}-Q-malovanka"
    quarter = place(code, "Q", "Мальованка", (50.26, 28.69), parent=ZHYTOMYR_CODE)
    gazetteer = Gazetteer([*small_gazetteer().places(), quarter])
    assert choose_settlement(code, None, gazetteer, "uk").place is quarter
