"""Ten kinds of query by name: measured one by one, or all together at a rate."""

from collections.abc import Callable
from random import Random

from loadtests import calls
from loadtests.calls import Call
from loadtests.errors import CannotRun
from loadtests.lexicon import PRIMARY_CARE, Lexicon, PlaceOfCare
from loadtests.map_moves import MapMoves
from loadtests.points import Zipf, scatter
from loadtests.slips import cut_short


class TenKinds:
    """Draws queries of ten kinds: places by a power law, a new point each time. Raises CannotRun when the registry
    has no city or no specialist to ask for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._typed = lexicon.typed_places()
        self._specialists = [code for code in lexicon.specialities if code not in PRIMARY_CARE]
        if not self._typed or not self._specialists:
            missing = "city with a name of its own" if not self._typed else "specialist"
            raise CannotRun(
                f"The registry holds no {missing}, so the ten kinds cannot be asked: generate a larger one."
            )
        self._places = Zipf(len(lexicon.places))
        self._typed_places = Zipf(len(self._typed))
        self._specialist_ranks = Zipf(len(self._specialists))
        # Whoever asks for a name in a city mostly asks for somebody who is there.
        self._townspeople = [
            doctor for doctor in lexicon.doctors if lexicon.places[doctor.place] in self._typed
        ] or list(lexicon.doctors)
        self._maps = MapMoves()
        self.draws: dict[str, Callable[[Random], Call]] = {
            "specialist_by_city": self._specialist_by_city,
            "therapist_near": self._therapist_near,
            "child_near": self._child_near,
            "open_only": self._open_only,
            "name_exact": self._name_exact,
            "name_and_city": self._name_and_city,
            "nearest": self._nearest,
            "facilities": self._facilities,
            "map": self._map,
            "suggest": self._suggest,
        }
        self._names = list(self.draws)

    def draw(self, rng: Random, at_s: float) -> Call:
        """A query of any of the kinds, each as often as the others."""
        del at_s
        return self.draws[rng.choice(self._names)](rng)

    def _near(self, rng: Random) -> dict[str, object]:
        place = self._lexicon.places[self._places.draw(rng)]
        lat, lon = scatter(place.lat, place.lon, place.spread_km, rng)
        return {"near": {"lat": lat, "lon": lon}}

    def _city(self, rng: Random) -> PlaceOfCare:
        return self._typed[self._typed_places.draw(rng)]

    def _specialist_by_city(self, rng: Random) -> Call:
        code = self._specialists[self._specialist_ranks.draw(rng)]
        return calls.search("specialist_by_city", {"settlement": self._city(rng).name, "speciality": [code]})

    def _therapist_near(self, rng: Random) -> Call:
        return calls.search("therapist_near", self._near(rng) | {"speciality": ["THERAPIST"]})

    def _child_near(self, rng: Random) -> Call:
        return calls.search("child_near", self._near(rng) | {"age": rng.randint(0, 17)})

    def _open_only(self, rng: Random) -> Call:
        return calls.search("open_only", self._near(rng) | {"age": rng.randint(18, 90), "open_only": True})

    def _name_exact(self, rng: Random) -> Call:
        doctor = rng.choice(self._lexicon.doctors)
        return calls.search("name_exact", doctor.by_name(doctor.full_name))

    def _name_and_city(self, rng: Random) -> Call:
        doctor = rng.choice(self._townspeople)
        city = self._lexicon.places[doctor.place].name
        return calls.search("name_and_city", doctor.by_name(f"{doctor.last_name} {city}"))

    def _nearest(self, rng: Random) -> Call:
        return calls.search("nearest", self._near(rng) | {"speciality": ["FAMILY_DOCTOR"], "sort": "nearest"})

    def _facilities(self, rng: Random) -> Call:
        return calls.facilities("facilities", {"settlement": self._city(rng).name})

    def _map(self, rng: Random) -> Call:
        box, zoom = self._maps.draw(self._lexicon.places[self._places.draw(rng)], rng)
        return calls.map_view("map", box, zoom)

    def _suggest(self, rng: Random) -> Call:
        return calls.suggest("suggest", cut_short(rng.choice(self._lexicon.doctors).last_name, rng))
