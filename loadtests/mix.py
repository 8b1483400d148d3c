"""What a cabinet's patients ask, in which shares.

Writes, one hold of a place for every 50 searches, join the mix when places can be held; until then nothing stands in
for them.
"""

from bisect import bisect
from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from loadtests import calls
from loadtests.calls import NextPage, OpenHit, Wanted
from loadtests.lexicon import Lexicon, PlaceOfCare
from loadtests.map_moves import MapMoves
from loadtests.points import Points, Zipf
from loadtests.slips import cut_short, slip
from loadtests.trail import THINK_S

SEARCH, NAME, PAGE, CARD = "search", "name_search", "next_page", "card"
SUGGEST, MAP, FACILITIES = "suggest", "map", "facilities"

SHARES = {SEARCH: 70, NAME: 20, PAGE: 7, CARD: 3, SUGGEST: 12, MAP: 6, FACILITIES: 4}
"""Weights: the first four are the mix of searching and add up to 100, the rest comes on top of it."""

PLAIN_WORDS = ("сімейний лікар", "терапевт", "педіатр")
_NO_ANSWERS_YET_S = THINK_S + 1.0
# A fixed day, so that a seed gives the same birth dates whenever it is run.
_BORN_BEFORE = date(2025, 12, 31)
_RADII_KM = (2, 3, 5, 10, 25)
_MOMENTS = ("mon 09:00", "wed 17:30", "fri 08:30", "sat 10:00")


class CabinetMix:
    """Draws what the next patient asks, from a lexicon; one instance a run, it remembers points and maps."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._typed = lexicon.typed_places()
        self._places = Zipf(len(lexicon.places))
        self._typed_places = Zipf(max(1, len(self._typed)))
        self._specialities = Zipf(len(lexicon.specialities))
        self._kinds = list(SHARES)
        self._edges = list(accumulate(SHARES.values()))
        self._maps = MapMoves()
        self._points = Points()
        self._searches = 0
        self._cold_searches = 0
        self._draws: dict[str, Callable[[Random], Wanted]] = {
            SEARCH: self._search,
            NAME: self._name_search,
            PAGE: lambda _: NextPage(PAGE),
            CARD: lambda rng: OpenHit(CARD, rng.random()),
            SUGGEST: self._suggest,
            MAP: self._map,
            FACILITIES: self._facilities,
        }

    def draw(self, rng: Random, at_s: float) -> Wanted:
        """The next request. In the first seconds nothing is answered yet, so pages and cards become searches."""
        kind = self._kinds[bisect(self._edges, rng.random() * self._edges[-1])]
        if kind in (PAGE, CARD) and at_s < _NO_ANSWERS_YET_S:
            kind = SEARCH
        return self._draws[kind](rng)

    @property
    def cold_share(self) -> float:
        """Share of all searches that came with a point never asked about before."""
        return self._cold_searches / self._searches if self._searches else 0.0

    def _place(self, rng: Random) -> PlaceOfCare:
        return self._lexicon.places[self._places.draw(rng)]

    def _typed_place(self, rng: Random) -> PlaceOfCare:
        return self._typed[self._typed_places.draw(rng)]

    def _point_of_search(self, place: PlaceOfCare, rng: Random) -> dict[str, object]:
        point = self._points.draw(place, rng)
        self._cold_searches += point.cold
        return point.near()

    def _doctor_wanted(self, rng: Random) -> dict[str, object]:
        return {"speciality": [self._lexicon.specialities[self._specialities.draw(rng)]]}

    def _search(self, rng: Random) -> calls.Call:
        self._searches += 1
        if self._typed and rng.random() < 0.05:
            return calls.search(SEARCH, {"q": f"{rng.choice(PLAIN_WORDS)} {self._typed_place(rng).name}"})
        body: dict[str, object] = {}
        if self._typed and rng.random() < 0.25:
            body["settlement"] = self._typed_place(rng).name
        else:
            body |= self._point_of_search(self._place(rng), rng)
            if rng.random() < 0.35:
                body["radius_km"] = rng.choice(_RADII_KM)
            if rng.random() < 0.2:
                body["sort"] = "nearest"
        body |= self._doctor_wanted(rng) if rng.random() < 0.6 else _patient(rng)
        for name, share in (("open_only", 0.4), ("contract_only", 0.2)):
            if rng.random() < share:
                body[name] = True
        if rng.random() < 0.1:
            body["gender"] = rng.choice(("FEMALE", "MALE"))
        if rng.random() < 0.05:
            body["open_at"] = rng.choice(_MOMENTS)
        return calls.search(SEARCH, body)

    def _name_search(self, rng: Random) -> calls.Call:
        self._searches += 1
        doctor = rng.choice(self._lexicon.doctors)
        if rng.random() < 0.5:
            typed = cut_short(doctor.last_name, rng)
        else:
            typed = slip(doctor.last_name, rng)
            if rng.random() < 0.5:
                typed += f" {doctor.first_name}"
        place = self._lexicon.places[doctor.place]
        if place in self._typed and rng.random() < 0.4:
            return calls.search(NAME, doctor.by_name(typed) | {"settlement": place.name})
        return calls.search(NAME, doctor.by_name(typed) | self._point_of_search(place, rng))

    def _suggest(self, rng: Random) -> calls.Call:
        what = rng.random()
        if what < 0.6:
            word = rng.choice(self._lexicon.doctors).last_name
        elif what < 0.8:
            word = self._place(rng).name
        else:
            word = rng.choice(PLAIN_WORDS)
        place = self._place(rng)
        return calls.suggest(SUGGEST, cut_short(word, rng), (place.lat, place.lon) if rng.random() < 0.5 else None)

    def _map(self, rng: Random) -> calls.Call:
        box, zoom = self._maps.draw(self._place(rng), rng)
        filters = {}
        if rng.random() < 0.4:
            filters["speciality"] = self._lexicon.specialities[self._specialities.draw(rng)]
        if rng.random() < 0.3:
            filters["open_only"] = "true"
        return calls.map_view(MAP, box, zoom, filters)

    def _facilities(self, rng: Random) -> calls.Call:
        body: dict[str, object] = {}
        if self._typed and rng.random() < 0.5:
            body["settlement"] = self._typed_place(rng).name
        else:
            body |= self._points.draw(self._place(rng), rng).near()
        if self._lexicon.facility_words and rng.random() < 0.4:
            body["q"] = rng.choice(self._lexicon.facility_words)
        else:
            body |= self._doctor_wanted(rng)
        return calls.facilities(FACILITIES, body)


def _patient(rng: Random) -> dict[str, object]:
    age = rng.randint(0, 17) if rng.random() < 0.35 else rng.randint(18, 90)
    if rng.random() < 0.5:
        return {"age": age}
    return {"birth_date": (_BORN_BEFORE - timedelta(days=int(age * 365.25) + rng.randrange(365))).isoformat()}
