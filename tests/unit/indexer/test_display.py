"""What a card shows: names, phones, address lines."""

import pytest

from esoz.rows import Address, Phone
from indexer.display import address_line, clean, proper_name, read_phones


@pytest.mark.parametrize(
    ("upstream", "shown"),
    [
        ("КОВАЛЕНКО", "Коваленко"),
        ("ДЕМ'ЯНЕНКО", "Дем'яненко"),
        ("ДЕМ’ЯНЕНКО", "Дем’яненко"),
        ("НЕЧУЙ-ЛЕВИЦЬКА", "Нечуй-Левицька"),
        ("коваленко", "Коваленко"),
        ("О", "О"),
        ("ГУСЕЙН ОГЛИ", "Гусейн огли"),
        ("Мак-Ґрегор", "Мак-Ґрегор"),
        ("МакДональд", "МакДональд"),
        ("  Коваль   Шевчук ", "Коваль Шевчук"),
        ("NULL", None),
        ("", None),
        (None, None),
    ],
)
def test_names_are_shown_in_proper_case(upstream: str | None, shown: str | None) -> None:
    assert proper_name(upstream) == shown


def test_words_for_nothing_are_nothing() -> None:
    assert [clean(text) for text in ("null", "NULL", " - ", "", None, "Нуль")] == [None, None, None, None, None, "Нуль"]


def test_phones_come_in_one_form_and_each_once() -> None:
    phones = [Phone(number=number) for number in ("+380412000317", "0412 00-03-17", "(067) 123-45-67")]
    assert read_phones(phones) == (("+380412000317", "+380671234567"), False)


@pytest.mark.parametrize("number", ["немає", "12", None])
def test_an_unreadable_phone_is_left_out_and_said(number: str | None) -> None:
    assert read_phones([Phone(number=number), Phone(number="+380412000317")]) == (("+380412000317",), True)


def test_the_address_is_one_line_with_the_official_settlement() -> None:
    address = Address(street_type="STREET", street="Київська", building="21", settlement="ЖИТОМИР")
    assert address_line(address, "м. Житомир") == "вул. Київська, 21, м. Житомир"


def test_an_address_without_an_official_name_shows_upstreams_settlement() -> None:
    assert address_line(Address(street="NULL", settlement="НОВА ВЕСЬ"), None) == "Нова Весь"
    assert address_line(None, None) is None
