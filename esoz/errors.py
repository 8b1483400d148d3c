"""What can go wrong upstream, told apart by HTTP status and `error.type`, never by the message (esoz-api §1).

No error carries the api-key, a token or a request body.
"""

from dataclasses import dataclass


class EsozError(Exception):
    """The upstream did not give what was asked.

    `request_id` is what its operators want to hear; `error_type` is `error.type` of the answer, None without one.
    """

    def __init__(self, what: str, *, request_id: str | None = None, error_type: str | None = None) -> None:
        super().__init__(what if request_id is None else f"{what} (request {request_id})")
        self.request_id = request_id
        self.error_type = error_type


class NotAuthenticated(EsozError):
    """401: the api-key is absent or not accepted."""


class Forbidden(EsozError):
    """403: the key lacks a scope."""


class NotFound(EsozError):
    """404: no such thing, or the export is not ready yet."""


class Conflict(EsozError):
    """409."""


@dataclass(frozen=True, slots=True)
class InvalidEntry:
    """One refused entry (`$.depth`) and the rules it broke."""

    entry: str
    rules: tuple[str, ...]


class ValidationFailed(EsozError):
    """422: the request is refused; `invalid` says which entries, by which rules."""

    def __init__(
        self,
        what: str,
        *,
        request_id: str | None = None,
        error_type: str | None = None,
        invalid: tuple[InvalidEntry, ...] = (),
    ) -> None:
        entries = ", ".join(each.entry for each in invalid)
        super().__init__(f"{what}: {entries}" if entries else what, request_id=request_id, error_type=error_type)
        self.invalid = invalid

    @property
    def entries(self) -> tuple[str, ...]:
        return tuple(each.entry for each in self.invalid)


class _RetryLater(EsozError):
    """Upstream may have said when to come back: `retry_after_s`, None when it did not."""

    def __init__(
        self,
        what: str,
        *,
        request_id: str | None = None,
        error_type: str | None = None,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(what, request_id=request_id, error_type=error_type)
        self.retry_after_s = retry_after_s


class TooManyRequests(_RetryLater):
    """429: too many calls."""


class ServerFault(_RetryLater):
    """5xx."""


class UnexpectedStatus(EsozError):
    """A status that the contract does not know."""


class Unreachable(EsozError):
    """No connection."""


class TimedOut(EsozError):
    """A time limit of ours was passed: connecting, waiting for a piece, or the whole reading."""


class Truncated(EsozError):
    """The answer ended in the middle."""


class Malformed(EsozError):
    """The answer is not the JSON that the contract promises."""
