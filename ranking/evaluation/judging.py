"""Was the query answered rightly: its reading against the true meaning, its first hit against the documents."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from directory.text import normalise
from ranking.evaluation.doctors import Doctors
from ranking.evaluation.grades import is_relevant
from ranking.evaluation.truth import KnownItem, TrueIntent

# What an answer can say to have understood (contract of `understood`); all else in it is about how.
FIELDS = (
    "specialities", "settlement", "oblast", "district", "street",
    "surname", "given_name", "patronymic", "given_initial", "patronymic_initial",
    "facility", "near_me", "gender", "accepts_new", "open_at", "age_group", "language", "out_of_domain",
)  # fmt: skip
_SERVER_FAULT = 500

Understood = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: HTTP status, `understood` (None when there was none), employee ids of the hits in order."""

    status: int
    understood: Understood | None
    hits: tuple[str, ...] = ()
    took_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one query fared. `exact`: the reading equals the true meaning; `first`: the first hit is a right one."""

    item: KnownItem
    reply: Reply
    success: bool
    exact: bool
    first: bool


def judge(item: KnownItem, reply: Reply, doctors: Doctors) -> Verdict:
    """Success is: nothing read into nonsense; the right doctor first where a name was given; else that and an exact
    reading, because a right first hit may be luck where hundreds are right."""
    if item.name == "nonsense":
        quiet = reply.status < _SERVER_FAULT and not (set(said(reply.understood)) - {"out_of_domain"})
        return Verdict(item, reply, quiet, quiet, quiet)
    exact = reads_exactly(reply.understood, item.truth)
    found = [doctors.by_id.get(employee) for employee in reply.hits[:1]]
    first = any(doctor is not None and is_relevant(doctor, item.truth) for doctor in found)
    return Verdict(item, reply, first and (exact or item.truth.by_name), exact, first)


def said(understood: Understood | None) -> dict[str, Any]:
    """The fields that an answer claims to have understood; absent, None, false and empty ones left out."""
    return {name: understood[name] for name in FIELDS if understood.get(name)} if understood else {}


def reads_exactly(understood: Understood | None, truth: TrueIntent) -> bool:
    """Every field of the true meaning was understood, and nothing else was.

    An oblast or raion that only told namesakes apart may be left out; so may an age group that a speciality implies.
    """
    claimed = said(understood)
    for name, value in (("oblast", truth.oblast), ("district", truth.raion)):
        if value is not None and truth.district is None and name in claimed and same_name(claimed[name], value):
            del claimed[name]
    if truth.specialities:
        claimed.pop("age_group", None)
    return claimed.keys() == (wanted := wanted_fields(truth)).keys() and all(
        agrees(name, claimed[name], value) for name, value in wanted.items()
    )


def wanted_fields(truth: TrueIntent) -> dict[str, Any]:
    """The true meaning in the words of `understood`."""
    facility = {"kind": truth.facility_kind, "number": truth.facility_number}
    fields: dict[str, Any] = {
        "specialities": list(truth.specialities),
        "settlement": truth.settlement,
        "district": truth.district,
        "surname": truth.surname,
        "given_name": truth.given_name,
        "patronymic": truth.patronymic,
        "given_initial": truth.given_initial,
        "patronymic_initial": truth.patronymic_initial,
        "facility": facility if truth.facility_kind else None,
        "near_me": truth.near_me,
    }
    return {name: value for name, value in fields.items() if value}


def agrees(name: str, claimed: Any, wanted: Any) -> bool:
    """One field as understood against what was wanted: codes exactly, names without regard to case and apostrophes.

    A settlement may be wanted by code or by name; of a facility only what is wanted is compared.
    """
    if name == "specialities":
        return set(claimed) == set(wanted)
    if name == "settlement":
        return isinstance(claimed, Mapping) and (
            claimed.get("code") == wanted or same_name(str(claimed.get("name") or ""), str(wanted))
        )
    if name == "facility":
        return isinstance(claimed, Mapping) and all(
            same_name(str(claimed.get(part) or ""), str(value)) for part, value in wanted.items() if value is not None
        )
    if isinstance(wanted, bool):
        # «true» of a field that holds a text asks only that something was understood.
        return bool(claimed) is wanted
    return same_name(str(claimed), str(wanted))


def same_name(one: str, other: str) -> bool:
    """Equal once normalised, kinds of areas aside: «Шевченківський район» is «шевченківський»."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    return " ".join(word for word in normalise(name).split() if word not in ("район", "область"))
