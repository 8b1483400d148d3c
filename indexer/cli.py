"""`likar index …`: build, status, rollback, clean, quarantine.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused (another build runs, too many bad rows, nothing to go back to).
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from esoz.feeds import FEEDS
from indexer.build import build
from indexer.config import IndexerConfig
from indexer.errors import IndexingError, IndexingRefused
from indexer.lifecycle import AliasStatus, KnownIndex
from indexer.report import BuildReport, DocumentCounts, as_plain
from indexer.upkeep import clean, read_quarantine, read_status, roll_back

FAILED, REFUSED = 1, 3

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]

_STEP_WORDS = {
    "lock": "taking the lock",
    "remove left-overs": "removing what an earlier build left",
    "places": "loading the gazetteer",
    "describe places": "locating the divisions",
    "create": "creating the indexes",
    "write doctors": "writing doctors",
    "write facilities": "writing facilities",
    "merge": "merging segments",
    "verify": "verifying",
    "complete": "waiting for replicas",
    "swap": "swapping the aliases",
    "clean": "removing old indexes",
}


def create_index_app(get_config: Callable[[], IndexerConfig]) -> typer.Typer:
    """The commands as a Typer app; `get_config` is asked once a command."""
    app = typer.Typer(
        help="Build the indexes from the registry and look after them.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )

    @app.command("build")
    def build_command(
        as_json: AsJson = False,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bars.")] = False,
    ) -> None:
        """Read all feeds, make both indexes anew and put them into service."""
        with _exit_codes():
            report = build(get_config()) if quiet or as_json else build_with_bars(get_config(), say=False)
        _print(as_plain(report), _build_tables(report), as_json)

    @app.command("status")
    def status_command(as_json: AsJson = False) -> None:
        """Tell what serves, how old its data are, and what could be rolled back to; exit code 1 when nothing serves."""
        with _exit_codes():
            found = read_status(get_config())
        _print([_status_row(status) for status in found], _status_tables(found), as_json)
        if not all(status.serving for status in found):
            raise typer.Exit(FAILED)

    @app.command("rollback")
    def rollback_command(as_json: AsJson = False) -> None:
        """Put the previous pair of indexes back into service."""
        with _exit_codes():
            found = roll_back(get_config())
        _print(found, [f"{alias} now serves {index}" for alias, index in found.items()], as_json)

    @app.command("clean")
    def clean_command(as_json: AsJson = False) -> None:
        """Remove every index except those in service and the pair kept for rollback."""
        with _exit_codes():
            found = clean(get_config())
        lines = [f"removed {name}" for name in found.removed] or ["nothing to remove"]
        _print(as_plain(found), [*lines, *(f"kept {name}" for name in found.kept)], as_json)

    @app.command("quarantine")
    def quarantine_command(
        feed: Annotated[str | None, typer.Option(help="Only rows of this feed.")] = None,
        reason: Annotated[str | None, typer.Option(help="Only rows with this reason code.")] = None,
        limit: Annotated[int, typer.Option(min=1, max=10_000, help="Show at most so many rows.")] = 20,
        as_json: AsJson = False,
    ) -> None:
        """Show the bad rows of the last reading, counted and row by row, without personal fields."""
        if feed is not None and feed not in FEEDS:
            raise typer.BadParameter(f"no such feed; feeds are {', '.join(FEEDS)}", param_hint="--feed")
        with _exit_codes():
            found = read_quarantine(get_config(), feed=feed, reason=reason, limit=limit)
        counts = _table("feed", "reason", "rows", *((c.feed, c.reason, f"{c.rows:,}") for c in found.counts))
        rows = _table(
            "feed", "id", "reason", "detail", "first seen",
            *((r.feed, r.entity_id or "–", r.reason, r.detail, f"{r.first_seen:%Y-%m-%d %H:%M}") for r in found.rows),
        )  # fmt: skip
        _print(as_plain(found), [counts, rows] if found.counts else ["The quarantine is empty."], as_json)

    return app


def build_with_bars(config: IndexerConfig, *, say: bool = True) -> BuildReport:
    """Builds with a progress bar a step on the terminal's error stream; raises what `build` raises. With `say` a short
    account follows."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as bars:
        report = build(config, progress=_Bars(bars))
    if say:
        console.print(_in_one_line(report), soft_wrap=True)
    return report


class _Bars:
    """Shows each step of a build as a bar; a step without a total gets a moving one."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._current: TaskID | None = None

    def start(self, step: str, total: int | None) -> None:
        self._finish()
        self._current = self._bars.add_task(_STEP_WORDS.get(step, step.replace("read ", "reading ")), total=total)

    def advance(self, done: int) -> None:
        if self._current is not None:
            self._bars.update(self._current, completed=done)

    def _finish(self) -> None:
        if self._current is None:
            return
        task = next(task for task in self._bars.tasks if task.id == self._current)
        total = task.total or max(task.completed, 1)
        self._bars.update(self._current, total=total, completed=total)


@contextmanager
def _exit_codes() -> Iterator[None]:
    try:
        yield
    except IndexingRefused as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(REFUSED) from error
    except IndexingError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(FAILED) from error


def _print(plain: Any, shown: list[Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    # Upstream's texts may hold square brackets: they are no markup.
    console = Console(markup=False)
    for piece in shown:
        console.print(piece, soft_wrap=isinstance(piece, str))


def _table(*cells: Any, headed: bool = True) -> Table:
    """A table of headings followed by rows; rows are tuples. Ids stay whole, to be copied."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_header=headed)
    for cell in cells:
        if isinstance(cell, tuple):
            table.add_row(*map(Text, cell))
        else:
            table.add_column(cell, overflow="fold", no_wrap=cell == "id", min_width=36 if cell == "id" else None)
    return table


def _in_one_line(report: BuildReport) -> str:
    return (
        f"{report.doctors.written:,} doctors and {report.facilities.written:,} facilities in service, "
        f"from {report.rows_read:,} rows ({sum(count.rows for count in report.quarantine):,} in quarantine), "
        f"in {report.took_s:.0f} s with {report.peak_memory_mb:,} MB at most."
    )


def _build_tables(report: BuildReport) -> list[Any]:
    feeds = _table(
        "feed", "rows", "added", "changed", "gone", "bad", "data of",
        *(
            (r.feed, f"{r.rows:,}", f"{r.added:,}", f"{r.changed:,}", f"{r.gone:,}", f"{r.quarantined:,}",
             r.meta_date.isoformat() if r.meta_date else "unknown")
            for r in report.feeds
        ),
    )  # fmt: skip
    facts = [
        ("documents", f"{_counted(report.doctors)}; {_counted(report.facilities)}"),
        ("quarantine", _listed({f"{count.feed} {count.reason}": count.rows for count in report.quarantine})),
        ("located", _listed(report.located)),
        ("unresolved addresses", _listed(report.unresolved)),
        ("capacity", _listed(report.doctors.capacity)),
        ("why not active", _listed(report.doctors.inactive_reasons)),
        ("doubts", _listed(report.doctors.quality_flags)),
        ("possible duplicate persons", f"{report.possible_duplicates:,}"),
        ("seconds", ", ".join(f"{step} {seconds:.1f}" for step, seconds in report.seconds.items() if seconds >= 0.05)),
    ]
    return [feeds, "", _table("", "", *facts, headed=False), "", *report.warnings, _in_one_line(report)]


def _counted(counts: DocumentCounts) -> str:
    rejected = f", rejected {_listed(counts.rejected)}" if counts.rejected else ""
    size = f"{counts.size_bytes / 1e6:,.0f} MB"
    return f"{counts.index}: {counts.written:,} written, {counts.active:,} active, {size}{rejected}"


def _listed(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{what} {number:,}" for what, number in ordered) or "none"


def _status_row(status: AliasStatus) -> dict[str, Any]:
    serving = status.serving
    return {
        "alias": status.alias,
        "index": str(serving.name) if serving else None,
        "documents": serving.documents if serving else None,
        "active": serving.meta.get("active") if serving else None,
        "size_bytes": serving.size_bytes if serving else None,
        "built_at": serving.meta.get("started_at") if serving else None,
        "data_of": serving.meta.get("feeds", {}) if serving else None,
        "data_age_hours": _data_age_hours(serving),
        "schema_is_current": status.current_schema,
        "previous": str(status.previous.name) if status.previous else None,
        "half_built": list(status.half_built),
    }


def _status_tables(found: list[AliasStatus]) -> list[Any]:
    shown: list[Any] = []
    for status in found:
        row = _status_row(status)
        age, size = row["data_age_hours"], row["size_bytes"]
        facts = [
            ("serves", row["index"] or "nothing: run `likar index build`"),
            ("documents", "–" if row["documents"] is None else f"{row['documents']:,}, {row['active'] or 0:,} active"),
            ("size", "–" if size is None else f"{size / 1e6:,.0f} MB"),
            ("age of data", "–" if age is None else f"{age:,.0f} h" if age < 48 else f"{age / 24:,.0f} days"),
            ("schema is current", "yes" if status.current_schema else "no"),
            ("to roll back to", row["previous"] or "–"),
            ("half-built", ", ".join(status.half_built) or "–"),
        ]
        shown += [Text(status.alias, style="bold"), _table("", "", *facts, headed=False), ""]
    return shown


def _data_age_hours(index: KnownIndex | None) -> float | None:
    """Hours since the oldest snapshot the index was made from; None when unknown."""
    dates = [datetime.fromisoformat(text) for text in (index.meta.get("feeds", {}) if index else {}).values()]
    return round((datetime.now(UTC) - min(dates)).total_seconds() / 3600, 1) if dates else None
