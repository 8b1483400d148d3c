"""How a text was read, for the answer: what was said, field by field; what was mended; what it could mean instead."""

from collections.abc import Mapping
from typing import Any

from directory.places import Gazetteer, Place
from directory.specialities import specialities, speciality_label
from ranking import Alternative, Reading, TakenAs, Token, Understanding
from search_api.language import Language
from search_api.services.wanted import UnderstoodText

_SETTLEMENTS = "KMXC"
_OBLAST = "O"


def describe_understood(read: UnderstoodText, gazetteer: Gazetteer, language: Language) -> dict[str, Any]:
    """See `Understood`: the first reading, with the namesakes of an asked settlement among the alternatives."""
    understanding = read.understanding
    return {
        **describe_reading(understanding.best),
        "alternatives": [
            *(_alternative(alternative, gazetteer, language) for alternative in understanding.alternatives),
            *(_place_alternative(place.name, place, TakenAs.PLACE, gazetteer, language) for place in read.namesakes),
        ],
    }


def describe_reading(reading: Reading) -> dict[str, Any]:
    """The fields of `Understood` that one reading fills in; a field that was not said is absent."""
    name, facility, wishes = reading.said_name, reading.said_facility, reading.wishes
    said: dict[str, Any] = {
        "specialities": list(reading.specialities),
        "settlement": _settlement(reading),
        "oblast": _oblast(reading),
        "district": _district(reading),
        "street": _title(reading.street),
        "surname": _capitalised(name.surname),
        "given_name": _capitalised(name.given_name),
        "patronymic": _capitalised(name.patronymic),
        "given_initial": name.given_initial,
        "patronymic_initial": name.patronymic_initial,
        "facility": _present({"kind": facility.kind, "number": facility.number, "name": facility.name}),
        "near_me": wishes.near_me,
        "gender": wishes.gender,
        "accepts_new": wishes.accepts_new,
        "open_at": wishes.open_at,
        "age_group": wishes.age_group,
        "language": wishes.language,
        "out_of_domain": reading.out_of_domain,
    }
    return {
        **_present(said),
        "repairs": [{"kind": each.kind.value, "typed": each.typed, "read": each.read} for each in reading.repairs],
        "alternatives": [],
        "not_understood": list(reading.not_understood),
    }


def describe_how(read: UnderstoodText, gazetteer: Gazetteer, language: Language) -> dict[str, Any]:
    """See `How`: the tokens of the first reading, its penalty, conflicts with parameters, and whether text was cut."""
    best = read.understanding.best
    return {
        "penalty": best.penalty,
        "tokens": [_token(token, gazetteer, language) for token in best.tokens],
        "conflicts": [
            {"field": conflict.field, "asked": conflict.asked, "understood": conflict.understood}
            for conflict in read.wanted.conflicts
        ],
        "cut": read.understanding.cut,
    }


def describe_readings(understanding: Understanding, gazetteer: Gazetteer, language: Language) -> list[dict[str, Any]]:
    """Every reading, the cheapest first, see `ReadingDocument`."""
    return [
        {
            "penalty": reading.penalty,
            "tokens": [_token(token, gazetteer, language) for token in reading.tokens],
            "understood": describe_reading(reading),
        }
        for reading in understanding.readings
    ]


def _present(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in (None, False, [], {}, "")}


def _settlement(reading: Reading) -> dict[str, str] | None:
    place = reading.settlement
    return None if place is None else {"code": place.code, "name": place.name}


def _oblast(reading: Reading) -> str | None:
    region = reading.region
    return region.name if region is not None and region.category == _OBLAST else None


def _district(reading: Reading) -> str | None:
    """A quarter or district of the city, else the raion or hromada named."""
    if reading.district is not None:
        return reading.district.name
    region = reading.region
    return region.name if region is not None and region.category not in (_OBLAST, *_SETTLEMENTS) else None


def _capitalised(name: str | None) -> str | None:
    """«Нечуй-Левицька», «О'Коннор»: names stand in lower case in the lexicons."""
    return None if name is None else "-".join(part[:1].upper() + part[1:] for part in name.split("-"))


def _title(street: str | None) -> str | None:
    """«Велика Васильківська»: terms of streets stand in lower case."""
    return None if street is None else " ".join(word[:1].upper() + word[1:] for word in street.split(" "))


def _token(token: Token, gazetteer: Gazetteer, language: Language) -> dict[str, Any]:
    code = token.value
    label = code
    if code is not None and token.taken_as is TakenAs.SPECIALITY and code in specialities():
        label = speciality_label(code, language)
    elif code is not None and (place := gazetteer.by_code(code)) is not None:
        label = gazetteer.label(place, language)
    return {"text": token.text, "taken_for": token.taken_as.value, "code": code, "label": label}


def _alternative(alternative: Alternative, gazetteer: Gazetteer, language: Language) -> dict[str, Any]:
    if alternative.place is not None:
        return _place_alternative(alternative.text, alternative.place, alternative.taken_as, gazetteer, language)
    name = alternative.name
    if alternative.taken_as is TakenAs.SPECIALITY and name is not None:
        return {
            "text": alternative.text,
            "taken_for": "speciality",
            "code": name,
            "label": speciality_label(name, language),
        }
    return {
        "text": alternative.text,
        "taken_for": alternative.taken_as.value,
        "code": None,
        "label": _capitalised(name),
    }


def _place_alternative(
    text: str, place: Place, taken_as: TakenAs, gazetteer: Gazetteer, language: Language
) -> dict[str, Any]:
    return {
        "text": text,
        "taken_for": taken_as.value,
        "code": place.code,
        "label": gazetteer.label(place, language),
    }
