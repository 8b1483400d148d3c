"""The relevance of the search, measured through the whole API.

`run` prints the table of classes, `show` the failing queries, `markdown` what docs/relevance.md quotes; `baseline`
stores the figures that may not be fallen below, also in docs/relevance.md; `tune` proposes weights; `public` runs the
checks that nobody here wrote. Without --engine-url an engine with the national synthetic registry is started first
(about two minutes).
"""

import argparse
import asyncio
import sys
from contextlib import AbstractAsyncContextManager
from datetime import date
from pathlib import Path

from ranking.evaluation.baseline import BASELINE, BaselineUnreadable, baseline_of, faults, read_baseline, write_baseline
from ranking.evaluation.hand_written import HALVES, WRITTEN_CLASSES
from ranking.evaluation.known_items import PER_CLASS
from ranking.evaluation.results import Results
from tests.relevance.changelog import mentions_relevance
from tests.relevance.measuring import measure_all, on_the_console
from tests.relevance.public_checks import public_checks
from tests.relevance.setting import PROJECT, Setting, own_nation, running_api, this_checkout
from tests.relevance.tables import class_table, failures, fill_figures, markdown, segment_table
from tests.relevance.tuning import TUNED_ON, tune

DOCUMENT = PROJECT / "docs" / "relevance.md"
_FAILED = 1


def _setting(arguments: argparse.Namespace) -> AbstractAsyncContextManager[Setting]:
    if arguments.url:
        return running_api(arguments.url, arguments.engine_url or "http://127.0.0.1:9201")
    return this_checkout(arguments.engine_url) if arguments.engine_url else own_nation()


async def _answer(arguments: argparse.Namespace) -> int:
    async with _setting(arguments) as setting:
        if arguments.command == "tune":
            print(await tune(setting, per_half=max(arguments.per_class, TUNED_ON)))
            return 0
        if arguments.command == "public":
            print(await public_checks(setting, arguments.renames))
            return 0
        halves = tuple(arguments.half or HALVES)
        classes = tuple(arguments.classes or WRITTEN_CLASSES)
        results = await measure_all(setting, halves, classes, arguments.per_class, on_the_console)
        figures = "\n\n".join(f"The {half} half:\n\n{markdown(results, half, setting.doctors)}" for half in halves)
        if arguments.command == "markdown":
            print(figures)
            return 0
        if arguments.command == "baseline":
            DOCUMENT.write_text(fill_figures(DOCUMENT.read_text("utf-8"), figures), "utf-8")
        for half in halves:
            if arguments.command != "show":
                print(class_table(results, half), segment_table(results, half, setting.doctors), sep="\n", end="\n\n")
            if arguments.failures or arguments.command == "show":
                print("\n".join(failures(results, half, classes)))
        whole = not (arguments.half or arguments.classes or arguments.url or arguments.engine_url)
        return _compare(results, arguments) if whole and arguments.per_class == PER_CLASS else 0


def _compare(results: Results, arguments: argparse.Namespace) -> int:
    """Against the stored baseline, or into it; only a whole run over the fixed nation can be compared."""
    if arguments.command == "baseline":
        BASELINE.write_text(write_baseline(baseline_of(results)), "utf-8")
        print(f"written: {BASELINE.relative_to(PROJECT)}, {DOCUMENT.relative_to(PROJECT)}")
        return 0
    try:
        found = faults(results, read_baseline())
    except BaselineUnreadable as error:
        found = [str(error)]
    print("\n".join(found) or "The baseline holds.")
    return _FAILED if found else 0


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.relevance", description=__doc__)
    parser.add_argument("command", choices=("run", "show", "markdown", "baseline", "tune", "public"))
    parser.add_argument("--url", help="ask a running API, as http://127.0.0.1:8900")
    parser.add_argument(
        "--engine-url", help="its engine; alone: this checkout over that engine; neither: an own nation"
    )
    parser.add_argument(
        "--class", dest="classes", action="append", choices=WRITTEN_CLASSES, help="only this; repeatable"
    )
    parser.add_argument("--half", action="append", choices=HALVES, help="only this half")
    parser.add_argument("--per-class", type=int, default=PER_CLASS, help="known items a class and half")
    parser.add_argument("--failures", action="store_true", help="print the failing queries, too")
    parser.add_argument("--renames", type=Path, help="public: a CSV of official renames with katottg, old_name")
    arguments = parser.parse_args()
    if arguments.command == "baseline":
        if arguments.url or arguments.engine_url or arguments.half or arguments.classes:
            sys.exit("A baseline is measured whole, over the fixed nation: leave the other options out.")
        changelog = (PROJECT / "CHANGELOG.md").read_text("utf-8")
        if not mentions_relevance(changelog, date.today()):  # noqa: DTZ011
            sys.exit(
                "CHANGELOG.md has no line «Relevance: …» with today's date under Unreleased: say why the figures move."
            )
    sys.exit(asyncio.run(_answer(arguments)))


if __name__ == "__main__":
    main()
