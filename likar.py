"""The command line, and the only module that knows every package: it reads the settings and puts the parts together."""

import json
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import Progress

from settings import Settings

app = typer.Typer(help="Doctor search for the patient cabinets of ЕСОЗ.", no_args_is_help=True, rich_markup_mode=None)
engine_app = typer.Typer(help="The embedded OpenSearch of this machine.", no_args_is_help=True)
sandbox_app = typer.Typer(
    help="The synthetic registry and the server that speaks ЕСОЗ's contract over it.", no_args_is_help=True
)
app.add_typer(engine_app, name="engine")
app.add_typer(sandbox_app, name="sandbox")

Json = Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")]
Doctors = Annotated[int | None, typer.Option(help="Primary care doctors of the nation.", min=1, max=1_000_000)]
Seed = Annotated[int | None, typer.Option(help="Another seed gives another nation.", min=0)]


REFUSED = 3


def say(line: str) -> None:
    """One line for the person at the terminal."""
    typer.echo(line)


def read_settings(**overrides: Any) -> Settings:
    """The settings from the environment, with what the command line gave on top; ends the program when one is wrong."""
    try:
        return Settings(**{key: value for key, value in overrides.items() if value is not None})
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            name = "_".join(str(part) for part in fault["loc"]).upper()
            typer.echo(f"The setting LIKAR_{name} is wrong: {fault['msg']}. Correct it and run again.", err=True)
        raise typer.Exit(2) from None


def engine_url(settings: Settings) -> str:
    return settings.opensearch_url or f"http://127.0.0.1:{settings.engine_port}"


def esoz_url(settings: Settings) -> str:
    return settings.esoz_url or f"http://127.0.0.1:{settings.sandbox_port}"


def api_url(settings: Settings) -> str:
    return f"http://{settings.api_host}:{settings.api_port}"


def sandbox_folder(settings: Settings) -> Path:
    return settings.home / "sandbox" / f"{settings.doctors}-{settings.seed}"


def gazetteer_file(settings: Settings) -> Path:
    return settings.home / "places" / "gazetteer.json.gz"


@contextmanager
def plain_errors() -> Iterator[None]:
    """Ends the program with one sentence and a code for every failure that a person can cure."""
    from directory.places import GazetteerUnreadable
    from directory.surnames import SurnamesUnreadable
    from fixtures.nation.manifest import SandboxUnreadable
    from indexer.errors import IndexingError, IndexingRefused
    from stack.errors import PlainError

    try:
        yield
    except PlainError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from None
    except IndexingRefused as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(REFUSED) from None
    except (IndexingError, SandboxUnreadable, GazetteerUnreadable, SurnamesUnreadable) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


def indexer_config(settings: Settings | None = None) -> Any:
    """The indexer's part of the settings."""
    from directory.capacity import CapacityRule
    from indexer.config import EngineAddress, IndexerConfig

    settings = settings or read_settings()
    password = settings.opensearch_password
    return IndexerConfig(
        home=settings.home,
        engine=EngineAddress(
            url=engine_url(settings),
            user=settings.opensearch_user,
            password=password.get_secret_value() if password else None,
            ca_file=settings.opensearch_ca_file,
        ),
        esoz_url=esoz_url(settings),
        esoz_api_key=settings.esoz_api_key.get_secret_value(),
        index_prefix=settings.index_prefix,
        shards=settings.shards,
        replicas=settings.replicas,
        capacity=CapacityRule(
            nearly_full_margin=settings.nearly_full_margin, max_age=timedelta(days=settings.capacity_max_age_days)
        ),
        quarantine_limit=settings.quarantine_limit,
        quarantine_floor=settings.quarantine_floor,
    )


def api_config(settings: Settings) -> Any:
    """The API's part of the settings."""
    from search_api.config import ApiConfig

    password = settings.opensearch_password
    return ApiConfig(
        opensearch_url=engine_url(settings),
        opensearch_user=settings.opensearch_user,
        opensearch_password=password.get_secret_value() if password else None,
        opensearch_ca_file=settings.opensearch_ca_file,
        index_prefix=settings.index_prefix,
        search_timeout_s=settings.search_timeout_s,
        capacity_max_age_days=settings.capacity_max_age_days,
        cors_origins=tuple(settings.cors_origins),
        cursor_secret=cursor_secret(settings),
        log_level=settings.log_level,
        freeze_after_start=True,
    )


def cursor_secret(settings: Settings) -> bytes:
    """The secret set, or one made once and kept below `home` where only this user reads it."""
    if settings.cursor_secret is not None:
        return settings.cursor_secret.get_secret_value().encode()
    path = settings.home / "run" / "cursor-secret"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32), encoding="ascii")
        fresh.replace(path)
    return path.read_text(encoding="ascii").encode()


def surnames_file(settings: Settings) -> Path:
    return settings.home / "places" / "surnames.txt.gz"


def ensure_surnames(settings: Settings) -> Path:
    """The file of surnames that exist, made the first time in a second."""
    path = surnames_file(settings)
    if not path.exists():
        from directory.surnames import build_surnames

        build_surnames(path)
    return path


def ensure_gazetteer(settings: Settings) -> Path:
    """The gazetteer file, built the first time and again when it is out of date."""
    from directory.places import build

    return build.ensure_gazetteer(
        gazetteer_file(settings), lambda: say("Building the gazetteer of settlements (once, about ten seconds)")
    )


def ensure_nation(settings: Settings) -> Path:
    """The sandbox folder of this size and seed: generated as of today the first time, and again once it is so old that
    its counts would say nothing; what days pass in between is up to `likar sandbox advance`."""
    from fixtures.nation.manifest import MANIFEST_FILE, Manifest

    folder = sandbox_folder(settings)
    if (folder / MANIFEST_FILE).exists():
        age = datetime.now(UTC) - Manifest.read(folder).meta.as_of
        if age < timedelta(days=settings.capacity_max_age_days):
            return folder
        say(f"The nation is {age.days} days old, so nobody's free places would be known: it is made anew as of today")
    from directory.places import Gazetteer
    from fixtures.nation import generate

    gazetteer = Gazetteer.load(ensure_gazetteer(settings))
    with Progress(*Progress.get_default_columns(), console=Console(stderr=True)) as bars:
        task = bars.add_task("generating the nation", total=None)
        generate(
            folder,
            doctors=settings.doctors,
            seed=settings.seed,
            snapshot=datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0),
            gazetteer=gazetteer,
            progress=lambda done, whole: bars.update(task, completed=done, total=whole),
        )
    return folder


def embedded_engine(settings: Settings) -> Any:
    """The embedded engine with its jars on disk; a bar shows the first download."""
    from indexer.embedded import EmbeddedEngine, jar_progress

    engine = EmbeddedEngine(settings.home, settings.engine_port, heap_mb=settings.engine_heap_mb)
    with jar_progress() as progress:
        engine.ensure_jars(progress)
    return engine


def child(settings: Settings, name: str, arguments: list[str], ready: str) -> Any:
    """One of our own commands as a process of its own."""
    from stack.processes import ChildProcess, ProcessSpec

    log = settings.home / "logs" / f"{arguments[0]}.log"
    overrides = {"LIKAR_DOCTORS": str(settings.doctors), "LIKAR_SEED": str(settings.seed)}
    spec = ProcessSpec(name, [sys.executable, str(Path(__file__)), *arguments], log.absolute(), ready, overrides)
    return ChildProcess(spec)


@app.command()
def up(doctors: Doctors = None, seed: Seed = None) -> None:
    """Start engine, sandbox registry, index and API of this machine, and stay; Ctrl-C stops them all."""
    settings = read_settings(doctors=doctors, seed=seed)
    from stack.ports import require_free_port
    from stack.supervisor import Supervisor

    with plain_errors(), Supervisor(say) as supervisor:
        require_free_port(settings.api_port, "the search API", "LIKAR_API_PORT", settings.api_host)
        if settings.esoz_url is None:
            require_free_port(settings.sandbox_port, "the sandbox registry", "LIKAR_SANDBOX_PORT")
        if settings.opensearch_url is None:
            supervisor.start(embedded_engine(settings), 120)
        ensure_gazetteer(settings)
        if settings.esoz_url is None:
            ensure_nation(settings)
            ready = f"{esoz_url(settings)}/livez"
            supervisor.start(child(settings, "sandbox registry", ["sandbox", "serve"], ready), 60)
        ensure_index(settings)
        supervisor.start(child(settings, "search API", ["api"], f"{api_url(settings)}/readyz"), 60)
        say(welcome(settings))
        supervisor.watch()


def ensure_index(settings: Settings) -> None:
    """Build both indexes unless those in service were made from this registry with today's schema."""
    from indexer.cli import build_with_bars
    from indexer.lifecycle import serving_is_current

    source = settings.esoz_url or registry_state(settings)
    stamp = settings.home / "run" / "indexed-from"
    known = stamp.exists() and stamp.read_text(encoding="utf-8") == source
    config = indexer_config(settings)
    if known and serving_is_current(config):
        return
    if settings.esoz_url is None and not known:
        refuse_a_foreign_directory(settings, stamp.exists())
        # Another nation is no shrunken feed of the one before: nearly all its rows may be others.
        config = replace(config, shrink_limit=1.0)
    stamp.unlink(missing_ok=True)
    build_with_bars(config)
    stamp.write_text(source, encoding="utf-8")


def refuse_a_foreign_directory(settings: Settings, built_here: bool) -> None:
    """Raises PlainError when synthetic doctors would take the place of what somebody else put into a shared cluster."""
    if settings.opensearch_url is None or built_here:
        return
    from indexer.upkeep import read_status
    from stack.errors import PlainError

    if any(status.serving for status in read_status(indexer_config(settings))):
        raise PlainError(
            f"The cluster already serves «{settings.index_prefix}doctors», which was not built from here.",
            "Set LIKAR_ESOZ_URL to build from the real registry, or LIKAR_INDEX_PREFIX to keep the sandbox apart.",
        )


def registry_state(settings: Settings) -> str:
    """Which nation of which day the sandbox serves; an index made from another one is made anew."""
    from fixtures.nation.manifest import Manifest

    meta = Manifest.read(sandbox_folder(settings)).meta
    return f"nation of {meta.doctors} doctors, seed {meta.seed}, as of {meta.date}"


def welcome(settings: Settings) -> str:
    """The address and three searches to copy: by place, by name, for a child."""
    url = api_url(settings)
    post = f"curl -s {url}/v1/search -H 'content-type: application/json' -d"
    searches = [
        ("by place", {"q": "терапевт Житомир", "age": 40, "page_size": 3}),
        ("by name", {"q": "Коваленко", "page_size": 3}),
        (
            "for a child near a point",
            {"near": {"lat": 50.4501, "lon": 30.5234}, "age": 5, "open_only": True, "page_size": 3},
        ),
    ]
    lines = [f"\nLikar answers at {url} (Ctrl-C stops everything). Three searches to copy:"]
    lines += [f"\n  # {what}\n  {post} '{json.dumps(body, ensure_ascii=False)}'" for what, body in searches]
    return "\n".join(lines) + "\n"


@app.command()
def api() -> None:
    """Run the search API alone, in the foreground."""
    settings = read_settings()
    from search_api.server import run
    from stack.ports import require_free_port

    with plain_errors():
        require_free_port(settings.api_port, "the search API", "LIKAR_API_PORT", settings.api_host)
        run(
            api_config(settings),
            ensure_gazetteer(settings),
            ensure_surnames(settings),
            host=settings.api_host,
            port=settings.api_port,
        )


@engine_app.command("fetch")
def engine_fetch(
    verify: Annotated[bool, typer.Option("--verify", help="Check the sums of all jars again.")] = False,
) -> None:
    """Download the engine's jars that are missing and verify them."""
    settings = read_settings()
    from indexer.embedded import EmbeddedEngine, jar_progress

    engine = EmbeddedEngine(settings.home, settings.engine_port)
    with plain_errors(), jar_progress() as progress:
        engine.ensure_jars(progress, verify=verify)


@engine_app.command("start")
def engine_start() -> None:
    """Run the engine alone, in the foreground."""
    settings = read_settings()
    from stack.supervisor import Supervisor

    with plain_errors(), Supervisor(say) as supervisor:
        engine = embedded_engine(settings)
        supervisor.start(engine, 120)
        say(f"OpenSearch answers at {engine.url} (Ctrl-C stops it)")
        supervisor.watch()


@engine_app.command("status")
def engine_status(as_json: Json = False) -> None:
    """Tell whether the engine answers; exit code 1 when it does not."""
    settings = read_settings()
    from indexer.errors import IndexingError
    from indexer.upkeep import read_health

    url = engine_url(settings)
    try:
        health: Mapping[str, Any] | None = read_health(indexer_config(settings))
    except IndexingError:
        health = None
    if as_json:
        typer.echo(json.dumps({"url": url, "health": health}))
    elif health:
        typer.echo(f"{url}: {health['status']}, {health['number_of_nodes']} node(s)")
    else:
        typer.echo(f"No engine answers at {url}: start it with «likar engine start» or «make run».", err=True)
    raise typer.Exit(0 if health else 1)


@engine_app.command("stop")
def engine_stop() -> None:
    """Stop an engine of this folder that was left running."""
    settings = read_settings()
    from indexer.embedded import EmbeddedEngine

    engine = EmbeddedEngine(settings.home, settings.engine_port)
    with plain_errors():
        if engine.attach():
            engine.stop()
            say("The engine is stopped.")
        else:
            say("No engine of this folder runs.")


@sandbox_app.command("generate")
def sandbox_generate(doctors: Doctors = None, seed: Seed = None) -> None:
    """Generate the synthetic nation of this size and seed, unless it is there."""
    with plain_errors():
        say(str(ensure_nation(read_settings(doctors=doctors, seed=seed))))


@sandbox_app.command("serve")
def sandbox_serve(doctors: Doctors = None, seed: Seed = None) -> None:
    """Serve the synthetic nation over ЕСОЗ's contract, in the foreground."""
    settings = read_settings(doctors=doctors, seed=seed)
    from fixtures.sandbox.server import run
    from stack.ports import require_free_port

    with plain_errors():
        folder = ensure_nation(settings)
        require_free_port(settings.sandbox_port, "the sandbox registry", "LIKAR_SANDBOX_PORT")
        run(folder, port=settings.sandbox_port)


@sandbox_app.command("advance")
def sandbox_advance(
    days: Annotated[int, typer.Argument(min=1, max=366)], doctors: Doctors = None, seed: Seed = None
) -> None:
    """Let days pass in the nation: new, changed and ended rows, counters, events. A running server notices."""
    settings = read_settings(doctors=doctors, seed=seed)
    from fixtures.nation.advance import advance

    with plain_errors():
        folder = ensure_nation(settings)
        advance(folder, days)
        say(f"{folder} has moved on by {days} day(s): build the index anew with «likar index build».")


def main() -> None:
    """The console entry."""
    from console.commands import add_commands
    from indexer.cli import create_index_app

    app.add_typer(create_index_app(indexer_config), name="index")
    add_commands(app, lambda: api_url(read_settings()))
    app()


if __name__ == "__main__":
    main()
