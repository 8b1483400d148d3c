"""The index held against the manifest: which traps of the synthetic nation were found, missed, or seen where none is.

`python -m tests.support.manifest_truth --folder .likar/sandbox/24500-1` prints it for a running system.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from fixtures.nation.manifest import Manifest
from fixtures.nation.sandbox_folder import TRUTH_FILE, read_lines

Document = dict[str, Any]
COORDINATE_TRAPS = ("swapped_coordinates", "missing_location", "zero_coordinates", "outside_ukraine", "wrong_oblast")
_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """How one kind of trap fared: `listed` in manifest and index, `found` among those, `false_alarms` beside."""

    kind: str
    listed: int
    found: int
    false_alarms: int = 0

    @property
    def share(self) -> float:
        return self.found / self.listed if self.listed else 1.0


def scan(engine_url: str, index: str, *, trust_env: bool = False) -> Iterator[Document]:
    """Every document of an index, without its id order meaning anything."""
    with httpx.Client(base_url=engine_url, timeout=60, trust_env=trust_env) as client:
        after: list[Any] | None = None
        while True:
            body: dict[str, Any] = {"size": _PAGE, "sort": [{"tie.d0": "asc"}, {"division.id": "asc"}]}
            if index.endswith("doctors"):
                body["sort"] = [{"employee.id": "asc"}]
            if after is not None:
                body["search_after"] = after
            hits = client.post(f"/{index}/_search", json=body).raise_for_status().json()["hits"]["hits"]
            if not hits:
                return
            yield from (hit["_source"] for hit in hits)
            after = hits[-1]["sort"]


def compare_places(folder: Path, facilities: Iterator[Document]) -> list[Found]:
    """Traps of coordinates and addresses, and the sound points that must not have been touched."""
    manifest = Manifest.read(folder)
    places = {document["division"]["id"]: document for document in facilities}
    trapped = {division for kind in COORDINATE_TRAPS for division in manifest.trap_ids(kind)}
    upstream = {row["id"]: row for row in _sound_rows(folder, "divisions")}
    truth = {row["id"]: row for row in map(json.loads, read_lines(folder / TRUTH_FILE))}

    def fared(kind: str, good: Callable[[Document], bool], alarm: Callable[[Document], bool]) -> Found:
        listed = manifest.trap_ids(kind) & places.keys()
        untrapped = places.keys() - trapped
        return Found(
            kind,
            len(listed),
            sum(good(places[division]) for division in listed),
            sum(alarm(places[division]) for division in untrapped),
        )

    def flag(name: str) -> Callable[[Document], bool]:
        return lambda document: name in document.get("quality_flags", ())

    def source(name: str) -> Callable[[Document], bool]:
        return lambda document: document.get("place", {}).get("source") == name

    sound = places.keys() - trapped
    untouched = sum(_same_point(places[division], upstream[division]) for division in sound if division in upstream)
    resolved = [division for division in places if places[division].get("place", {}).get("settlement")]
    right = sum(places[division]["place"]["settlement"] == truth[division]["settlement"] for division in resolved)
    return [
        fared("swapped_coordinates", source("swapped"), source("swapped")),
        fared("wrong_oblast", source("gazetteer"), flag("coordinates_wrong_oblast")),
        fared("outside_ukraine", source("gazetteer"), flag("coordinates_outside_ukraine")),
        fared("zero_coordinates", source("gazetteer"), flag("coordinates_zero")),
        fared("missing_location", source("gazetteer"), flag("coordinates_missing")),
        Found("sound points left alone", sum(division in upstream for division in sound), untouched),
        Found("addresses resolved", len(places), len(resolved)),
        Found("resolved to the true settlement", len(resolved), right),
    ]


def compare_doctors(folder: Path, doctors: Iterator[Document]) -> list[Found]:
    """Traps of posts, limits and names."""
    manifest = Manifest.read(folder)
    by_employee: dict[str, Document] = {}
    by_party: dict[str, list[Document]] = {}
    for document in doctors:
        by_employee[document["employee"]["id"]] = document
        by_party.setdefault(document["party"]["id"], []).append(document)

    def posts(kind: str, good: Callable[[Document], bool]) -> Found:
        listed = manifest.trap_ids(kind) & by_employee.keys()
        return Found(kind, len(listed), sum(good(by_employee[employee]) for employee in listed))

    def people(kind: str, good: Callable[[Document], bool]) -> Found:
        listed = manifest.trap_ids(kind) & by_party.keys()
        return Found(kind, len(listed), sum(all(map(good, by_party[party])) for party in listed))

    def inactive(document: Document) -> bool:
        return not document["active"]

    def state(name: str) -> Callable[[Document], bool]:
        return lambda document: document.get("capacity", {}).get("state") == name

    return [
        *(
            posts(kind, inactive)
            for kind in ("employee_stopped", "employee_autodeactivated", "employee_ended", "employee_inactive")
        ),
        posts(
            "missing_division",
            lambda document: bool({"division_missing", "division_from_role"} & set(document.get("quality_flags", ()))),
        ),
        posts("place_mismatch", lambda document: "place_mismatch" in document["inactive_reasons"]),
        people("missing_limit", state("unknown")),
        people("over_limit", state("full")),
        people("mismatch_limit", lambda document: "limit_mismatch" in document.get("quality_flags", ())),
    ]


def count_quarantined(folder: Path, quarantined: set[tuple[str, str | None]]) -> Found:
    """Malformed rows of the manifest against (feed, id) of the quarantine."""
    # A row of contracts is known by two ids, of which the manifest names the contract's.
    quarantined = {(feed, row_id and row_id.partition("|")[0]) for feed, row_id in quarantined}
    listed = {(entry["feed"], entry.get("id")) for entry in Manifest.read(folder).traps.get("malformed_rows", ())}
    return Found("malformed_rows", len(listed), len(listed & quarantined))


def _sound_rows(folder: Path, feed: str) -> Iterator[Document]:
    for line in read_lines(folder / f"{feed}.jsonl"):
        row = json.loads(line)
        if isinstance(row, dict) and isinstance(row.get("id"), str) and isinstance(row.get("location"), dict):
            yield row


def _same_point(document: Document, row: Document) -> bool:
    place = document.get("place", {})
    found, sent = place.get("location"), row["location"]
    same = found is not None and (found["lat"], found["lon"]) == (sent["latitude"], sent["longitude"])
    return same and place["source"] == "upstream"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--engine-url", default="http://127.0.0.1:9201")
    arguments = parser.parse_args()
    places = compare_places(arguments.folder, scan(arguments.engine_url, "facilities"))
    doctors = compare_doctors(arguments.folder, scan(arguments.engine_url, "doctors"))
    print(f"{'':34}{'listed':>9}{'found':>9}{'missed':>9}{'share':>9}{'false':>7}")
    for each in [*places, *doctors]:
        missed = each.listed - each.found
        print(f"{each.kind:34}{each.listed:9}{each.found:9}{missed:9}{each.share:9.2%}{each.false_alarms:7}")


if __name__ == "__main__":
    main()
