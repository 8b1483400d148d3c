"""Whether an answer is a good one, and what can be followed from it."""

import re
from dataclasses import dataclass

import orjson

from loadtests.calls import Call

_CODE = re.compile(r"[A-Za-z0-9_.]{1,60}")
_MOST_FAULTS = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """`reason` is why the answer is no good, None when it is; `hits` are employee ids of a search."""

    reason: str | None = None
    empty: bool = False
    hits: tuple[str, ...] = ()
    cursor: str | None = None


def judge(call: Call, status: int, content: bytes) -> Answer:
    """A 2xx with the expected member is good; anything else carries its reason in fixed codes, never in texts."""
    if not 200 <= status < 300:
        return Answer(reason=_refusal(status, content))
    document = _read(content)
    if not isinstance(document, dict):
        return Answer(reason="answer is not a JSON object")
    if call.expects not in document:
        return Answer(reason=f"answer without «{call.expects}»")
    if not call.followable:
        return Answer(empty=_holds_nothing(call, document))
    try:
        hits = tuple(hit["employee_id"] for hit in document["hits"])
    except (KeyError, TypeError):
        return Answer(reason="hits without «employee_id»")
    return Answer(empty=not hits, hits=hits, cursor=document.get("next_cursor"))


def _holds_nothing(call: Call, document: dict[str, object]) -> bool:
    if call.expects == "doctors":
        return not any(document.get(name) for name in ("doctors", "facilities", "places", "specialities"))
    return not document[call.expects]


def _refusal(status: int, content: bytes) -> str:
    problem = _read(content)
    if not isinstance(problem, dict):
        return str(status)
    words = [str(status), *_codes(problem.get("code"))]
    faults = problem.get("errors")
    for fault in faults[:_MOST_FAULTS] if isinstance(faults, list) else []:
        if isinstance(fault, dict):
            words.append(":".join(_codes(fault.get("field")) + _codes(fault.get("code"))))
    return " ".join(words)


def _codes(value: object) -> list[str]:
    return [value] if isinstance(value, str) and _CODE.fullmatch(value) else []


def _read(content: bytes) -> object:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
