"""Which systems may be driven, and whether they are there."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from loadtests.errors import CannotRun

_TIME_LIMIT_S = 10.0


def permitted(url: str, *, owned: bool) -> str:
    """The URL without a trailing slash; raises CannotRun unless it is loopback or the caller says it is theirs."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise CannotRun(f"«{url}» is no address: give one like http://127.0.0.1:8900.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise CannotRun(f"«{url}» is no address of a server: give scheme, host and port, like http://127.0.0.1:8900.")
    if parts.username or parts.password:
        raise CannotRun("An address with a user name in it is not taken: give scheme, host and port only.")
    if not owned and not _is_loopback(parts.hostname):
        raise CannotRun(
            f"{parts.hostname} is not this machine, and load is never put on systems of others: "
            "give --i-own-this-target if this one is yours."
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Serving:
    """What the API serves: the index behind each alias with the date of its data, as `/readyz` says it."""

    indexes: dict[str, str]


def check_api(url: str) -> Serving:
    """What a ready API serves; raises CannotRun with what to do when it is down or not ready."""
    try:
        response = httpx.get(f"{url}/readyz", timeout=_TIME_LIMIT_S, trust_env=False)
        document = response.json()
    except httpx.ConnectError as error:
        raise CannotRun(f"No API answers at {url}: start the system with «make run», then run this again.") from error
    except httpx.HTTPError as error:
        raise CannotRun(
            f"The API at {url} does not answer in time ({type(error).__name__}): see its log, then run this again."
        ) from error
    except ValueError as error:
        raise CannotRun(f"What answers at {url} is not the search API: name it with --url.") from error
    if not isinstance(document, dict):
        raise CannotRun(f"What answers at {url} is not the search API: name it with --url.")
    if response.status_code != 200 or document.get("status") != "ready":
        said = " ".join(str(document[name]) for name in ("reason", "cure") if document.get(name))
        raise CannotRun(f"The API at {url} is not ready: {said or f'it answered {response.status_code}'}")
    aliases = [alias for alias in document.get("aliases") or [] if isinstance(alias, dict)]
    return Serving({str(alias.get("alias")): f"{alias.get('index')} ({alias.get('data_date')})" for alias in aliases})
