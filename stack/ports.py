"""Ports of this machine: is one free, who holds it, which are free."""

import contextlib
import socket

import psutil

from stack.errors import PortTaken

LOOPBACK = "127.0.0.1"


def port_is_free(port: int, host: str = LOOPBACK) -> bool:
    """Tell whether a server could listen on `host:port` now; a port in TIME_WAIT counts as free."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def require_free_port(port: int, what: str, setting: str, host: str = LOOPBACK) -> None:
    """Raise `PortTaken` naming the port, its holder if visible, and the setting to change.

    `what` names what wanted the port ("the search API"), `setting` is the variable, as in `LIKAR_API_PORT`.
    """
    if port_is_free(port, host):
        return
    holder = find_port_holder(port)
    taken_by = f"by {holder}" if holder else "by another program"
    raise PortTaken(
        f"Port {port}, wanted by {what}, is taken {taken_by}.",
        f"Stop that program, or choose another port with {setting}, and run again.",
    )


def find_port_holder(port: int) -> str | None:
    """Name the process that listens on `port` ("nginx (pid 17)"); None where the system does not let us look."""
    try:
        listening = [c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN]
        pid = next((c.pid for c in listening if c.laddr.port == port), None)
        return None if pid is None else f"{psutil.Process(pid).name()} (pid {pid})"
    except psutil.Error:
        return None


def find_free_ports(count: int, host: str = LOOPBACK) -> list[int]:
    """Give `count` different ports that are free now. Somebody may take one before you do: for tests only."""
    with contextlib.ExitStack() as held:
        ports: list[int] = []
        for _ in range(count):
            probe = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_STREAM))
            probe.bind((host, 0))
            ports.append(probe.getsockname()[1])
    return ports


def find_free_block(count: int, host: str = LOOPBACK) -> int:
    """Give the first of `count` consecutive ports that are free now; for tests only, as `find_free_ports`."""
    for _ in range(100):
        first = find_free_ports(1, host)[0]
        if first + count <= 65_536 and all(port_is_free(first + i, host) for i in range(count)):
            return first
    raise PortTaken(f"No {count} free ports in a row were found.", "Close programs that hold ports, and run again.")
