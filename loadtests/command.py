"""What each command does, from arguments to exit code."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from loadtests.arguments import CANNOT_RUN, default_users
from loadtests.arrivals import Draw, arrivals
from loadtests.closed_loop import FLOOR, measure_kinds
from loadtests.errors import CannotRun
from loadtests.gather import gather_lexicon
from loadtests.generator_state import GeneratorState
from loadtests.lexicon import Lexicon, load_lexicon, save_lexicon
from loadtests.machine import describe_machine
from loadtests.mix import SHARES, CabinetMix
from loadtests.report import Report, Setting, written_json
from loadtests.samples import ALL, Figures, Samples, figures
from loadtests.targets import Serving, check_api, permitted
from loadtests.ten_kinds import TenKinds
from loadtests.thresholds import Limits, judge, read_limits

KEPT, MISSED = 0, 2
ANY_FAILURE: Limits = {ALL: {"error_share": 0.0, "min_samples": 1.0}}


def execute(arguments: argparse.Namespace) -> int:
    """Carries the command out; 0 when limits are kept, 2 when one is missed, 1 with a sentence when it cannot run."""
    commands: dict[str, Callable[[argparse.Namespace], int]] = {"run": _run, "kinds": _kinds, "sample": _sample}
    try:
        return commands[arguments.command](arguments)
    except CannotRun as reason:
        print(reason, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped before the end: no verdict.", file=sys.stderr)
    except BrokenPipeError:
        # Whoever read the output has gone; there is nobody left to tell.
        sys.stderr.close()
    return CANNOT_RUN


def _run(arguments: argparse.Namespace) -> int:
    limits = read_limits(arguments.thresholds, SHARES)
    serving = check_api(_target(arguments))
    mix = CabinetMix(_lexicon(arguments))
    return _finish(_drive(arguments, serving, mix.draw, limits, lambda: mix.cold_share), arguments.json)


def _kinds(arguments: argparse.Namespace) -> int:
    serving = check_api(_target(arguments))
    kinds = TenKinds(_lexicon(arguments))
    if arguments.rate is not None:
        return _finish(_drive(arguments, serving, kinds.draw, ANY_FAILURE, lambda: None), arguments.json)
    requests, machine = arguments.requests, describe_machine()
    _tell(f"Asking {len(kinds.draws)} kinds, {requests} times each, one after another")
    samples = measure_kinds(
        _target(arguments),
        kinds,
        seed=arguments.seed,
        requests=requests,
        warmup=arguments.warmup_requests,
        timeout_s=arguments.timeout_seconds,
    )
    how = f"one client, {requests} of each kind alone («{FLOOR}» is /livez, the cost of HTTP itself)"
    pace = {"requests": requests, "warmup_requests": arguments.warmup_requests}
    setting = Setting(_target(arguments), arguments.seed, how, pace, machine, serving)
    return _finish(Report(setting, samples, judge(ANY_FAILURE, _figures_of(samples), 1.0)), arguments.json)


def _sample(arguments: argparse.Namespace) -> int:
    lexicon = _gather(arguments)
    _write(arguments.out, lambda path: save_lexicon(lexicon, path))
    print(f"{len(lexicon.places)} places and {len(lexicon.doctors)} doctors written to {arguments.out}")
    return KEPT


def _drive(
    arguments: argparse.Namespace,
    serving: Serving,
    draw: Draw,
    limits: Limits,
    cold_share: Callable[[], float | None],
) -> Report:
    # Importing Locust patches the process; only commands that drive load may do that.
    from loadtests.generator import Pace, drive

    seconds, warmup_s, rate = arguments.seconds, arguments.warmup_seconds, arguments.rate
    users = arguments.users or default_users(rate)
    machine = describe_machine()
    progress = _Progress(warmup_s + seconds)
    run = drive(
        _target(arguments),
        arrivals(arguments.seed, rate, warmup_s + seconds, draw),
        Pace(warmup_s, seconds, users, arguments.timeout_seconds),
        progress=progress.tell,
    )
    progress.end()
    state = GeneratorState(
        offered_per_s=run.planned / seconds,
        achieved_per_s=run.answered_in_time / seconds,
        late_p99_ms=run.late_p99_ms,
        nobody_free=run.nobody_free,
        cpu_share=run.cpu_share,
        nothing_to_follow=dict(run.nothing_to_follow),
    )
    how = f"{seconds:g} s at {rate:g} a second after {warmup_s:g} s of warm-up, {users} users"
    pace = {"rate_per_s": rate, "seconds": seconds, "warmup_s": warmup_s, "users": users}
    return Report(
        setting=Setting(_target(arguments), arguments.seed, how, pace, machine, serving),
        samples=run.samples,
        verdicts=judge(limits, _figures_of(run.samples), state.achieved_share),
        warmup=figures(run.warmup.of(ALL)),
        generator=state,
        cold_share=cold_share(),
    )


def _target(arguments: argparse.Namespace) -> str:
    return permitted(arguments.url, owned=arguments.i_own_this_target)


def _lexicon(arguments: argparse.Namespace) -> Lexicon:
    return load_lexicon(arguments.queries) if arguments.queries else _gather(arguments)


def _gather(arguments: argparse.Namespace) -> Lexicon:
    sandbox = permitted(arguments.sandbox_url, owned=arguments.i_own_this_target)
    _tell(f"Reading places and names from the registry at {sandbox}")
    return gather_lexicon(sandbox, arguments.api_key, arguments.seed)


def _figures_of(samples: Samples) -> Callable[[str], Figures]:
    return lambda kind: figures(samples.of(kind))


def _finish(report: Report, json_file: Path | None) -> int:
    print(report.text())
    if json_file:
        _write(json_file, lambda path: path.write_text(written_json(report.document()), encoding="utf-8"))
    return KEPT if report.passed else MISSED


def _write(path: Path, write: Callable[[Path], object]) -> None:
    try:
        write(path)
    except OSError as error:
        raise CannotRun(f"{path} cannot be written ({error.strerror}): name another file.") from error


def _tell(what: str) -> None:
    print(what, file=sys.stderr)


class _Progress:
    """A line on the error stream: rewritten every second on a terminal, every ten seconds elsewhere."""

    def __init__(self, whole_s: float) -> None:
        self._whole_s = whole_s
        self._terminal = sys.stderr.isatty()
        self._told_s = 0.0

    def tell(self, passed_s: float, sent: int) -> None:
        """Show how far the run is."""
        if not self._terminal and passed_s - self._told_s < 10:
            return
        self._told_s = passed_s
        line = f"{passed_s:3.0f} of {self._whole_s:g} s, {sent} requests sent"
        print(f"\r{line}" if self._terminal else line, end="" if self._terminal else "\n", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        if self._terminal:
            print(file=sys.stderr)
