"""How fast and how well suggestions come, by kind of spelling: beginnings of names, places, specialities, facilities.

    python -m tests.support.suggest_times --api http://127.0.0.1:8900 --engine http://127.0.0.1:9201 \\
        --gazetteer .likar/places/gazetteer.json.gz

Reads only. Asks one beginning after another over one kept connection, after a few to warm up. Prints for each class
how many were asked, p50, p99 and the longest in milliseconds as the caller sees them and as the API says (`took_ms`),
and the share in which what was meant stands in the list it belongs to.
"""

import argparse
import json
import random
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from directory.places import Gazetteer
from directory.specialities import specialities
from loadtests.slips import slip
from ranking.understanding.keyboards import retype_to_latin

_KMU = {
    **dict(zip("абвгдезиійклмнопрстуф", "abvhdezyiiklmnoprstuf", strict=True)),
    "ґ": "g", "є": "ie", "ж": "zh", "ї": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "",
    "ю": "iu", "я": "ia", "'": "", "’": "",
}  # fmt: skip
_LETTERS = (2, 9)
_SHORTEST_SLIPPED = 5


@dataclass(frozen=True)
class Meant:
    """What somebody has in mind: `among` is the list of the answer, `field` the member to compare, `is_it` the test."""

    text: str
    among: str
    is_it: Callable[[dict[str, Any]], bool]


def romanised(text: str) -> str:
    """By the rules of 2010, without those for the first letter."""
    return "".join(_KMU.get(letter, letter) for letter in text)


SPELLINGS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": lambda text, rng: text,
    "english layout": lambda text, rng: retype_to_latin(text)[0].text,
    "romanised": lambda text, rng: romanised(text),
    "no apostrophe": lambda text, rng: text.replace("’", "").replace("'", ""),
    "one slip": lambda text, rng: slip(text, rng) if len(text) >= _SHORTEST_SLIPPED else text,
}


def meant_ones(engine: str, gazetteer: Gazetteer, rng: random.Random, count: int) -> Iterator[Meant]:
    """Doctors as they are in the index, cities by population, specialities by name, facilities by kind and number."""
    doctors = _doctors(engine, count, rng)
    cities = [place for place in gazetteer.settlements() if place.category in "KM" and place.population]
    weights = [place.population or 0 for place in cities]
    for at in range(count):
        what = rng.random()
        if what < 0.5:
            name = doctors[at % len(doctors)]
            text = f"{name['last']} {name['first']}" if rng.random() < 0.4 else name["last"]
            yield Meant(text.lower(), "doctors", lambda found, last=name["last"]: last in found["name"])  # type: ignore[misc]
        elif what < 0.75:
            city = rng.choices(cities, weights)[0]
            yield Meant(city.name.lower(), "places", lambda found, code=city.code: found["code"] == code)  # type: ignore[misc]
        elif what < 0.9:
            info = rng.choice(list(specialities().values()))
            yield Meant(info.uk.lower(), "specialities", lambda found, code=info.code: found["code"] == code)  # type: ignore[misc]
        else:
            text = rng.choice(("амбулаторія", "поліклініка", "лікарня")) + f" {rng.randint(1, 5)}"
            number = text.split()[1]
            yield Meant(text, "facilities", lambda found, number=number: number in (found["name"] or ""))  # type: ignore[misc]


def cut(text: str, rng: random.Random) -> str:
    """Somewhere on the way through the text; never before the second letter, in a second word after its second."""
    words = text.split(" ")
    if len(words) > 1 and rng.random() < 0.6:
        return text[: len(words[0]) + 1 + rng.randint(2, max(2, len(words[1])))]
    low, high = _LETTERS
    return text[: rng.randint(min(low, len(text)), min(high, len(text)))]


def main() -> None:
    """Asks and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--api", required=True)
    parser.add_argument("--engine", required=True)
    parser.add_argument("--gazetteer", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200, help="beginnings of each spelling")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true", help="list what was not found from the fourth letter on")
    options = parser.parse_args()
    gazetteer, rng = Gazetteer.load(options.gazetteer), random.Random(options.seed)
    everything: list[tuple[float, float, bool]] = []
    print(
        f"{'spelling':<16}{'asked':>6}  {'seen p50':>9}{'p99':>8}{'max':>8}  {'took p50':>9}{'p99':>8}{'max':>8}  found"
    )
    with httpx.Client(base_url=options.api, timeout=10.0) as client:
        for _ in range(20):
            client.get("/v1/suggest", params={"q": "ки"})
        for spelling, spell in SPELLINGS.items():
            rows = []
            for meant in meant_ones(options.engine, gazetteer, rng, options.count):
                typed = spell(cut(meant.text, rng), rng)
                near = {"near": "50.4500,30.5200"} if rng.random() < 0.5 else {}
                began = time.perf_counter()
                answer = client.get("/v1/suggest", params={"q": typed, "limit": 10, **near})
                seen = (time.perf_counter() - began) * 1_000
                answer.raise_for_status()
                found = answer.json()
                good = any(meant.is_it(one) for one in found[meant.among])
                if options.missed and not good and len(typed) > 3:
                    print(f"    {typed!r} is no {meant.text!r}: {[one.get('name', one) for one in found[meant.among]]}")
                rows.append((seen, found["took_ms"], good))
            everything += rows
            _print(spelling, rows)
    _print("all", everything)


def _print(spelling: str, rows: list[tuple[float, float, bool]]) -> None:
    cells = []
    for column in (0, 1):
        times = sorted(row[column] for row in rows)
        hundredths = quantiles(times, n=100)
        cells += [f"{hundredths[49]:>9.1f}{hundredths[98]:>8.1f}{times[-1]:>8.1f}"]
    share = sum(good for *_, good in rows) / len(rows)
    print(f"{spelling:<16}{len(rows):>6}  {cells[0]}  {cells[1]}  {share:.3f}")


def _doctors(engine: str, count: int, rng: random.Random) -> list[dict[str, str]]:
    drawn = {
        "function_score": {
            "query": {"term": {"active": True}},
            "random_score": {"seed": rng.randint(1, 9_999), "field": "_seq_no"},
        }
    }
    body = {"size": count, "_source": ["name.last", "name.first"], "query": drawn}
    request = urllib.request.Request(
        f"{engine}/doctors/_search", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=20) as answer:
        return [hit["_source"]["name"] for hit in json.load(answer)["hits"]["hits"]]


if __name__ == "__main__":
    main()
