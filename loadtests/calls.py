"""One request to the API, ready to be sent, and requests that follow from an earlier answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request. `kind` is what it is counted under, `expects` the member a good answer must have.

    `path` includes the query string; `body` is sent as JSON, None sends none. `followable`: the answer may be paged or
    its hits opened.
    """

    kind: str
    method: str
    path: str
    expects: str
    body: Mapping[str, Any] | None = None
    followable: bool = False

    def payload(self) -> str | None:
        """The body as compact JSON; None when there is none."""
        return None if self.body is None else json.dumps(self.body, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class NextPage:
    """The page after one already answered; which one is known only when it is due."""

    kind: str


@dataclass(frozen=True, slots=True)
class OpenHit:
    """The card of a hit already answered; `pick` in [0, 1) says which of the hits, the first ones more often."""

    kind: str
    pick: float


Wanted = Call | NextPage | OpenHit


def search(kind: str, body: Mapping[str, Any]) -> Call:
    """POST /v1/search, the way that keeps points and names out of addresses."""
    return Call(kind, "POST", "/v1/search", "hits", body, followable=True)


def facilities(kind: str, body: Mapping[str, Any]) -> Call:
    """POST /v1/facilities."""
    return Call(kind, "POST", "/v1/facilities", "hits", body)


def card(kind: str, employee_id: str) -> Call:
    """GET /v1/doctors/{employee_id}."""
    return Call(kind, "GET", f"/v1/doctors/{employee_id}", "employee_id")


def suggest(kind: str, typed: str, near: tuple[float, float] | None = None) -> Call:
    """GET /v1/suggest for what is typed so far; `near` is (lat, lon)."""
    fields = {"q": typed} | ({} if near is None else {"near": f"{near[0]:.5f},{near[1]:.5f}"})
    return Call(kind, "GET", f"/v1/suggest?{urlencode(fields)}", "doctors")


def map_view(
    kind: str, box: tuple[float, float, float, float], zoom: int, filters: Mapping[str, str] | None = None
) -> Call:
    """GET /v1/map for a box (west, south, east, north) in degrees."""
    fields = {"bbox": ",".join(f"{edge:.5f}" for edge in box), "zoom": str(zoom)} | dict(filters or {})
    return Call(kind, "GET", f"/v1/map?{urlencode(fields)}", "features")
