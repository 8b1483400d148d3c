"""Candidates for the tuner: the hits of clean queries with the value of every signal, as the answers list them."""

from typing import Any

import httpx
import numpy as np

from ranking import load_weights
from ranking.evaluation.grades import grade, graded
from ranking.evaluation.hand_written import HALVES
from ranking.evaluation.measures import DEPTH
from ranking.evaluation.truth import KnownItem
from ranking.evaluation.tuner import Candidates, Proposal, propose
from tests.relevance.measuring import known_items
from tests.relevance.setting import Setting

PAGES = 4
# A third of the clean queries have enough hits for an order to matter.
TUNED_ON = 450
_PAGE_SIZE = 50


async def tune(setting: Setting, *, per_half: int = TUNED_ON) -> str:
    """Weights proposed on the development half of the clean queries, and what they are worth on the test half.

    Clean queries only: how a query is misread is no matter of weights. Queries with hardly any hits are left out.
    """
    weights = dict(load_weights())
    items = known_items(setting, HALVES, ("clean",), per_half).items
    found: dict[str, list[Candidates]] = {half: [] for half in HALVES}
    for item in items:
        candidates = await _candidates(setting, item, list(weights))
        if candidates is not None and len(candidates.grades) > DEPTH and any(candidates.best_grades):
            found[item.half].append(candidates)
    return describe(propose(weights, found["development"], found["test"]))


async def _candidates(setting: Setting, item: KnownItem, names: list[str]) -> Candidates | None:
    hits = await _hits(setting.client, item)
    if not hits:
        return None
    parts = [{part.get("signal") or part["name"]: part for part in _parts(hit)} for hit in hits]
    doctors = [setting.doctors.by_id.get(hit["employee_id"]) for hit in hits]
    fixed = [sum(part["points"] for name, part in row.items() if name not in names) for row in parts]
    values = [[row[name]["value"] if name in row else 0.0 for name in names] for row in parts]
    grades = [grade(doctor, item.truth) if doctor else 0 for doctor in doctors]
    best = sorted(graded(setting.doctors, item.truth).values(), reverse=True)
    return Candidates(item.key, np.array(fixed), np.array(values), np.array(grades), best[:DEPTH])


def _parts(hit: dict[str, Any]) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = hit["parts"] if "parts" in hit else hit["score"]["parts"]
    return parts


async def _hits(client: httpx.AsyncClient, item: KnownItem) -> list[dict[str, Any]]:
    body: dict[str, Any] = {"q": item.text, "page_size": _PAGE_SIZE, "facets": False}
    if item.truth.near is not None:
        body["near"] = {"lat": item.truth.near[0], "lon": item.truth.near[1]}
    if item.truth.age is not None:
        body["age"] = item.truth.age
    hits: list[dict[str, Any]] = []
    for _ in range(PAGES):
        answer = await client.post("/v1/search", json=body)
        if answer.status_code != httpx.codes.OK:
            break
        found = answer.json()
        hits += found["hits"]
        if found["next_cursor"] is None:
            break
        body["cursor"] = found["next_cursor"]
    return hits


def describe(proposal: Proposal) -> str:
    """The proposal as a table; nothing is written anywhere."""
    lines = [f"{'signal':16}{'now':>8}{'proposed':>10}"]
    lines += [f"{name:16}{value:8.3f}{proposal.after[name]:10.3f}" for name, value in proposal.before.items()]
    for half, (before, after), count in (
        ("development", proposal.development, proposal.queries[0]),
        ("test", proposal.test, proposal.queries[1]),
    ):
        lines.append(f"nDCG@10, {half} half, {count} queries: {before:.4f} → {after:.4f}")
    lines.append(f"chance of such a difference on the test half: {proposal.chance:.3f} (paired randomisation)")
    return "\n".join(lines)
