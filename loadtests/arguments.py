"""The command line of the load kit; parsing it imports nothing that must come after gevent's patches."""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

CANNOT_RUN = 1
_COMMANDS = ("run", "kinds", "sample")
MOST_USERS = 800


class _Parser(argparse.ArgumentParser):
    """Ends with 1 on a faulty command line: 2 is kept for a missed threshold."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(CANNOT_RUN)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments; without a command it is `run`. Exits with 0 after help and with 1 on a fault."""
    words = list(argv)
    if not words or (words[0] not in _COMMANDS and words[0] not in ("-h", "--help")):
        words.insert(0, "run")
    return _parser().parse_args(words)


def needs_generator(arguments: argparse.Namespace) -> bool:
    """Whether requests are sent on a schedule, so that gevent has to patch the process before anything else."""
    return arguments.command == "run" or (arguments.command == "kinds" and arguments.rate is not None)


def _parser() -> _Parser:
    parser = _Parser(prog="loadtests", description="Load on the search API, and what it costs. See docs/load.md.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    run = commands.add_parser("run", help="mixed load with a verdict: exit code 0 kept, 2 missed, 1 could not run")
    _add_target(run)
    _add_source(run)
    _add_pace(run, rate=50.0)
    run.add_argument("--thresholds", type=Path, default=Path(__file__).with_name("thresholds.toml"), metavar="FILE")

    kinds = commands.add_parser("kinds", help="p50 and p99 of ten kinds of query: alone, or together with --rate")
    _add_target(kinds)
    _add_source(kinds)
    _add_pace(kinds, rate=None)
    kinds.add_argument("--requests", type=_whole, default=300, help="of each kind when measured alone (300)")
    kinds.add_argument("--warmup-requests", type=_whole, default=30, help="of each kind, not counted (30)")

    sample = commands.add_parser("sample", help="write the places and names that queries are made of to a file")
    _add_source(sample, saved=False)
    sample.add_argument("--seed", type=int, default=1)
    sample.add_argument("--out", type=Path, required=True, metavar="FILE")
    return parser


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--url", default="http://127.0.0.1:8900", help="the API (http://127.0.0.1:8900)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the result as JSON")


def _add_source(parser: argparse.ArgumentParser, saved: bool = True) -> None:
    parser.add_argument(
        "--sandbox-url", default="http://127.0.0.1:8901", help="registry to take names from (http://127.0.0.1:8901)"
    )
    parser.add_argument("--api-key", default="sandbox-all-scopes", help="of the registry (the sandbox's own)")
    parser.add_argument(
        "--i-own-this-target", action="store_true", help="allow addresses beyond this machine: only for your own"
    )
    if saved:
        parser.add_argument("--queries", type=Path, metavar="FILE", help="a file made by «sample», for the registry")


def _add_pace(parser: argparse.ArgumentParser, rate: float | None) -> None:
    said = "50" if rate else "none: one after another"
    parser.add_argument("--rate", type=_positive, default=rate, help=f"requests a second ({said})")
    parser.add_argument("--seconds", type=_positive, default=60.0, help="counted seconds (60)")
    parser.add_argument("--warmup-seconds", type=_not_negative, default=5.0, help="seconds before, not counted (5)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed asks the same (1)")
    parser.add_argument("--users", type=_users, help="requests under way at most (rate × 5 s, 20 to 800)")
    parser.add_argument("--timeout-seconds", type=_positive, default=30.0, help="longest wait for an answer (30)")


def default_users(rate_per_s: float) -> int:
    """Users for a rate: enough for answers of 5 s, at least 20, at most `MOST_USERS`."""
    return min(MOST_USERS, max(20, math.ceil(rate_per_s * 5)))


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _positive(text: str) -> float:
    if (number := _number(text)) <= 0:
        raise argparse.ArgumentTypeError("must be above 0")
    return number


def _not_negative(text: str) -> float:
    if (number := _number(text)) < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return number


def _whole(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _users(text: str) -> int:
    if not 1 <= (number := int(text)) <= MOST_USERS:
        raise argparse.ArgumentTypeError(f"must be from 1 to {MOST_USERS}")
    return number
