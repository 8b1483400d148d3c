"""What documents say of a person, whatever the post: names, age band, experience, capacity, doubts. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from directory.capacity import Capacity, CapacityState, judge_capacity
from directory.documents import CapacityPart, NamePart, PartyPart, number_of
from directory.text import name_parts, sound_key
from esoz.rows import PartyRow
from indexer.display import proper_name
from indexer.posts import officio_speciality
from indexer.quality import Quality
from indexer.snapshot import Person, Snapshot

PLAUSIBLE_AGE = range(18, 101)
PLAUSIBLE_EXPERIENCE = range(81)

_MIXED_SCRIPTS = re.compile(r"(?=\w*[а-яёіїєґА-ЯЁІЇЄҐ])(?=\w*[A-Za-z])\w+")


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as documents carry it; `capacity_flags` concern only posts that may hold declarations."""

    party: PartyPart
    name: NamePart
    capacity: Capacity
    capacity_part: CapacityPart
    flags: tuple[Quality, ...]
    capacity_flags: tuple[Quality, ...]


def describe_person(person: Person, snapshot: Snapshot) -> PersonFacts:
    """The parts of one person; what upstream gives that cannot be true is left out and flagged."""
    row, flags = person.party, []
    name = name_part(row.last_name, row.first_name, row.second_name)
    if not name.last or not name.first:
        flags.append(Quality.NAME_INCOMPLETE)
    if any(_MIXED_SCRIPTS.search(text) for text in (name.last, name.first, name.second or "")):
        flags.append(Quality.NAME_MIXED_SCRIPTS)
    if row.verification_status != "VERIFIED":
        flags.append(Quality.NOT_VERIFIED)
    if person.possible_duplicate:
        flags.append(Quality.POSSIBLE_DUPLICATE)
    age = _age(row, snapshot)
    if age is None:
        flags.append(Quality.BIRTH_YEAR_IMPLAUSIBLE)
    experience = None if row.working_experience is None else int(row.working_experience)
    if experience is not None and experience not in PLAUSIBLE_EXPERIENCE:
        flags.append(Quality.EXPERIENCE_IMPLAUSIBLE)
        experience = None
    capacity, capacity_flags = _judge(person, snapshot)
    return PersonFacts(
        party=PartyPart(
            id=row.id,
            number=number_of(row.id),
            gender=row.gender,
            age_band=None if age is None else f"{age // 10 * 10}-{age // 10 * 10 + 9}",
            experience_years=experience,
            verification_status=row.verification_status,
        ),
        name=name,
        capacity=capacity,
        capacity_part=CapacityPart(
            state=str(capacity.shown_state),
            limit=capacity.limit,
            count=capacity.count,
            as_of=capacity.as_of,
            limiting_speciality=capacity.limiting_speciality,
        ),
        flags=tuple(flags),
        capacity_flags=capacity_flags,
    )


def name_part(last: str | None, first: str | None, second: str | None) -> NamePart:
    """Names as shown and as looked up; what is missing is an empty string or None and finds nothing."""
    surname, given, patronymic = _name(last), _name(first), _name(second)
    typing = [" ".join(name.parts[0] for name in (surname, given, patronymic) if name.parts)]
    if "-" in typing[0]:
        typing.append(typing[0].replace("-", " "))
    return NamePart(
        last=surname.shown or "",
        first=given.shown or "",
        second=patronymic.shown,
        surname=surname.parts,
        given=given.parts,
        patronymic=patronymic.parts,
        surname_key=surname.keys,
        given_key=given.keys,
        patronymic_key=patronymic.keys,
        typing=tuple(typing),
        typing_key=tuple(" ".join(map(sound_key, text.split())) for text in typing),
    )


@dataclass(frozen=True, slots=True)
class _Name:
    shown: str | None
    parts: tuple[str, ...]
    keys: tuple[str, ...]


@lru_cache(maxsize=65_536)
def _name(upstream: str | None) -> _Name:
    """One name of a person; cached, because given names, patronymics and most surnames are shared by many."""
    shown = proper_name(upstream)
    parts = name_parts(shown or "")
    return _Name(shown, parts, tuple(dict.fromkeys(key for part in parts if (key := sound_key(part)))))


def _judge(person: Person, snapshot: Snapshot) -> tuple[Capacity, tuple[Quality, ...]]:
    """Capacity over the officio specialities of all employments, whatever their status (domain rules §4)."""
    officio = (officio_speciality(post.employee) for post in person.posts)
    limit = person.limit.declarations_limit if person.limit else None
    count = person.limit.declarations_count if person.limit else None
    capacity = judge_capacity(
        limit=limit,
        count=count,
        as_of=snapshot.capacity_as_of,
        now=snapshot.now,
        officio_specialities=[own.speciality for own in officio if own and own.speciality],
        rule=snapshot.capacity,
    )
    flags = []
    if limit is None or count is None:
        flags.append(Quality.LIMIT_MISSING)
    elif capacity.state is CapacityState.UNKNOWN:
        flags.append(Quality.COUNT_STALE)
    if capacity.state is CapacityState.MISMATCH:
        flags.append(Quality.LIMIT_MISMATCH)
    if limit is not None and count is not None and count > limit:
        flags.append(Quality.COUNT_ABOVE_LIMIT)
    return capacity, tuple(flags)


def _age(row: PartyRow, snapshot: Snapshot) -> int | None:
    """Age in years by the year alone, at most one too many; None when upstream's year cannot be a doctor's."""
    year = str(row.year_of_birth or "")
    if not year.isdigit():
        return None
    age = snapshot.day_of("parties").year - int(year)
    return age if age in PLAUSIBLE_AGE else None
