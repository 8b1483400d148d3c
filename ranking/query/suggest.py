"""Suggestions while typing: every word typed begins a word of the name, in any order.

The words come from `directory.text`, which leaves letters, digits, hyphens, apostrophes: nothing of a query language.
"""

from datetime import date
from typing import Any

from directory.text import sound_key, words
from ranking.documents import LOCATION, point_clause
from ranking.intent import Point
from ranking.query.hard_facts import Clause, all_of
from ranking.query.name_gate import Grade
from ranking.query.sort import tie_field

PIVOT_KM = 10.0
MAX_WORDS = 8
_SHORTEST_BY_SOUND = 2
# search_as_you_type keeps beginnings of up to so many letters.
_LONGEST_PREFIX = 20


def build_doctor_suggest_body(text: str, size: int, day: date, near: Point | None = None) -> dict[str, Any] | None:
    """Doctors whose name begins as typed, each person once; None when `text` has no word.

    Spelling before sound; nearer ones first among equals when `near` is given, else the order of the day.
    """
    query = _typed("name", text)
    if query is None:
        return None
    return {
        **_body(query, size, day, near, "employee.id"),
        "collapse": {"field": "party.id"},
        "_source": [
            "name.last", "name.first", "name.second", "speciality.officio", "kind", "division.id", "division.name",
            "place.settlement_name", LOCATION, "employee.id", "party.id",
        ],
    }  # fmt: skip


def build_facility_suggest_body(text: str, size: int, day: date, near: Point | None = None) -> dict[str, Any] | None:
    """Facilities whose name has words beginning as typed; None when `text` has no word."""
    query = _typed("facility", text)
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


def _typed(part: str, text: str) -> Clause | None:
    typed = words(text)[:MAX_WORDS]
    if not typed:
        return None
    tiers = [_tier(f"{part}.typing", typed, Grade.EXACT)]
    keys = [sound_key(word) for word in typed]
    if all(keys) and len(keys[-1]) >= _SHORTEST_BY_SOUND:
        tiers.append(_tier(f"{part}.typing_key", keys, Grade.SOUND))
    return {"dis_max": {"queries": tiers}}


def _tier(field: str, beginnings: list[str], grade: Grade) -> Clause:
    # The beginnings are terms of the index already: no prefix query, and so no limit on expansions.
    begins: list[Clause] = [{"term": {f"{field}._index_prefix": word[:_LONGEST_PREFIX]}} for word in beginnings]
    return {"constant_score": {"filter": all_of(begins), "boost": float(grade)}}
