"""What can go wrong upstream, told apart by HTTP status and `error.type`, never by the message (esoz-api §1).

No error carries the api-key, a token or a request body.
"""


class EsozError(Exception):
    """The upstream did not give what was asked. `request_id` is what its operators want to hear."""

    def __init__(self, what: str, *, request_id: str | None = None) -> None:
        super().__init__(what if request_id is None else f"{what} (request {request_id})")
        self.request_id = request_id


class NotAuthenticated(EsozError):
    """401: the api-key is absent or not accepted."""


class Forbidden(EsozError):
    """403: the key lacks a scope."""


class NotFound(EsozError):
    """404: no such thing, or the export is not ready yet."""


class Conflict(EsozError):
    """409."""


class ValidationFailed(EsozError):
    """422: a parameter is refused; `entries` names them."""

    def __init__(self, what: str, *, request_id: str | None = None, entries: tuple[str, ...] = ()) -> None:
        super().__init__(what, request_id=request_id)
        self.entries = entries


class TooManyRequests(EsozError):
    """429: too many calls; wait `retry_after_s`, None when upstream did not say."""

    def __init__(self, what: str, *, request_id: str | None = None, retry_after_s: float | None = None) -> None:
        super().__init__(what, request_id=request_id)
        self.retry_after_s = retry_after_s


class ServerFault(EsozError):
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
