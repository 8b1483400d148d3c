"""One measurement: the queries made, asked and judged."""

import sys
from collections.abc import Callable

from ranking.evaluation.corruptions import CLASSES
from ranking.evaluation.hand_written import HALVES, WRITTEN_CLASSES, load_queries
from ranking.evaluation.known_items import PER_CLASS, KnownItems, make_known_items
from ranking.evaluation.rendering import Renderer
from ranking.evaluation.results import Results, judge_all
from tests.relevance.asking import Progress, ask_known_items, ask_written
from tests.relevance.setting import Setting

_EVERY = 100


async def measure_all(
    setting: Setting,
    halves: tuple[str, ...] = HALVES,
    classes: tuple[str, ...] = WRITTEN_CLASSES,
    per_class: int = PER_CLASS,
    progress: Callable[[str], Progress] | None = None,
) -> Results:
    """Asks and judges everything of the halves and classes."""
    known = known_items(setting, halves, classes, per_class)
    queries = [
        each for each in load_queries(gazetteer=setting.gazetteer) if each.half in halves and each.name in classes
    ]
    replies = await ask_known_items(setting.client, known.items, progress and progress("searches"))
    understood = await ask_written(setting.client, queries, progress and progress("written queries"))
    return judge_all(known.items, replies, queries, understood, setting.doctors)


def known_items(
    setting: Setting, halves: tuple[str, ...], classes: tuple[str, ...], per_class: int = PER_CLASS
) -> KnownItems:
    """The generated queries of the halves and classes."""
    return make_known_items(
        setting.doctors,
        Renderer(setting.gazetteer),
        halves=halves,
        classes=[name for name in CLASSES if name in classes],
        per_class=per_class,
    )


def on_the_console(what: str) -> Progress:
    """Progress on standard error, one line a kind of question."""

    def report(done: int, whole: int) -> None:
        if done == whole or done % _EVERY == 0:
            print(f"\r{what} {done}/{whole}", end="\n" if done == whole else "", file=sys.stderr, flush=True)

    return report
