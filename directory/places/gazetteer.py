"""All places of Ukraine in memory: by code, by name, by sound, by parent, by nearness."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from directory.places import streets
from directory.places.address import Resolution, resolve
from directory.places.gazetteer_file import Sources, read_gazetteer
from directory.places.grid import PointGrid, distance_km
from directory.places.place import QUARTER, SETTLEMENT_CATEGORIES, NameKind, Place
from directory.text import normalise, sound_key, sound_keys, words

_NO_LIMIT_KM = 20_000.0
# A kind written before the name tells which namesake is meant (search notes §5).
_KIND_CATEGORIES = {
    "м": "KM", "місто": "KM", "г": "KM", "город": "KM", "с": "C", "село": "C", "смт": "X", "пгт": "X", "сщ": "X",
    "с-ще": "X", "селище": "X",
}  # fmt: skip
_PARTS_OF_CITIES = frozenset({"B", QUARTER})
# How likely a name of this kind means the place, the likeliest first: «Первомайськ» is a city of today before it is
# what another city used to be called.
_KIND_ORDER = {
    NameKind.OFFICIAL: 0, NameKind.SHORT: 1, NameKind.RUSSIAN: 1, NameKind.FORMER: 2, NameKind.LATIN: 2,
    NameKind.ALTERNATE: 2,
}  # fmt: skip


class PlaceName(NamedTuple):
    """One name of one place, what kind of name it is, and its normalised spelling."""

    text: str
    place: Place
    kind: NameKind
    spelling: str


class Gazetteer:
    """Look-up over the places of one gazetteer file; immutable, safe to share between threads once loaded."""

    def __init__(self, places: Iterable[Place], sources: Sources | None = None) -> None:
        self.sources = sources
        self._places = {place.code: place for place in places}
        self._children: dict[str, list[Place]] = defaultdict(list)
        for place in self._places.values():
            if place.parent is not None and place.category != QUARTER:
                self._children[place.parent].append(place)

    @classmethod
    def load(cls, path: Path) -> "Gazetteer":
        """The gazetteer of a file that `build_gazetteer` wrote; raises GazetteerUnreadable."""
        sources, places = read_gazetteer(path)
        return cls(places, sources)

    def __len__(self) -> int:
        return len(self._places)

    def by_code(self, code: str) -> Place | None:
        """The place with this KATOTTG code, or None."""
        return self._places.get(code)

    def by_name(self, name: str, categories: Collection[str] = SETTLEMENT_CATEGORIES) -> list[Place]:
        """Places one of whose names equals `name` once normalised, the likeliest first.

        Official names go before everyday and Russian ones, these before former ones and the rest, then category, then
        population (search notes §5). City districts are found with `categories="B"`, quarters of cities with Q,
        oblasts, raions and hromadas with O, P and H.
        """
        return [found.place for found in self.named(name, categories)]

    def named(self, name: str, categories: Collection[str] = SETTLEMENT_CATEGORIES) -> list[PlaceName]:
        """The same with the name as the place spells it and its kind: a former name may be another place's of today."""
        return [found for found in self._by_name.get(normalise(name), ()) if found.place.category in categories]

    def names(self) -> Iterator[PlaceName]:
        """Every name of every place, quarters of cities included, with its kind: about 70,000."""
        return iter(self._names)

    def by_key(self, word: str, categories: Collection[str] = SETTLEMENT_CATEGORIES) -> list[Place]:
        """Places one of whose names sounds like `word`, the likeliest first."""
        return [found.place for found in self._by_key.get(sound_key(word), ()) if found.place.category in categories]

    def find(self, text: str, categories: Collection[str] = SETTLEMENT_CATEGORIES) -> list[Place]:
        """Places a person may mean by a written name: exact names, else sound-alikes; «м. Бар», «с. Бар» are obeyed.

        Empty when nothing matches; several when the name is shared: the caller asks or uses the patient's place.
        """
        parts = words(text)
        if len(parts) > 1 and parts[0] in _KIND_CATEGORIES:
            wanted = set(_KIND_CATEGORIES[parts.pop(0)]) & set(categories)
            return self.find(" ".join(parts), wanted)
        name = " ".join(parts)
        return self.by_name(name, categories) or self.by_key(name, categories)

    def settlements(self) -> Iterator[Place]:
        """All places people live in (K, M, X, C), in the codifier's order."""
        return (place for place in self._places.values() if place.is_settlement)

    def places(self) -> Iterator[Place]:
        """Every object of the codifier, parents before children; quarters of cities are not objects of the codifier."""
        return (place for place in self._places.values() if place.category != QUARTER)

    def quarters(self, city: str | None = None) -> Iterator[Place]:
        """The quarters of one city (its code), or of all."""
        return (place for place in self._places.values() if place.category == QUARTER and city in (None, place.parent))

    def oblasts(self) -> list[Place]:
        """The 27 regions: oblasts, Crimea, Київ and Севастополь."""
        return [place for place in self._places.values() if place.parent is None]

    def children(self, code: str) -> list[Place]:
        """The direct children of an object, in the codifier's order, quarters left out; empty for leaves and unknown
        codes."""
        return list(self._children.get(code, ()))

    def ancestors(self, code: str) -> list[Place]:
        """The objects above one, from its parent outwards; empty for regions and unknown codes."""
        chain = []
        place = self._places.get(code)
        while place is not None and place.parent is not None:
            place = self._places[place.parent]
            chain.append(place)
        return chain

    def label(self, place: Place, language: str = "uk") -> str:
        """The name with kind, raion and oblast: «с. Іванівка, Бердичівський район, Житомирська область»."""
        above = [there for there in self.ancestors(place.code) if there.category != "H"]
        return ", ".join(there.title(language) for there in (place, *above))

    def nearest(
        self, lat: float, lon: float, max_km: float = _NO_LIMIT_KM, count: int = 1, oblast: str | None = None
    ) -> list[tuple[float, Place]]:
        """The nearest settlements that have a point of their own, as (distance_km, place), nearest first.

        Only those within `max_km`, and of one oblast (its code) when given; empty when there are none.
        """
        if oblast is not None:
            grid = self._grids.get(oblast)
            return grid.nearest((lat, lon), count, max_km) if grid else []
        return self._grid.nearest((lat, lon), count, max_km)

    def distance_km(self, place: Place, lat: float, lon: float) -> float | None:
        """From a point to the place's point (its own or its ancestor's); None when the place has none."""
        if place.lat is None or place.lon is None:
            return None
        return distance_km((lat, lon), (place.lat, place.lon))

    def resolve(
        self,
        *,
        area: str | None,
        settlement: str | None,
        settlement_type: str | None = None,
        region: str | None = None,
        near: tuple[float, float] | None = None,
    ) -> Resolution:
        """What an upstream address means: the place when it is certain, else the candidates and why not."""
        return resolve(self, area, settlement, settlement_type, region, near)

    def resolve_address(
        self,
        *,
        area: str,
        settlement: str,
        settlement_type: str | None,
        region: str | None,
        near: tuple[float, float] | None,
    ) -> list[Place]:
        """Candidate settlements of an upstream address, best first: one when decided, several when ambiguous."""
        found = self.resolve(
            area=area, settlement=settlement, settlement_type=settlement_type, region=region, near=near
        )
        return [found.place] if found.place else list(found.candidates)

    @cached_property
    def renamed_streets(self) -> Mapping[str, Mapping[str, str]]:
        """City code → former term of a street → its term of today (`directory.places.streets`)."""
        return streets.renamed_streets(self)

    @cached_property
    def _names(self) -> tuple[PlaceName, ...]:
        return tuple(
            PlaceName(text, place, kind, spelling)
            for place in self._places.values()
            for text, kind, spelling in place.spelt_names()
        )

    @cached_property
    def _by_name(self) -> dict[str, tuple[PlaceName, ...]]:
        return self._index(name.spelling for name in self._names)

    @cached_property
    def _by_key(self) -> dict[str, tuple[PlaceName, ...]]:
        return self._index(sound_keys([name.text for name in self._names]))

    @cached_property
    def _grid(self) -> PointGrid[Place]:
        return PointGrid(_own_points(self._places.values()))

    @cached_property
    def _grids(self) -> dict[str, PointGrid[Place]]:
        by_oblast: dict[str, list[Place]] = defaultdict(list)
        for place in self._places.values():
            by_oblast[place.oblast].append(place)
        return {oblast: PointGrid(_own_points(places)) for oblast, places in by_oblast.items()}

    def _index(self, words: Iterable[str]) -> dict[str, tuple[PlaceName, ...]]:
        """Each word leads to every place once, by the likeliest kind of its names that have this key."""
        found: dict[str, dict[str, PlaceName]] = defaultdict(dict)
        for word, name in zip(words, self._names, strict=True):
            if word:
                found[word].setdefault(name.place.code, name)
        return {
            word: tuple(sorted(names.values(), key=self._likeliest) if len(names) > 1 else names.values())
            for word, names in found.items()
        }

    def _likeliest(self, name: PlaceName) -> tuple[int, tuple[int, int, str]]:
        """Sorts by kind and prior; of two parts of cities the one in the larger city is likelier meant."""
        place = name.place
        city = self._places.get(place.parent) if place.category in _PARTS_OF_CITIES and place.parent else None
        category, _, code = place.prior
        return _KIND_ORDER[name.kind], (category, -(city.population or 0), code) if city else place.prior


def _own_points(places: Iterable[Place]) -> Iterator[tuple[tuple[float, float], Place]]:
    for place in places:
        if place.has_own_point and place.lat is not None and place.lon is not None:
            yield (place.lat, place.lon), place
