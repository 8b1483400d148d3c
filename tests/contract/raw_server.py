"""A server of a few lines that answers with exact bytes: for faults that no sound server can be made to have."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

Answer = Callable[[socket.socket], None]


@contextmanager
def serve_raw(*answers: Answer) -> Iterator[tuple[str, list[bytes]]]:
    """Gives the URL and the requests that came. The n-th connection gets the n-th answer, later ones the last, and is
    closed after it."""
    listener = socket.create_server(("127.0.0.1", 0))
    requests: list[bytes] = []
    thread = threading.Thread(target=_serve, args=(listener, answers, requests), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", requests
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def _serve(listener: socket.socket, answers: Sequence[Answer], requests: list[bytes]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(5)
            requests.append(_read_request(connection))
            try:
                answers[min(len(requests), len(answers)) - 1](connection)
            except OSError:
                # The client went away, which is what some of these answers are for.
                continue


def _read_request(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request and (piece := connection.recv(65536)):
        request += piece
    return request


def sends(body: bytes, *headers: str, status: str = "200 OK") -> Answer:
    """An answer with these headers alone; without a content-length its end is the end of the connection."""
    head = "\r\n".join((f"HTTP/1.1 {status}", *headers, "connection: close", "", "")).encode()
    return lambda connection: connection.sendall(head + body)
