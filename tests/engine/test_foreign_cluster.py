"""Synthetic doctors never take the place of what somebody else put into a shared cluster."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from stack.ports import find_free_ports
from tests.support.indexing import build_tiny_index, drop_tiny_index, tiny_doctor

pytestmark = pytest.mark.engine

PROJECT = Path(__file__).parents[2]


def test_a_directory_built_elsewhere_is_not_replaced_by_the_sandbox(engine_url: str, tmp_path: Path) -> None:
    index = build_tiny_index(engine_url, [tiny_doctor("real")])
    sandbox, api = find_free_ports(2)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LIKAR_")} | {
        "LIKAR_HOME": str(tmp_path),
        "LIKAR_OPENSEARCH_URL": engine_url,
        "LIKAR_INDEX_PREFIX": index.prefix,
        "LIKAR_SANDBOX_PORT": str(sandbox),
        "LIKAR_API_PORT": str(api),
        "LIKAR_DOCTORS": "100",
    }
    try:
        command = [sys.executable, str(PROJECT / "likar.py"), "up"]
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert ended.returncode == 1
        assert "not built from here" in ended.stderr
        assert "LIKAR_INDEX_PREFIX" in ended.stderr
        status = [sys.executable, str(PROJECT / "likar.py"), "engine", "status"]
        asked = subprocess.run(status, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert asked.returncode == 0, asked.stderr
    finally:
        drop_tiny_index(engine_url, index)
