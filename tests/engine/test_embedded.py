"""The real engine runs with what the design needs from it."""

import pytest

from indexer.embedded import EmbeddedEngine
from stack.readiness import get_json

pytestmark = pytest.mark.engine


def test_engine_answers_on_loopback_with_the_version_of_the_list(engine: EmbeddedEngine) -> None:
    about = get_json(engine.url)
    assert about["version"]["number"] == "3.8.0"
    assert engine.url.startswith("http://127.0.0.1:")
