"""The API as a process of its own: uvicorn with uvloop and httptools, one worker."""

import socket
from pathlib import Path

import uvicorn

from directory.places import Gazetteer
from directory.surnames import load_surnames
from search_api.app import create_app
from search_api.config import ApiConfig
from search_api.engine import OpenSearchEngine
from search_api.large_things import large_things_made
from search_api.logs import make_logger, silence_libraries

_DRAIN_S = 5
_KEEP_ALIVE_S = 65
_BACKLOG = 2_048


def run(config: ApiConfig, gazetteer_path: Path, surnames_path: Path, *, host: str, port: int) -> None:
    """Serves until SIGINT or SIGTERM, then answers what has begun and returns; port 0 takes any free one.

    Raises OSError when the port is taken, GazetteerUnreadable and SurnamesUnreadable for a missing or broken file.
    """
    silence_libraries()
    logger = make_logger(config.log_level)
    with listen(host, port) as listening:
        with large_things_made():
            app = create_app(
                config,
                OpenSearchEngine(config),
                Gazetteer.load(gazetteer_path),
                logger=logger,
                known_surnames=load_surnames(surnames_path),
            )
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                loop="uvloop",
                http="httptools",
                ws="none",
                lifespan="on",
                access_log=False,
                log_config=None,
                server_header=False,
                timeout_keep_alive=_KEEP_ALIVE_S,
                timeout_graceful_shutdown=_DRAIN_S,
            )
        )
        logger.info("listening", host=host, port=listening.getsockname()[1])
        server.run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that a taken port is an error before anything else has begun."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening
