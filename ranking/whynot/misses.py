"""What keeps a document out of an answer: every fact it fails, with what a sentence about it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ranking.documents import Document, distance_from, field_of
from ranking.intent import FacilityWords, Kind, NameWord, NameWords, RadiusSource, SearchIntent, Where
from ranking.query.area import in_area
from ranking.query.facility_words import facility_fits
from ranking.query.name_gate import GATE, name_grade
from ranking.score import exclusions

_PARTS = ("surname", "given", "patronymic", "unassigned")


@dataclass(frozen=True, slots=True)
class Miss:
    """One reason why the document is not a hit.

    `fact` is the filter or rule: inactive, kind, age, speciality, open_only, contract_only, gender, open_at, division,
    legal_entity, area, facility, name. `code` tells its kinds apart (for `inactive` a reason of domain rules §5.3, else
    the key of a sentence), `values` fill the sentence: kilometres as float, words as tuple of str, codes as str.
    """

    fact: str
    code: str
    values: Mapping[str, Any] = field(default_factory=dict)


def find_misses(document: Document, intent: SearchIntent) -> tuple[Miss, ...]:
    """Every fact, rule and gate that keeps the document out, in a fixed order; empty for a hit."""
    misses: list[Miss] = []
    for fact in exclusions(document, intent):
        if fact == "kind":
            misses += _kind_misses(document, intent)
        elif fact == "area":
            misses += _area_misses(document, intent.where)
        elif fact == "facility":
            misses.append(Miss("facility", "facility", {"words": _facility_words_missing(document, intent.facility)}))
        elif fact == GATE:
            misses.append(Miss("name", "name", {"words": _name_words_missing(document, intent.names)}))
        else:
            misses.append(Miss(fact, fact))
    return tuple(misses)


def _kind_misses(document: Document, intent: SearchIntent) -> list[Miss]:
    """Domain rules §5: not in force, no declarations here, another kind of doctor, or another age of patients."""
    of_kind = document.get("kind")
    if not document.get("active"):
        found = [Miss("inactive", code) for code in document.get("inactive_reasons") or ()] or [Miss("inactive", "")]
    elif intent.kind is Kind.SPECIALIST:
        return [Miss("kind", "kind_specialist")]
    elif of_kind == "specialist":
        return [Miss("kind", "kind_primary_care")]
    elif not document.get("declarable"):
        found = [Miss("inactive", code) for code in document.get("inactive_reasons") or ()] or [Miss("inactive", "")]
    else:
        found = []
    youngest, oldest = field_of(document, "ages.min"), field_of(document, "ages.max")
    known = youngest is not None and oldest is not None
    if intent.age is not None and known and not youngest <= intent.age <= oldest:
        found.append(Miss("age", "age", {"age": intent.age, "min": youngest, "max": oldest}))
    return found or [Miss("kind", "kind_primary_care")]


def _area_misses(document: Document, where: Where) -> list[Miss]:
    misses = []
    if where.radius_km is not None and where.center is not None:
        circle = replace(where, area=None, widened=False)
        km = distance_from(document, where.center)
        if km is None:
            misses.append(Miss("area", "area_unlocated"))
        elif not in_area(document, circle):
            beyond = {"km": km, "radius_km": where.radius_km, "beyond_km": km - where.radius_km}
            misses.append(Miss("area", "area_radius", beyond))
    if where.area is not None and not in_area(document, replace(where, center=None, radius_km=None, widened=False)):
        misses.append(Miss("area", "area_place", {"place": where.area.code}))
    if not misses and where.source is RadiusSource.COUNTRY:
        misses.append(Miss("area", "area_country"))
    return misses


def _facility_words_missing(document: Document, facility: FacilityWords) -> tuple[str, ...]:
    """The words and numbers asked for that the names do not have; empty when only the kind is another one."""
    words = [word.text for word in facility.words if not facility_fits(document, FacilityWords(words=(word,)))]
    numbers = [each for each in facility.numbers if not facility_fits(document, FacilityWords(numbers=(each,)))]
    return (*words, *numbers)


def _name_words_missing(document: Document, names: NameWords) -> tuple[str, ...]:
    return tuple(
        word.text for part in _PARTS for word in getattr(names, part) if name_grade(document, _only(part, word)) is None
    )


def _only(part: str, word: NameWord) -> NameWords:
    return NameWords(**{part: (word,)})
