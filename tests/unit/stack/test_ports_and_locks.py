"""Ports and locks: told apart when free and when taken, and plain about it."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from stack.errors import PortTaken
from stack.locks import hold_lock, take_lock
from stack.ports import find_free_block, find_free_ports, port_is_free, require_free_port


def test_port_somebody_listens_on_is_not_free_and_is_again_afterwards() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        assert not port_is_free(port)
    assert port_is_free(port)


def test_taken_port_names_port_holder_and_setting() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        with pytest.raises(PortTaken) as failure:
            require_free_port(port, "the search API", "LIKAR_API_PORT")
    assert f"Port {port}, wanted by the search API, is taken by" in failure.value.message
    assert f"(pid {os.getpid()})" in failure.value.message
    assert "LIKAR_API_PORT" in failure.value.cure


def test_free_port_raises_nothing() -> None:
    require_free_port(find_free_ports(1)[0], "the search API", "LIKAR_API_PORT")


def test_free_ports_differ_and_a_block_follows_one_another() -> None:
    assert len(set(find_free_ports(5))) == 5
    first = find_free_block(3)
    assert all(port_is_free(first + i) for i in range(3))


def test_lock_is_held_once_and_freed_by_closing(tmp_path: Path) -> None:
    held = take_lock(tmp_path / "lock")
    assert held is not None
    assert take_lock(tmp_path / "lock") is None
    os.close(held)
    with hold_lock(tmp_path / "lock"):
        assert take_lock(tmp_path / "lock") is None


def test_lock_handed_to_a_child_lasts_as_long_as_the_child(tmp_path: Path) -> None:
    held = take_lock(tmp_path / "lock")
    assert held is not None
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(held,))
    os.close(held)
    assert take_lock(tmp_path / "lock") is None
    child.kill()
    child.communicate()
    again = take_lock(tmp_path / "lock")
    assert again is not None
    os.close(again)
