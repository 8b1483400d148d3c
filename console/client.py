"""Calls of the API for the command line: an answer, or one plain sentence."""

from typing import Any

import httpx


class ApiSays(Exception):
    """The API refused or is not there; the text is one sentence a fault, each with its cure."""


class ApiClient:
    """A running search API. The language of answers is Ukrainian."""

    def __init__(self, url: str, *, timeout_s: float = 10.0, transport: httpx.BaseTransport | None = None) -> None:
        self._url = url
        self._http = httpx.Client(
            base_url=url, timeout=timeout_s, headers={"accept-language": "uk"}, transport=transport, trust_env=False
        )

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """POST and give the answer; raises ApiSays."""
        return self._call("POST", path, json=body)

    def get(self, path: str, **params: str) -> dict[str, Any]:
        """GET and give the answer; raises ApiSays."""
        return self._call("GET", path, params=params)

    def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        try:
            response = self._http.request(method, path, **options)
        except httpx.TransportError as error:
            raise ApiSays(f"No search API answers at {self._url}: start it with «make run» or «likar up».") from error
        try:
            answer = response.json()
        except ValueError as error:
            raise ApiSays(f"What answers at {self._url} is not the search API: set LIKAR_API_PORT.") from error
        if response.is_success:
            return dict(answer)
        faults = [f"{fault['field']}: {fault['problem']}; {fault['cure']}" for fault in answer.get("errors") or ()]
        raise ApiSays("\n".join(faults) or str(answer.get("title", f"HTTP {response.status_code}")))
