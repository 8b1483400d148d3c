"""From the place options of a reading to one place: regions, districts and markers tell namesakes apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.places import SETTLEMENT_CATEGORIES, Place
from ranking.understanding.candidates import PLACES, Option
from ranking.understanding.combine import marker_categories, marks_before
from ranking.understanding.hearing import Match
from ranking.understanding.lexicons import Lexicons
from ranking.understanding.namesakes import OBLAST_AROUND, fits_regions
from ranking.understanding.reading import TakenAs

_CONTRADICTS = 3.0
_SECOND_PLACE = 1.6
_CENTRE_FOR_REGION = 0.4
# «Піщана, Одеська область»: what lies in the region named is the village rather than a surname.
_LIES_IN_REGION = -0.3
_NOT_THE_FIRST = 0.1
_CITIES = frozenset("KM")
_TOWARDS = frozenset({"до", "в", "у", "на", "во", "к", "in", "to", "at"})
_AWAY = frozenset({"з", "із", "зі", "с", "со", "из", "від", "от", "from"})
MAX_NAMESAKES = 10
_MUCH_LARGER = 2


@dataclass(frozen=True, slots=True)
class SettledPlace:
    """A place settled: `district`'s city stands in `settlement`; `namesakes` are what else the place may be."""

    settlement: Place | None = None
    region: Place | None = None
    district: Place | None = None
    penalty: float = 0.0
    namesakes: tuple[Place, ...] = ()
    option: Option | None = None


def settle_places(options: Sequence[Option], lexicons: Lexicons) -> SettledPlace:
    """The settlement, region and district that the options of one reading name together, at the least contradiction."""
    named = [
        (option, _marked_categories(options, at)) for at, option in enumerate(options) if option.taken_as in PLACES
    ]
    if not named:
        return SettledPlace()
    regions = _regions([(o, c) for o, c in named if o.taken_as is TakenAs.REGION])
    settlements = _wanted_first(options, [(o, c) for o, c in named if o.taken_as is TakenAs.PLACE])
    districts = [(o, c) for o, c in named if o.taken_as is TakenAs.DISTRICT]
    penalty = _SECOND_PLACE * max(len(districts) - 1, 0)
    region: Place | None = regions[0] if regions else None
    settlement: Place | None = None
    namesakes: tuple[Place, ...] = ()
    told: Option | None = None
    if settlements:
        first, hints, extra = _main_settlement(settlements)
        penalty += extra
        around = [*regions, *hints]
        in_districts = _cities_of(districts)
        settlement, fitting, cost = _best_settlement(first, around, in_districts)
        penalty += cost
        told = first[0]
        others = [_places(*named)[0] for named in settlements if named is not first]
        namesakes = tuple(dict.fromkeys(place for place in (*others, *fitting) if place is not settlement))
        namesakes = namesakes[:MAX_NAMESAKES]
        if region is not None and regions:
            region = next((one for one in regions if fits_regions(settlement, [one])), region)
    district: Place | None = None
    if districts:
        option, categories = districts[0]
        found = _places(option, categories)
        if settlement is not None:
            inside = [place for place in found if place.parent == settlement.code]
            penalty += 0.0 if inside else _CONTRADICTS
            district = inside[0] if inside else None
        else:
            inside = [place for place in found if fits_regions(place, regions)]
            penalty += 0.0 if inside else _CONTRADICTS
            inside = inside or found
            district = inside[0]
            parent = lexicons.places.by_code(district.parent or "")
            settlement, told = parent, option
            namesakes = tuple(dict.fromkeys(place for place in inside[1:] if place.parent != district.parent))
            namesakes = namesakes[:MAX_NAMESAKES]
    elif settlement is None and region is not None:
        told = next(option for option, _ in named if option.taken_as is TakenAs.REGION)
        namesakes = tuple(place for place in regions[1:] if place.category == region.category)[:MAX_NAMESAKES]
    if region is not None and region.category in SETTLEMENT_CATEGORIES:
        settlement, region = settlement or region, None
    return SettledPlace(settlement, region, district, penalty, namesakes, told)


def _wanted_first(
    options: Sequence[Option], settlements: list[tuple[Option, str | None]]
) -> list[tuple[Option, str | None]]:
    """«з Харкова до Львова»: where somebody goes comes before where they come from."""
    before = {
        option.start: options[at - 1].candidates[0].phrase
        for at, option in enumerate(options)
        if at and options[at - 1].taken_as is TakenAs.FILLER and options[at - 1].candidates
    }

    def rank(named: tuple[Option, str | None]) -> int:
        word = before.get(named[0].start, "")
        return -1 if word in _TOWARDS else 1 if word in _AWAY else 0

    return sorted(settlements, key=rank)


def _marked_categories(options: Sequence[Option], at: int) -> str | None:
    """The categories that a marker before or behind the option allows; None without one."""
    if at + 1 < len(options) and options[at + 1].taken_as is TakenAs.PLACE_MARKER and marks_before(options[: at + 2]):
        return marker_categories(options[at + 1], "after")
    if at > 0 and options[at - 1].taken_as is TakenAs.PLACE_MARKER and not marks_before(options[:at]):
        return marker_categories(options[at - 1], "before") or None
    return None


def _places(option: Option, categories: str | None) -> list[Place]:
    """All places of the option, cheapest candidate first; only those the marker allows when any of them is."""
    found = [place for candidate in option.candidates for place in candidate.value]
    allowed = [place for place in found if categories and place.category in categories]
    return list(dict.fromkeys(allowed or found))


def _regions(named: Sequence[tuple[Option, str | None]]) -> list[Place]:
    """What the named regions may be, the narrowest named first; of two the one must lie in the other."""
    if not named:
        return []
    found = [_places(option, categories) for option, categories in named]
    if len(found) == 1:
        return found[0]
    for one in found[0]:
        for other in found[1]:
            if one is not other and (fits_regions(one, [other]) or fits_regions(other, [one])):
                inner, outer = (one, other) if fits_regions(one, [other]) else (other, one)
                return [inner, outer] if inner.category != "O" else [outer, inner]
    return found[0]


def _main_settlement(
    named: Sequence[tuple[Option, str | None]],
) -> tuple[tuple[Option, str | None], list[Place], float]:
    """Of two settlements named the smaller may lie in the region of the larger: «Іванівка, Одеса»."""
    if len(named) == 1:
        return named[0], [], 0.0
    for main, other in ((named[0], named[1]), (named[1], named[0])):
        centre = _places(*other)[0]
        if centre.category in _CITIES and any(
            _is_smaller(place, centre) and centre.oblast in (place.oblast, _around(place)) for place in _places(*main)
        ):
            region = (
                _Region(centre.oblast)
                if centre.category != "K"
                else _Region(OBLAST_AROUND.get(centre.code, centre.oblast))
            )
            return main, [region], _CENTRE_FOR_REGION + _SECOND_PLACE * (len(named) - 2)  # type: ignore[list-item]
    return named[0], [], _SECOND_PLACE * (len(named) - 1)


def _is_smaller(place: Place, centre: Place) -> bool:
    """«Бровари Київ»: a city too may lie in the region of a much larger one."""
    return place.category not in _CITIES or (place.population or 0) * _MUCH_LARGER < (centre.population or 0)


def _around(place: Place) -> str:
    return next((city for city, oblast in OBLAST_AROUND.items() if oblast == place.oblast), place.oblast)


@dataclass(frozen=True, slots=True)
class _Region:
    """An oblast known by its code alone; enough to ask whether a place lies in it."""

    code: str
    parent: str | None = None


def _cities_of(districts: Sequence[tuple[Option, str | None]]) -> frozenset[str]:
    return frozenset(
        place.parent for option, categories in districts for place in _places(option, categories) if place.parent
    )


def _best_settlement(
    named: tuple[Option, str | None], around: Sequence[Place], in_cities: frozenset[str]
) -> tuple[Place, list[Place], float]:
    """The settlement that fits the regions and districts named beside it, those that fit as well, and the cost."""
    option, categories = named
    fitting: list[tuple[float, Place]] = []
    for candidate in option.candidates:
        allowed = [place for place in candidate.value if not categories or place.category in categories]
        for at, place in enumerate(allowed):
            if fits_regions(place, around) and (not in_cities or place.code in in_cities):
                fitting.append((candidate.cost + (_NOT_THE_FIRST if at else 0.0), place))
    if not fitting:
        every = _places(option, categories)
        return every[0], every, _CONTRADICTS if around or in_cities else 0.0
    fitting.sort(key=lambda pair: pair[0])
    distinct = list(dict.fromkeys(place for _, place in fitting))
    lies = _LIES_IN_REGION if around and option.candidates[0].match < Match.SLIP else 0.0
    return distinct[0], distinct, max(fitting[0][0] - option.candidates[0].cost, 0.0) + lies
