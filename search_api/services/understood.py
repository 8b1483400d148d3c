"""How a text was read, for the answer: tokens, what was left, conflicts with parameters, other readings."""

from typing import Any

from directory.places import Gazetteer, Place
from directory.specialities import specialities, speciality_label
from ranking import Alternative, TakenAs, Token
from search_api.language import Language
from search_api.services.wanted import ReadRequest


def describe_understood(read: ReadRequest, gazetteer: Gazetteer, language: Language) -> dict[str, Any] | None:
    """See `Understood`; None when there was neither a text nor a shared settlement name."""
    understanding = read.understanding
    if not understanding.tokens and not read.namesakes and not understanding.not_understood:
        return None
    return {
        "tokens": [_token(token, gazetteer, language) for token in understanding.tokens],
        "not_understood": list(understanding.not_understood),
        "conflicts": [
            {"field": conflict.field, "asked": conflict.asked, "understood": conflict.understood}
            for conflict in read.wanted.conflicts
        ],
        "alternatives": [
            *(_alternative(alternative, gazetteer, language) for alternative in understanding.alternatives),
            *(_namesake(place, gazetteer, language) for place in read.namesakes),
        ],
        "cut": understanding.cut,
    }


def _token(token: Token, gazetteer: Gazetteer, language: Language) -> dict[str, Any]:
    code = token.value
    label = code
    if code is not None and token.taken_as is TakenAs.SPECIALITY and code in specialities():
        label = speciality_label(code, language)
    elif code is not None and (place := gazetteer.by_code(code)) is not None:
        label = gazetteer.label(place, language)
    return {"text": token.text, "taken_for": token.taken_as.value, "code": code, "label": label}


def _alternative(alternative: Alternative, gazetteer: Gazetteer, language: Language) -> dict[str, Any]:
    place = alternative.place
    return {
        "text": alternative.text,
        "taken_for": alternative.taken_as.value,
        "code": place.code if place else None,
        "label": gazetteer.label(place, language) if place else None,
    }


def _namesake(place: Place, gazetteer: Gazetteer, language: Language) -> dict[str, Any]:
    return {
        "text": place.name,
        "taken_for": TakenAs.PLACE.value,
        "code": place.code,
        "label": gazetteer.label(place, language),
    }
