"""How often one trip to the engine suffices: planned radii and the ladder, measured over a national index.

    python -m tests.support.one_trip --engine http://127.0.0.1:9201 --gazetteer .likar/places/gazetteer.json.gz

Reads only. Origins: towns drawn by population, and villages drawn evenly; each searched for each speciality, from a
point in it and by its name, plain and with the filters that empty an area; and doctors of all kinds asked for by name.
Prints, for each kind of search, the shares that took one, two, three and four trips, and how many were in vain.
"""

import argparse
import asyncio
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from directory.places import Gazetteer, Place, Precision
from ranking import (
    Density,
    OriginSource,
    Page,
    Point,
    RadiusSource,
    SearchIntent,
    Where,
    area_of,
    build_search_body,
    kind_of,
    load_weights,
    plan_where,
    rungs_of,
)
from search_api.engine import OpenSearchEngine
from search_api.knowledge import load_knowledge
from tests.support.api import stub_config
from tests.support.ranking import name_words

SPECIALITIES = ("FAMILY_DOCTOR", "PEDIATRICIAN", "THERAPIST", "GYNECOLOGIST", "CARDIOLOGIST", "ENDOCRINOLOGIST")
_NOT_GIVEN = frozenset({"specialities", "kind"})
FILTERS: dict[str, dict[str, object]] = {
    "plain": {},
    "free places only": {"open_only": True},
    "a man": {"gender": "MALE"},
    "Saturday at ten": {"open_at": 5 * 1_440 + 600},
}


@dataclass
class Tally:
    """What became of the searches of one kind: trips made, searches in vain, radii in kilometres, engine time in ms."""

    trips: Counter[int]
    vain: Counter[str]
    radii: list[float]
    took: list[float]


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", default="http://127.0.0.1:9201")
    parser.add_argument("--gazetteer", type=Path, default=Path(".likar/places/gazetteer.json.gz"))
    parser.add_argument("--towns", type=int, default=200)
    parser.add_argument("--villages", type=int, default=200)
    parser.add_argument("--names", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=20261125)
    asked = parser.parse_args()
    engine = OpenSearchEngine(stub_config(opensearch_url=asked.engine, search_timeout_s=30.0))
    index = await engine.serving_index("doctors")
    gazetteer, dice = Gazetteer.load(asked.gazetteer), random.Random(asked.seed)
    density = (await load_knowledge(engine, index, gazetteer)).density
    origins = list(_origins(gazetteer, dice, asked.towns, asked.villages))
    print(f"{index}: {asked.towns} towns by population, {asked.villages} villages, {len(SPECIALITIES)} specialities")
    print(
        f"{'origin':<9}{'search':<18}{'searches':>9}{'1 trip':>8}{'2':>8}{'3':>8}{'4':>8}"
        f"{'nobody':>8}{'km':>5}{'ms':>6}  nobody by oblast"
    )
    for where_from in ("town", "village"):
        for name, filters in FILTERS.items():
            tally = Tally(Counter(), Counter(), [], [])
            for kind, place in origins:
                if kind == where_from:
                    for where, code in _grounds(place, density, dice):
                        intent = SearchIntent(
                            where, (code,), kind=kind_of([code]) or SearchIntent(where).kind,
                            understood=_NOT_GIVEN, **filters,
                        )  # type: ignore[arg-type]  # fmt: skip
                        await _search(engine, index, place.oblast, intent, tally)
            _print(where_from, name, tally)
    for name, intents in (await _named(engine, index, gazetteer, asked.names)).items():
        tally = Tally(Counter(), Counter(), [], [])
        for intent in intents:
            await _search(engine, index, "UA", intent, tally)
        _print("name", name, tally)
    await engine.close()


def _origins(gazetteer: Gazetteer, dice: random.Random, towns: int, villages: int) -> Iterator[tuple[str, Place]]:
    located = [place for place in gazetteer.settlements() if place.precision is Precision.SETTLEMENT]
    large = [place for place in located if place.population and place.category in "KMX"]
    for place in dice.choices(large, [place.population or 0 for place in large], k=towns):
        yield "town", place
    for place in dice.sample([place for place in located if place.category == "C"], villages):
        yield "village", place


def _grounds(place: Place, density: Density, dice: random.Random) -> Iterator[tuple[Where, str]]:
    """From a point within two kilometres of the middle, and by the name of the place."""
    assert place.lat is not None
    assert place.lon is not None
    near = Point(place.lat + dice.uniform(-0.018, 0.018), place.lon + dice.uniform(-0.027, 0.027))
    for code in SPECIALITIES:
        yield plan_where(density=density, near=near, specialities=(code,)), code
        yield plan_where(density=density, area=area_of(place), specialities=(code,)), code


async def _named(
    engine: OpenSearchEngine, index: str, gazetteer: Gazetteer, count: int
) -> dict[str, list[SearchIntent]]:
    """Doctors of any kind asked for by name alone, in their own town, and in another one."""
    sample = {
        "size": count,
        "query": {"term": {"active": True}},
        "sort": [{"tie.d3": "asc"}],
        "_source": ["name.surname", "name.given", "place.settlement"],
    }
    found = [hit["_source"] for hit in (await engine.search(index, sample))["hits"]["hits"]]
    towns = [gazetteer.by_code((each.get("place") or {}).get("settlement") or "") for each in found]
    asked: dict[str, list[SearchIntent]] = {"alone": [], "in their town": [], "in another town": []}
    for number, document in enumerate(found):
        names = name_words(surname=document["name"]["surname"][0], given=document["name"]["given"][0])
        ground = Where(RadiusSource.COUNTRY)
        asked["alone"].append(SearchIntent(ground, names=names, understood=_NOT_GIVEN))
        for name, town in (("in their town", towns[number]), ("in another town", towns[number - 1])):
            if town is not None and town.lat is not None and town.lon is not None:
                area = area_of(town)
                ground = Where(RadiusSource.SETTLEMENT, area.point, OriginSource.SETTLEMENT, area=area)
                asked[name].append(SearchIntent(ground, names=names, understood=_NOT_GIVEN))
    return asked


async def _search(engine: OpenSearchEngine, index: str, oblast: str, intent: SearchIntent, tally: Tally) -> None:
    tries = [intent, *(rung.intent for rung in rungs_of(intent))]
    for trip, tried in enumerate(tries, start=1):
        # Only whether there are hits is of interest, not the documents.
        body = {**build_search_body(tried, load_weights(), Page(20), date(2026, 11, 25)), "_source": False}
        answer = await engine.search(index, body, scores=True)
        if trip == 1:
            tally.took.append(answer["took"])
            tally.radii.append(tried.where.radius_km or 0.0)
        if answer["hits"]["total"]["value"]:
            break
    else:
        tally.vain[oblast[:4]] += 1
    tally.trips[trip] += 1


def _print(where_from: str, name: str, tally: Tally) -> None:
    searches = sum(tally.trips.values())
    shares = "".join(f"{tally.trips[trips] / searches:>8.2%}" for trips in (1, 2, 3, 4))
    oblasts = ", ".join(f"{oblast} {count}" for oblast, count in sorted(tally.vain.items()))
    print(
        f"{where_from:<9}{name:<18}{searches:>9}{shares}{tally.vain.total() / searches:>8.2%}"
        f"{median(tally.radii):>5.0f}{median(tally.took):>6.1f}  {oblasts}"
    )


if __name__ == "__main__":
    asyncio.run(main())
