"""What to loosen when a search finds nobody: the ladder of `relaxation.toml`, rung by rung, each a new intent.

Every step is a pure function from an intent to a looser one, or None when the intent does not ask for what it loosens.
"""

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from directory.specialities import speciality_label
from ranking.density import RADII_KM
from ranking.intent import AreaLevel, FacilityIntent, FacilityWords, Kind, NameWords, RadiusSource, SearchIntent, Where
from ranking.reasons import Reason

MOST_RUNGS = 3

Intent = SearchIntent | FacilityIntent
AnyIntent = TypeVar("AnyIntent", SearchIntent, FacilityIntent)

_FILE = Path(__file__).with_name("relaxation.toml")
# Three steps up: 3 km become 25, 10 become 100, so that one more trip nearly always suffices.
_STEPS_UP = 3
_SURROUNDINGS_KM = 25.0
# The middle of these says nothing of their surroundings.
_PARTS_OF_CITY = (AreaLevel.DISTRICT, AreaLevel.QUARTER)
_LARGE = (AreaLevel.OBLAST, AreaLevel.RAION)


class RelaxationError(ValueError):
    """The ladder is not as it must be; the message names the step and the cure."""


@runtime_checkable
class Loosening(Protocol):
    """Names that know a looser form of themselves: None when there is none."""

    def looser(self) -> NameWords | None: ...


@dataclass(frozen=True, slots=True)
class Loosened:
    """One thing that was loosened: `what` step, the value before and after (None where there is no value to show)."""

    what: str
    before: Any = None
    after: Any = None

    @property
    def text(self) -> Reason:
        """The same in words."""
        words = ladder().texts[self.what]
        return Reason(*(
            words.text(language).replace("{from}", _shown(self.before, language)).replace(
                "{to}", _shown(self.after, language)
            )
            for language in ("uk", "en")
        ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rung(Generic[AnyIntent]):
    """One more try: the looser intent, and all that was loosened to come to it."""

    intent: AnyIntent
    loosened: tuple[Loosened, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The data of the file: steps by rung, what each says, and which specialities take the same patients."""

    rungs: tuple[tuple[str, ...], ...]
    texts: Mapping[str, Reason]
    suitable: Mapping[str, tuple[str, ...]]


def rungs_of(intent: AnyIntent, *, kept: Collection[str] = ()) -> list[Rung[AnyIntent]]:
    """The further tries for an intent that found nobody, at most three, each looser than the one before.

    Steps named in `kept` are left out. Empty when nothing may be loosened: what was asked for as a parameter stays.
    """
    found: list[Rung[AnyIntent]] = []
    looser, loosened = intent, tuple[Loosened, ...]()
    for steps in ladder().rungs:
        before = len(loosened)
        for name in steps:
            step = STEPS[name]
            if name not in kept and (after := step.loosen(looser)) is not None:
                loosened += (Loosened(name, step.shown(looser), step.shown(after)),)
                looser = after
        if len(loosened) > before:
            found.append(Rung(looser, loosened))
    return found


def wider_radius(where: Where) -> Where | None:
    """The same ground with a wider radius; None when the radius was asked for, is the widest, or there is none."""
    if where.source is not RadiusSource.PLANNED or where.radius_km is None:
        return None
    wider = [radius_km for radius_km in RADII_KM if radius_km > where.radius_km][:_STEPS_UP]
    return replace(where, radius_km=wider[-1]) if wider else None


@lru_cache(maxsize=1)
def ladder() -> Ladder:
    """The ladder of the product."""
    return parse_ladder(_FILE.read_text("utf-8"))


def parse_ladder(text: str) -> Ladder:
    """A ladder from the text of such a file; raises RelaxationError naming the first fault."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RelaxationError(f"the ladder is not TOML: {error}") from error
    rungs = tuple(tuple(steps) for steps in data.get("rungs", ()))
    said = data.get("step", {})
    named = [name for steps in rungs for name in steps]
    if not 1 <= len(rungs) <= MOST_RUNGS:
        raise RelaxationError(f"there are {len(rungs)} rungs: write one to {MOST_RUNGS}, each costs a trip")
    for name in named:
        if name not in STEPS:
            raise RelaxationError(f"step «{name}» is not known; the steps are {', '.join(sorted(STEPS))}")
        if named.count(name) > 1:
            raise RelaxationError(f"step «{name}» stands on the ladder twice: keep one")
    for name in sorted(set(named) ^ set(said)):
        raise RelaxationError(f"step «{name}» must stand on a rung and have its [step.{name}] with uk, en and why")
    for name, words in said.items():
        if set(words) != {"uk", "en", "why"} or not all(str(value).strip() for value in words.values()):
            raise RelaxationError(f"[step.{name}] needs uk, en and why, and nothing else")
    return Ladder(
        rungs,
        {name: Reason(words["uk"], words["en"]) for name, words in said.items()},
        {code: tuple(codes) for code, codes in data.get("suitable", {}).items()},
    )


@dataclass(frozen=True, slots=True)
class Step:
    """How an intent is loosened (None = does not apply), and which of its values the patient is told about."""

    loosen: Callable[[Any], Any]
    shown: Callable[[Any], Any] = lambda _: None


def _on_ground(change: Callable[[Intent], Where | None]) -> Callable[[Intent], Intent | None]:
    def loosen(intent: Intent) -> Intent | None:
        where = change(intent)
        return None if where is None else replace(intent, where=where)

    return loosen


def _whole_settlement(intent: Intent) -> Where | None:
    where = intent.where
    if where.area is None or where.area.level not in _PARTS_OF_CITY or where.area.within is None:
        return None
    return replace(where, area=where.area.within, source=RadiusSource.SETTLEMENT, center=None, radius_km=None)


def _surroundings(intent: Intent) -> Where | None:
    """Around an asked-for area that held nobody; a planned radius goes around it already."""
    where = intent.where
    if where.source is not RadiusSource.SETTLEMENT or where.area is None or where.area.point is None:
        return None
    if where.area.level in _LARGE or _is_named(intent):
        return None
    return replace(
        where, source=RadiusSource.PLANNED, center=where.area.point, radius_km=_SURROUNDINGS_KM, widened=True
    )


def _country(intent: Intent) -> Where | None:
    """All of the country for what is named, measured from the area that held nobody of that name."""
    where = intent.where
    if where.area is None or where.source is RadiusSource.ASKED or not _is_named(intent):
        return None
    return replace(where, source=RadiusSource.COUNTRY, center=None, radius_km=None, area=None, widened=False)


def _any_facility(intent: Intent) -> Intent | None:
    """All facilities and streets of the same ground; a facility looked for by its own name stays what it is."""
    bounded = intent.where.area is not None or intent.where.radius_km is not None
    if isinstance(intent, FacilityIntent):
        return (
            None
            if not intent.facility or not bounded or _is_named(intent)
            else replace(intent, facility=FacilityWords())
        )
    if not (intent.facility or intent.street) or not bounded:
        return None
    return replace(intent, facility=FacilityWords(), street=None)


def _wider_planned_radius(intent: Intent) -> Where | None:
    """Not for doctors of a facility: where that is nowhere near, a wider circle holds another one of its name."""
    if isinstance(intent, SearchIntent) and intent.facility:
        return None
    return wider_radius(intent.where)


def _is_named(intent: Intent) -> bool:
    return bool(intent.names) if isinstance(intent, SearchIntent) else bool(intent.facility.words)


def _suitable(intent: Intent) -> Intent | None:
    if not isinstance(intent, SearchIntent) or "specialities" not in intent.understood:
        return None
    also = (code for asked in intent.specialities for code in ladder().suitable.get(asked, ()))
    wider = tuple(dict.fromkeys([*intent.specialities, *also]))
    return replace(intent, specialities=wider) if len(wider) > len(intent.specialities) else None


def _all_kinds(intent: Intent) -> Intent | None:
    if not isinstance(intent, SearchIntent) or "kind" not in intent.understood or intent.kind is Kind.ALL:
        return None
    return replace(intent, kind=Kind.ALL) if intent.names and not intent.specialities else None


def _full_too(intent: Intent) -> Intent | None:
    return replace(intent, open_only=False) if intent.open_only else None


def _no_places(intent: Intent) -> Intent | None:
    """Specialists hold no declarations, so nothing is known of their places (domain rules §4)."""
    specialists = isinstance(intent, SearchIntent) and intent.kind is Kind.SPECIALIST
    return _full_too(intent) if specialists else None


def _any_hour(intent: Intent) -> Intent | None:
    if not isinstance(intent, SearchIntent) or intent.open_at is None or "open_at" not in intent.understood:
        return None
    return replace(intent, open_at=None)


def _any_contract(intent: Intent) -> Intent | None:
    if not isinstance(intent, SearchIntent) or not intent.contract_only or "contract_only" not in intent.understood:
        return None
    return replace(intent, contract_only=False)


def _looser_name(intent: Intent) -> Intent | None:
    if not isinstance(intent, SearchIntent) or not intent.names or not isinstance(intent.names, Loosening):
        return None
    names = intent.names.looser()
    return None if names is None else replace(intent, names=names)


def _area_name(intent: Intent) -> str | None:
    return intent.where.area.name if intent.where.area else None


def _radius_or_area(intent: Intent) -> float | str | None:
    return intent.where.radius_km if intent.where.radius_km is not None else _area_name(intent)


def _shown(value: Any, language: str) -> str:
    """A value of an intent in words: kilometres, labels of specialities, a name."""
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, tuple):
        return ", ".join(speciality_label(code, language) for code in value)
    return "" if value is None else str(value)


STEPS: Mapping[str, Step] = {
    "radius": Step(_on_ground(_wider_planned_radius), lambda intent: intent.where.radius_km),
    "district": Step(_on_ground(_whole_settlement), _area_name),
    "surroundings": Step(_on_ground(_surroundings), _radius_or_area),
    "country": Step(_on_ground(_country), _area_name),
    "specialities": Step(_suitable, lambda intent: intent.specialities),
    "kind": Step(_all_kinds, lambda intent: intent.kind.value),
    "places": Step(_no_places),
    "facility": Step(_any_facility),
    "open_only": Step(_full_too),
    "hours": Step(_any_hour),
    "contract": Step(_any_contract),
    "name": Step(_looser_name),
}
