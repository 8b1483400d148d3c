"""How evenly equal doctors are seen over a week of searches, with the daily order of equals and with a fixed one.

    python -m tests.support.exposure --engine http://127.0.0.1:9201 --gazetteer .likar/places/gazetteer.json.gz

Reads only. The same searches (2,000 by default: places by population, half from a point, half by the name of the place)
are asked each day of a seven-day cycle. Prints the Gini coefficient of exposure over all doctors who could have been
shown, and among doctors whose score in a search is the same, and nDCG@10 by rule (3: near and with places, 2: other).
"""

import argparse
import asyncio
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from directory.places import Gazetteer, Precision
from ranking import (
    Density,
    OriginSource,
    Page,
    Point,
    SearchIntent,
    area_of,
    build_search_body,
    kind_of,
    load_weights,
    plan_where,
)
from ranking.documents import distance_from, field_of
from ranking.evaluation.exposure import discount, gini, gini_among_equals, ndcg
from search_api.engine import OpenSearchEngine
from search_api.knowledge import load_knowledge
from tests.support.api import stub_config

FIRST_DAY = date(2026, 11, 23)
DEPTH = 20
# Of primary care searches: as its doctors are spread over specialities (domain rules §9); one in ten is for another.
SPECIALITIES = {"FAMILY_DOCTOR": 60, "PEDIATRICIAN": 20, "THERAPIST": 10, "GYNECOLOGIST": 5, "CARDIOLOGIST": 5}
CLOSE_KM = 3.0


@dataclass
class Seen:
    """What was seen under one rule of order."""

    shown: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    among_equals: dict[tuple[int, float], dict[str, float]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(float))
    )
    ndcg: list[float] = field(default_factory=list)


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="http://127.0.0.1:9201")
    parser.add_argument("--gazetteer", type=Path, default=Path(".likar/places/gazetteer.json.gz"))
    parser.add_argument("--queries", type=int, default=2_000)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--seed", type=int, default=20261125)
    asked = parser.parse_args()
    engine = OpenSearchEngine(stub_config(opensearch_url=asked.engine, search_timeout_s=30.0))
    index = await engine.serving_index("doctors")
    gazetteer = Gazetteer.load(asked.gazetteer)
    density = (await load_knowledge(engine, index, gazetteer)).density
    intents = _intents(gazetteer, density, random.Random(asked.seed), asked.queries)
    first_day, week, fixed = Seen(), Seen(), Seen()
    could_be_shown: set[str] = set()
    for number, intent in enumerate(intents):
        every = await _all_hits(engine, index, intent)
        score_of = {hit["_id"]: hit["_score"] for hit in every}
        grade_of = {hit["_id"]: _grade(hit["_source"], intent) for hit in every}
        could_be_shown |= set(score_of)
        for day in range(asked.days):
            hits = await _first_hits(engine, index, intent, FIRST_DAY + timedelta(days=day), fixed=False)
            for seen in (week, first_day) if day == 0 else (week,):
                _note(seen, number, hits, score_of, grade_of)
        _note(fixed, number, await _first_hits(engine, index, intent, FIRST_DAY, fixed=True), score_of, grade_of)
    await engine.close()
    print(
        f"{index}: {len(intents)} searches a day, {asked.days} days, {len(could_be_shown)} doctors who could be shown"
    )
    print(f"{'order of equals':<22}{'Gini, all':>10}{'Gini, equals':>14}{'nDCG@10':>10}")
    for name, seen in (("fixed (by id)", fixed), ("daily, one day", first_day), ("daily, all days", week)):
        everyone = [seen.shown.get(doctor, 0.0) for doctor in could_be_shown]
        groups = (group.values() for group in seen.among_equals.values())
        mean = sum(seen.ndcg) / len(seen.ndcg)
        print(f"{name:<22}{gini(everyone):>10.3f}{gini_among_equals(groups):>14.3f}{mean:>10.5f}")


def _intents(gazetteer: Gazetteer, density: Density, dice: random.Random, count: int) -> list[SearchIntent]:
    places = [
        place
        for place in gazetteer.settlements()
        if place.precision is Precision.SETTLEMENT and place.population and place.category in "KMXC"
    ]
    chosen = dice.choices(places, [place.population or 0 for place in places], k=count)
    intents = []
    for place in chosen:
        [code] = dice.choices(list(SPECIALITIES), list(SPECIALITIES.values()))
        assert place.lat is not None
        assert place.lon is not None
        near = Point(place.lat + dice.gauss(0, 0.02), place.lon + dice.gauss(0, 0.03))
        ground: dict[str, Any] = {"near": near} if dice.random() < 0.5 else {"area": area_of(place)}
        where = plan_where(density=density, specialities=(code,), **ground)
        kind = kind_of([code])
        assert kind is not None
        intents.append(SearchIntent(where, (code,), kind=kind))
    return intents


async def _first_hits(
    engine: OpenSearchEngine, index: str, intent: SearchIntent, day: date, *, fixed: bool
) -> list[str]:
    body = build_search_body(intent, load_weights(), Page(DEPTH, total=False), day)
    if fixed:
        body["sort"] = [body["sort"][0], body["sort"][-1]]
    answer = await engine.search(index, {**body, "_source": False}, scores=True)
    return [hit["_id"] for hit in answer["hits"]["hits"]]


async def _all_hits(engine: OpenSearchEngine, index: str, intent: SearchIntent) -> list[Mapping[str, Any]]:
    """Every doctor among the first thousand hits."""
    body = build_search_body(intent, load_weights(), Page(1_000, total=False), FIRST_DAY)
    body["_source"] = ["place.location", "capacity.state"]
    found: list[Mapping[str, Any]] = (await engine.search(index, body, scores=True))["hits"]["hits"]
    return found


def _note(
    seen: Seen, number: int, hits: list[str], score_of: Mapping[str, float], grade_of: Mapping[str, float]
) -> None:
    shown = {doctor: discount(place) for place, doctor in enumerate(hits, start=1)}
    for doctor, worth in shown.items():
        seen.shown[doctor] += worth
    scores = {score_of[doctor] for doctor in hits if doctor in score_of}
    for doctor, score in score_of.items():
        if score in scores:
            seen.among_equals[(number, score)][doctor] += shown.get(doctor, 0.0)
    seen.ndcg.append(ndcg(hits, grade_of))


def _grade(document: Mapping[str, Any], intent: SearchIntent) -> float:
    has_places = field_of(document, "capacity.state") in ("free", "nearly_full")
    if intent.where.origin_source is not OriginSource.PATIENT or intent.where.origin is None:
        return 3.0 if has_places else 2.0
    km = distance_from(document, intent.where.origin)
    return 3.0 if has_places and km is not None and km <= CLOSE_KM else 2.0


if __name__ == "__main__":
    asyncio.run(main())
