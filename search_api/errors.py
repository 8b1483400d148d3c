"""What can go wrong while answering, as values: `search_api.problems` says how each is shown."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: the parameter as the caller spelled it, and a code of `texts.toml`.

    `values` fill the text with limits or codes. The value that was sent is never carried: it may be personal.
    `candidates` are (code, label) of the settlements an ambiguous name may mean.
    """

    field: str
    code: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    candidates: tuple[tuple[str, str], ...] = ()


@dataclass(eq=False)
class ApiError(Exception):
    """A request that gets a problem in place of an answer; the class decides its type and status."""

    faults: tuple[Fault, ...] = ()


class RequestFaulty(ApiError):
    """Parameters are wrong, together or alone; `faults` names each."""


class BodyUnreadable(ApiError):
    """The body is not JSON, or not an object."""


class BodyTooLarge(ApiError):
    """The body is longer than any request needs."""


class WrongMediaType(ApiError):
    """The body is declared to be something else than JSON."""


class PlaceNeeded(ApiError):
    """Neither place nor name nor facility: nobody could say which doctors are meant."""


class CursorInvalid(ApiError):
    """The cursor was not made here, was altered, or belongs to another request."""


class CursorExpired(ApiError):
    """The cursor was good, but the index or the ranking it began on is gone."""


class TooDeep(ApiError):
    """The search was paged to its last allowed page."""


class NotFound(ApiError):
    """No such doctor, facility or dictionary."""


@dataclass(eq=False)
class EngineFault(Exception):
    """The engine gave no whole answer. `reason` is one of a few fixed words, safe for logs and metrics."""

    reason: str
    retry_after_s: int = 2


class EngineUnavailable(EngineFault):
    """No connection, an error of the engine itself, or it refuses work."""


class EngineTimedOut(EngineFault):
    """No answer, or only a part of one, within the time limit."""


class EnginePartial(EngineFault):
    """Some shards failed: the answer would miss doctors."""


class IndexMissing(EngineFault):
    """The alias does not exist: nothing was indexed yet."""


class IndexGone(EngineFault):
    """A concrete index does not exist any more."""
