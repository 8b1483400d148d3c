"""What a card shows: names in proper case, phones in one form, the address on one line. Pure."""

import re
from collections.abc import Iterable
from typing import Protocol

_LETTER_RUN = re.compile(r"[^\W\d_]+(?:['’ʼ`´‘′][^\W\d_]+)*")
_LOWER_NAME_WORDS = {"огли", "оглу", "кизи", "кызы", "оглы"}
_UKRAINIAN_PHONE = re.compile(r"\+380\d{9}")
_EMPTY = {"", "null", "none", "-", "—"}

_STREET_KIND = {
    "STREET": "вул.",
    "AVENUE": "просп.",
    "BOULEVARD": "бульв.",
    "LANE": "пров.",
    "PASS": "проїзд",
    "SQUARE": "пл.",
    "MAIDAN": "майдан",
    "HIGHWAY": "шосе",
    "EMBANKMENT": "наб.",
    "DESCENT": "узвіз",
    "BLOCK": "квартал",
    "MICRODISTRICT": "мкр.",
    "ALLEY": "алея",
    "IMPASSE": "тупик",
}


class AddressRow(Protocol):
    """The part of an upstream address that is shown."""

    @property
    def street_type(self) -> str | None: ...
    @property
    def street(self) -> str | None: ...
    @property
    def building(self) -> str | None: ...
    @property
    def settlement(self) -> str | None: ...


class PhoneRow(Protocol):
    @property
    def number(self) -> str | None: ...


def clean(text: str | None) -> str | None:
    """The text with single blanks; None for empty texts and for words that stand for nothing, as «NULL»."""
    if text is None:
        return None
    text = " ".join(text.split())
    return None if text.casefold() in _EMPTY else text


def proper_name(text: str | None) -> str | None:
    """A name as people write it: words all in capitals or all in small letters get one capital each.

    «ДЕМ'ЯНЕНКО-КОВАЛЬ» becomes «Дем'яненко-Коваль»; names in mixed case, and the letters themselves, stay as they are
    (domain rules §8). None for no name.
    """
    text = clean(text)
    return text if text is None else _LETTER_RUN.sub(_proper_word, text)


def _proper_word(found: re.Match[str]) -> str:
    word = found.group()
    if word.casefold() in _LOWER_NAME_WORDS:
        return word.lower()
    if len(word) > 1 and not (word.isupper() or word.islower()):
        return word
    return word[0].upper() + word[1:].lower()


def read_phones(phones: Iterable[PhoneRow] | None) -> tuple[tuple[str, ...], bool]:
    """The phones in E.164, in upstream's order, each once; and whether some could not be read and was left out."""
    found: dict[str, None] = {}
    has_unreadable = False
    for phone in phones or ():
        number = _e164(phone.number)
        if number is None:
            has_unreadable = True
        else:
            found[number] = None
    return tuple(found), has_unreadable


def _e164(number: str | None) -> str | None:
    if number is None:
        return None
    if _UKRAINIAN_PHONE.fullmatch(number):
        return number
    # Imported here: its tables take a while to load, and nearly every number has the plain form above.
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, "UA")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def address_line(address: AddressRow | None, settlement: str | None) -> str | None:
    """«вул. Київська, 21, м. Житомир»: street, building, settlement; what is unknown is left out, None for nothing.

    `settlement` is the official name with its kind; without it upstream's own spelling is shown.
    """
    parts: list[str] = []
    if address is not None:
        street = clean(address.street)
        if street:
            kind = _STREET_KIND.get((address.street_type or "").upper())
            parts.append(f"{kind} {street}" if kind and not street.lower().startswith(kind) else street)
        if building := clean(address.building):
            parts.append(building)
        settlement = settlement or proper_name(address.settlement)
    if settlement:
        parts.append(settlement)
    return ", ".join(parts) or None
