"""Makes a lexicon out of the registry's bulk feeds: every place, and a seeded sample of doctors."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from random import Random
from statistics import median
from typing import Any

import httpx

from loadtests.feeds import read_feed
from loadtests.lexicon import KnownDoctor, Lexicon, PlaceOfCare, written_as_names_are

Row = dict[str, Any]
PlaceKey = str

DOCTORS_KEPT = 5_000
FACILITY_WORDS_KEPT = 200
_LEAST_SPREAD_KM, _MOST_SPREAD_KM = 1.0, 8.0
_KM_A_DEGREE = 111.2
# Generous bounds of the country: swapped and empty coordinates fall outside, the median forgives the rest.
_LAT, _LON = (44.0, 52.5), (22.0, 40.5)
_NAME = re.compile(r"[А-ЯҐЄІЇа-яґєії][А-ЯҐЄІЇа-яґєії’'ʼ-]{2,}")
_FACILITY_WORD = re.compile(r"[А-ЯҐЄІЇа-яґєії-]{5,}")


def gather_lexicon(sandbox_url: str, api_key: str, seed: int) -> Lexicon:
    """Reads divisions, employees and parties once, keeping a sample; raises CannotRun."""
    with httpx.Client(base_url=sandbox_url, headers={"api-key": api_key}, trust_env=False) as client:
        return make_lexicon(
            read_feed(client, "divisions"), read_feed(client, "employees"), read_feed(client, "parties"), seed
        )


def make_lexicon(divisions: Iterable[Row], employees: Iterable[Row], parties: Iterable[Row], seed: int) -> Lexicon:
    """The lexicon of three feeds; the same rows and seed give the same lexicon. Unsound rows are passed over."""
    points: dict[PlaceKey, list[tuple[float, float]]] = defaultdict(list)
    spellings: dict[PlaceKey, Counter[str]] = defaultdict(Counter)
    types: dict[PlaceKey, str | None] = {}
    place_of_division: dict[str, PlaceKey] = {}
    words: Counter[str] = Counter()
    for row in divisions:
        address, point = _address(row), _point(row)
        if row.get("status") != "ACTIVE" or address is None or point is None:
            continue
        # The raion is often missing or an old one, so only the id says that two rows mean one place.
        key = str(address.get("settlement_id") or (address.get("area"), address["settlement"]))
        points[key].append(point)
        spellings[key][str(address["settlement"])] += 1
        types[key] = address.get("settlement_type")
        place_of_division[str(row.get("id"))] = key
        words.update(_FACILITY_WORD.findall(str(row.get("name") or "")))
    ordered = sorted(points, key=lambda key: (-len(points[key]), key))
    numbers = {key: number for number, key in enumerate(ordered)}
    posts, specialities = _sample_posts(employees, place_of_division, Random(f"{seed}/doctors"))
    names = _names({party for party, _, _ in posts}, parties)
    return Lexicon(
        places=tuple(_place(spellings[key].most_common(1)[0][0], types[key], points[key]) for key in ordered),
        doctors=tuple(
            KnownDoctor(*names[party], speciality, numbers[key]) for party, speciality, key in posts if party in names
        ),
        specialities=tuple(sorted(specialities, key=lambda code: (-specialities[code], code))),
        facility_words=tuple(sorted(words, key=lambda word: (-words[word], word))[:FACILITY_WORDS_KEPT]),
    )


def _sample_posts(
    employees: Iterable[Row], place_of_division: dict[str, PlaceKey], rng: Random
) -> tuple[list[tuple[str, str, PlaceKey]], Counter[str]]:
    kept: list[tuple[str, str, PlaceKey]] = []
    specialities: Counter[str] = Counter()
    seen = 0
    for party, speciality, division in _posts(employees):
        specialities[speciality] += 1
        key = place_of_division.get(division)
        if key is None:
            continue
        # Reservoir sampling: each post is kept with the same chance, whatever the length of the feed.
        seen += 1
        if len(kept) < DOCTORS_KEPT:
            kept.append((party, speciality, key))
        elif (at := rng.randrange(seen)) < DOCTORS_KEPT:
            kept[at] = (party, speciality, key)
    return kept, specialities


def _posts(employees: Iterable[Row]) -> Iterator[tuple[str, str, str]]:
    for row in employees:
        officio = row.get("speciality")
        code = officio.get("speciality") if isinstance(officio, dict) else None
        if row.get("status") == "APPROVED" and row.get("is_active") is True and isinstance(code, str):
            yield str(row.get("party_id")), code.upper(), str(row.get("division_id"))


def _names(wanted: set[str], parties: Iterable[Row]) -> dict[str, tuple[str, str, str | None]]:
    found = {}
    for row in parties:
        if row.get("id") not in wanted:
            continue
        last, first, second = (_name(row.get(field)) for field in ("last_name", "first_name", "second_name"))
        if last and first:
            found[str(row["id"])] = (last, first, second)
    return found


def _name(text: object) -> str | None:
    return written_as_names_are(text) if isinstance(text, str) and _NAME.fullmatch(text.strip()) else None


def _address(row: Row) -> dict[str, Any] | None:
    addresses = row.get("addresses")
    for address in addresses if isinstance(addresses, list) else []:
        if isinstance(address, dict) and address.get("settlement"):
            return address
    return None


def _point(row: Row) -> tuple[float, float] | None:
    location = row.get("location")
    if not isinstance(location, dict):
        return None
    lat, lon = location.get("latitude"), location.get("longitude")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    return (lat, lon) if _LAT[0] < lat < _LAT[1] and _LON[0] < lon < _LON[1] else None


def _place(name: str, settlement_type: str | None, points: list[tuple[float, float]]) -> PlaceOfCare:
    lat, lon = median(point[0] for point in points), median(point[1] for point in points)
    a_degree_east = _KM_A_DEGREE * math.cos(math.radians(lat))
    apart = median(math.hypot((at[0] - lat) * _KM_A_DEGREE, (at[1] - lon) * a_degree_east) for at in points)
    return PlaceOfCare(
        name=written_as_names_are(name),
        settlement_type=settlement_type,
        lat=round(lat, 5),
        lon=round(lon, 5),
        spread_km=round(min(max(apart, _LEAST_SPREAD_KM), _MOST_SPREAD_KM), 2),
        divisions=len(points),
    )
