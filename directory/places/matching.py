"""Which GeoNames row is which settlement of the codifier.

Neither side knows the other's codes, and half of all settlements share their name. So names propose, and neighbours
decide: rows whose name is unique in their oblast are placed first; every further row goes to the namesake whose
hromada (or raion) already lies around it, when that is clearly the best reading. A row is never given to two
settlements, and a doubtful row to none: a wrong point does more harm than a rough one.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from directory.places.grid import Point, distance_km
from directory.places.place import SETTLEMENT_CATEGORIES
from directory.places.sources import CodifierObject, GeoRow
from directory.text import normalise, sound_key

# A village of more people than this is really a city district that shares its name.
_MOST_PEOPLE = {"C": 25_000, "X": 45_000}
# Rounds from the surest to the boldest: the best reading must lie within `reach_km` of its neighbours and beat the
# second by this factor. Measured against a reference: bolder rounds place few more rows and mostly wrongly.
_ROUNDS = ((3.0, 15.0), (2.0, 20.0), (1.5, 30.0), (1.15, 35.0))
_LEAST_LEAD_KM = 3.0
_SAME_PLACE_KM = 5.0
_TOO_FAR_FROM_RAION_KM = 60.0
_TOO_FAR_FROM_BOTH_KM = (30.0, 55.0)
_NEIGHBOURS = 3
_RAION_DOUBT_KM = 10.0
_NAME_DOUBT_KM = {"official": 0.0, "sound": 2.0, "alternate": 6.0}
_PEOPLE_DOUBT_KM = (
    (8_000, {"M": 0.0, "X": 6.0, "C": 10.0}),
    (2_500, {"M": 2.0, "X": 0.0, "C": 6.0}),
    (-1, {"M": 10.0, "X": 1.5, "C": 0.0}),
)
_DISTRICT_REACH_KM = 25.0
_DISTRICT_WORDS = (" район", " raion", " rayon")


@dataclass(frozen=True, slots=True)
class _Proposal:
    settlement: CodifierObject
    doubt_km: float


def match_settlements(objects: Iterable[CodifierObject], rows: Iterable[GeoRow]) -> dict[str, GeoRow]:
    """Settlement code -> its GeoNames row; a row serves one settlement at most."""
    return _Matching(list(objects), list(rows)).run()


def match_districts(
    objects: Iterable[CodifierObject], rows: Iterable[GeoRow], settlements: dict[str, GeoRow]
) -> dict[str, GeoRow]:
    """City district code -> its GeoNames row, taken from the rows that no settlement took."""
    taken = {row.number for row in settlements.values()}
    by_name: dict[str, list[GeoRow]] = defaultdict(list)
    for row in rows:
        if row.number not in taken:
            for name in {_without_district_word(name) for name in (row.name, *row.alternates)}:
                by_name[name].append(row)
    found: dict[str, GeoRow] = {}
    for district in objects:
        city = settlements.get(district.ancestors[-1]) if district.category == "B" else None
        if city is None:
            continue
        near = [
            row
            for row in by_name[normalise(district.name)]
            if row.number not in taken and distance_km(row.point, city.point) <= _DISTRICT_REACH_KM
        ]
        if near:
            found[district.code] = max(near, key=lambda row: (row.population, -row.number))
            taken.add(found[district.code].number)
    return found


class _Matching:
    def __init__(self, objects: list[CodifierObject], rows: list[GeoRow]) -> None:
        settlements = [found for found in objects if found.category in SETTLEMENT_CATEGORIES]
        self.rows = {row.number: row for row in rows}
        self.placed: dict[str, GeoRow] = {}
        self.discarded: set[int] = set()
        self.hromada_of = {found.code: _ancestor(found, 2) for found in settlements}
        self.raion_of = {found.code: _ancestor(found, 1) for found in settlements}
        self.category_of = {found.code: found.category for found in settlements}
        self.members: dict[str, list[str]] = defaultdict(list)
        for found in settlements:
            for ancestor in (self.hromada_of[found.code], self.raion_of[found.code]):
                if ancestor is not None:
                    self.members[ancestor].append(found.code)
        self.proposals = _propose(settlements, rows)

    def run(self) -> dict[str, GeoRow]:
        self._place_unique()
        self._remove_strays()
        for lead, reach_km in _ROUNDS:
            while self._place_clear(lead, reach_km):
                pass
        self._remove_strays()
        return dict(sorted(self.placed.items()))

    def _place_unique(self) -> None:
        """Rows with one reading, by their own name, that no other row claims."""
        claims: dict[str, list[int]] = defaultdict(list)
        for number, proposals in self.proposals.items():
            for proposal in proposals:
                claims[proposal.settlement.code].append(number)
        for number, proposals in self.proposals.items():
            if len(proposals) == 1 and proposals[0].doubt_km < _NAME_DOUBT_KM["alternate"]:
                code = proposals[0].settlement.code
                if claims[code] == [number]:
                    self.placed[code] = self.rows[number]

    def _remove_strays(self) -> None:
        """Takes back points far from all others of their raion, the worst first, since a stray makes others look bad.

        Cities stay: one of them is an exclave of its raion, and a city's name is rarely another place's.
        """
        while True:
            strays = []
            for code, row in self.placed.items():
                if self.category_of[code] in "KM":
                    continue
                raion_km = self._from_members(self.raion_of[code], code, row.point, _NEIGHBOURS) or 0.0
                hromada_km = self._from_members(self.hromada_of[code], code, row.point, 1) or 0.0
                if raion_km > _TOO_FAR_FROM_RAION_KM or (
                    raion_km > _TOO_FAR_FROM_BOTH_KM[0] and hromada_km > _TOO_FAR_FROM_BOTH_KM[1]
                ):
                    strays.append((raion_km, code))
            if not strays:
                return
            _, code = max(strays)
            self.discarded.add(self.placed.pop(code).number)

    def _place_clear(self, lead: float, reach_km: float) -> int:
        taken = {row.number for row in self.placed.values()} | self.discarded
        wanted: dict[str, list[tuple[float, int]]] = defaultdict(list)
        for number, proposals in self.proposals.items():
            if number in taken:
                continue
            reading = self._clear_reading(self.rows[number], proposals, lead, reach_km)
            if reading is not None:
                wanted[reading[1]].append((reading[0], number))
        for code, claims in wanted.items():
            winner = self._winner(claims)
            if winner is not None:
                self.placed[code] = self.rows[winner]
        return sum(code in self.placed for code in wanted)

    def _clear_reading(
        self, row: GeoRow, proposals: list[_Proposal], lead: float, reach_km: float
    ) -> tuple[float, str] | None:
        costs = []
        for proposal in proposals:
            code = proposal.settlement.code
            there = self.placed.get(code)
            if there is not None and distance_km(there.point, row.point) <= _SAME_PLACE_KM:
                return None
            if there is None:
                doubt_km = proposal.doubt_km + _people_doubt_km(proposal.settlement.category, row.population)
                costs.append((self._from_neighbours(code, row.point) + doubt_km, doubt_km, code))
        if not costs:
            return None
        costs.sort()
        best_km, doubt_km, code = costs[0]
        if best_km - doubt_km > reach_km:
            return None
        if len(costs) > 1 and costs[1][0] - best_km < max(_LEAST_LEAD_KM, best_km * (lead - 1)):
            return None
        return best_km, code

    def _winner(self, claims: list[tuple[float, int]]) -> int | None:
        """Of several rows that read as one settlement: the nearest when clear, the most populous of duplicates."""
        claims.sort()
        best_km, best = claims[0]
        if len(claims) == 1:
            return best
        second_km, second = claims[1]
        if distance_km(self.rows[best].point, self.rows[second].point) <= _SAME_PLACE_KM:
            return max((best, second), key=lambda number: (self.rows[number].population, -number))
        return best if second_km - best_km >= _LEAST_LEAD_KM else None

    def _from_neighbours(self, code: str, point: Point) -> float:
        """How far a point is from where the settlement should be: from its hromada, else roughly from its raion."""
        nearest_km = self._from_members(self.hromada_of[code], code, point, 1)
        if nearest_km is not None:
            average_km = self._from_members(self.hromada_of[code], code, point, None)
            return nearest_km if average_km is None else (nearest_km + average_km) / 2
        raion_km = self._from_members(self.raion_of[code], code, point, _NEIGHBOURS)
        return float("inf") if raion_km is None else raion_km + _RAION_DOUBT_KM

    def _from_members(self, ancestor: str | None, code: str, point: Point, count: int | None) -> float | None:
        """Mean distance to the `count` nearest placed members (None: to all), the settlement itself left out."""
        members = self.members[ancestor] if ancestor is not None else []
        placed = self.placed
        away_km = sorted(
            distance_km(point, placed[member].point) for member in members if member in placed and member != code
        )[:count]
        return sum(away_km) / len(away_km) if away_km else None


def _propose(settlements: list[CodifierObject], rows: list[GeoRow]) -> dict[int, list[_Proposal]]:
    """Every settlement a row's names allow; readings by alternate names only where its own name gives none."""
    by_name: dict[tuple[str, str], list[CodifierObject]] = defaultdict(list)
    by_key: dict[tuple[str, str], list[CodifierObject]] = defaultdict(list)
    for found in settlements:
        by_name[found.code[2:4], normalise(found.name)].append(found)
        by_key[found.code[2:4], sound_key(found.name)].append(found)
    proposals = {}
    for row in rows:
        names = frozenset(normalise(name) for name in row.alternates)
        found_by: dict[str, _Proposal] = {}
        for prefix in row.prefixes:
            own = by_key.get((prefix, sound_key(row.name)), [])
            spelled = [there for name in sorted(names) for there in by_name.get((prefix, name), [])]
            alike = [there for name in sorted(names) for there in by_key.get((prefix, sound_key(name)), [])]
            for kind, there in [
                *(("official", there) for there in own if normalise(there.name) in names),
                *(("sound", there) for there in own),
                *(("alternate", there) for there in (() if own else spelled or alike)),
            ]:
                if row.population <= _MOST_PEOPLE.get(there.category, row.population):
                    found_by.setdefault(there.code, _Proposal(there, _NAME_DOUBT_KM[kind]))
        if found_by:
            proposals[row.number] = [found_by[code] for code in sorted(found_by)]
    return proposals


def _people_doubt_km(category: str, population: int) -> float:
    """What speaks against a row of so many people being a place of this category, in kilometres of misplacement."""
    return next(doubts.get(category, 0.0) for people, doubts in _PEOPLE_DOUBT_KM if population > people)


def _without_district_word(name: str) -> str:
    name = normalise(name)
    for word in _DISTRICT_WORDS:
        name = name.removesuffix(word)
    return name


def _ancestor(found: CodifierObject, level: int) -> str | None:
    return found.ancestors[level] if len(found.ancestors) > level else None
