"""Is a server of this machine ready: one bounded question over loopback, past any proxy of the environment."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit


def get_json(url: str, timeout_s: float = 2.0) -> Any | None:
    """GET `url` and give its decoded JSON; None when nobody answers, the answer is not 2xx or not JSON."""
    body = _get(url, timeout_s)
    if body is None:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return None


def answers(url: str, timeout_s: float = 2.0) -> bool:
    """Tell whether `url` answers with a 2xx status."""
    return _get(url, timeout_s) is not None


def _get(url: str, timeout_s: float) -> bytes | None:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=timeout_s)
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else "") or "/")
        response = connection.getresponse()
        body = response.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    return body if 200 <= response.status < 300 else None
