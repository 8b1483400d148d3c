"""Suggestions while typing: every word typed begins a word of the name, in any order.

The words are letters, digits, hyphens and apostrophes: nothing of a query language.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ranking.documents import LOCATION, point_clause
from ranking.intent import Point
from ranking.query.hard_facts import Clause, all_of, any_of
from ranking.query.sort import tie_field
from ranking.understanding.beginnings import BegunWord

PIVOT_KM = 10.0
# A tier is worth more than the nearest of all (1.0) in the tier below.
_STEP = 2.0
# search_as_you_type keeps beginnings of up to so many letters.
_LONGEST_PREFIX = 20
_SHINGLE = 3


@dataclass(frozen=True, slots=True)
class BegunReading:
    """The words of one reading. `undecided`: by its sound no likelier than the next reading."""

    words: tuple[BegunWord, ...]
    undecided: bool = False


def build_doctor_suggest_body(
    readings: Sequence[BegunReading],
    size: int,
    day: date,
    near: Point | None = None,
    specialities: Sequence[str] = (),
) -> dict[str, Any] | None:
    """Doctors whose name begins as typed, each person once; None without a reading. Of `specialities` only, if any.

    Readings in their order; in each, whole words before begun ones and spelling before sound. Nearer ones first among
    equals when `near` is given, else the order of the day.
    """
    query = _typed("name", readings)
    if query is None:
        return None
    body = _body(query, size, day, near, "employee.id")
    if specialities:
        body["query"]["bool"]["filter"].append({"terms": {"speciality.all": sorted(specialities)}})
    return {
        **body,
        "collapse": {"field": "party.id"},
        "_source": [
            "name.last", "name.first", "name.second", "speciality.officio", "kind", "division.id", "division.name",
            "place.settlement_name", LOCATION, "employee.id", "party.id",
        ],
    }  # fmt: skip


def build_facility_suggest_body(
    readings: Sequence[BegunReading], size: int, day: date, near: Point | None = None
) -> dict[str, Any] | None:
    """Facilities whose name has words beginning as typed, in the same order; None without a reading."""
    query = _typed("facility", readings)
    if query is None:
        return None
    source = [
        "division.id", "division.name", "division.type", "division.address", "legal_entity.name",
        "legal_entity.public_name", "place.settlement_name", LOCATION,
    ]  # fmt: skip
    return {**_body(query, size, day, near, "division.id"), "_source": source}


def _body(typed: Clause, size: int, day: date, near: Point | None, id_field: str) -> dict[str, Any]:
    nearness: list[Clause] = []
    if near is not None:
        feature = {"field": LOCATION, "origin": point_clause(near), "pivot": f"{PIVOT_KM}km", "boost": 1.0}
        nearness = [{"distance_feature": feature}]
    return {
        "size": size,
        "query": {"bool": {"filter": [{"term": {"active": True}}], "must": [typed], "should": nearness}},
        "sort": [{"_score": {"order": "desc"}}, {tie_field(day): {"order": "asc"}}, {id_field: {"order": "asc"}}],
        "track_total_hits": False,
    }


def _typed(part: str, readings: Sequence[BegunReading]) -> Clause | None:
    tiers: list[list[Clause]] = []
    waiting: list[Clause] = []
    for reading in readings:
        spelt, sounding, meant = _tiers(part, reading.words)
        if waiting:
            # The sound of the reading before is as good as the spelling of this one, and better than its sound.
            if spelt:
                spelt[-1] += waiting
            else:
                tiers.append(waiting)
            waiting = []
        tiers += spelt
        if reading.undecided:
            waiting += sounding
        elif sounding:
            tiers.append(sounding)
        if meant:
            tiers.append(meant)
    if waiting:
        tiers.append(waiting)
    if not tiers:
        return None
    queries = [
        {"constant_score": {"filter": any_of(clauses), "boost": _STEP * (len(tiers) - at)}}
        for at, clauses in enumerate(tiers)
    ]
    return {"dis_max": {"queries": queries}}


def _tiers(part: str, words: tuple[BegunWord, ...]) -> tuple[list[list[Clause]], list[Clause], list[Clause]]:
    """The filters of one reading: by spelling, the best first (the words in this order, all but the last whole, all
    begun); by sound; by other forms. The last two are one filter or none."""
    field = f"{part}.typing"
    spelt: list[list[Clause]] = []
    if all(word.begins for word in words):
        whole = [_whole(field, word.begins) for word in words]
        begun = [_beginning(field, word.begins) for word in words]
        if len(words) == 1:
            spelt.append([whole[0]])
            if part == "name":
                spelt.append([any_of([{"prefix": {"name.surname": text}} for text in words[0].begins])])
        else:
            spelt.append([all_of([*begun, *_in_order(part, words)])])
            spelt.append([all_of([*whole[:-1], begun[-1]])])
        spelt.append([all_of(begun)])
    sounding, meant = [], []
    if any(word.keys for word in words) and all(word.begins or word.keys for word in words):
        sounding = [all_of([any_of(_alike(field, word)) for word in words])]
    if any(word.meant for word in words):
        meant = [all_of([any_of([*_meant(field, word), *_alike(field, word)]) for word in words])]
    return spelt, sounding, meant


def _in_order(part: str, words: tuple[BegunWord, ...]) -> list[Clause]:
    """That the words stand side by side, and that numbers are of the facility itself."""
    # Beginnings of three words in a row are terms of the index, too; all spellings but the first are repairs.
    row = " ".join(word.begins[0] for word in words[:_SHINGLE])
    in_order: list[Clause] = [{"term": {f"{part}.typing._index_prefix": row[:_LONGEST_PREFIX]}}]
    if part == "facility":
        in_order += [
            {"term": {"facility.own_numbers": word.begins[0].lstrip("0")}} for word in words if word.begins[0].isdigit()
        ]
    return in_order


def _alike(field: str, word: BegunWord) -> list[Clause]:
    spelt = [_beginning(field, word.begins)] if word.begins else []
    return [*spelt, _beginning(f"{field}_key", word.keys)] if word.keys else spelt


def _meant(field: str, word: BegunWord) -> list[Clause]:
    return [_whole(field, word.meant)] if word.meant else []


def _whole(field: str, texts: tuple[str, ...]) -> Clause:
    return {"term": {field: texts[0]}} if len(texts) == 1 else {"terms": {field: list(texts)}}


def _beginning(field: str, beginnings: tuple[str, ...]) -> Clause:
    cut = sorted({beginning[:_LONGEST_PREFIX] for beginning in beginnings})
    prefix = f"{field}._index_prefix"
    return {"term": {prefix: cut[0]}} if len(cut) == 1 else {"terms": {prefix: cut}}
