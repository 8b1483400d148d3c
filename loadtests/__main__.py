"""`python -m loadtests`: see docs/load.md."""

import sys

from loadtests.arguments import needs_generator, parse


def main() -> int:
    """Parses the command line, lets gevent patch the process where a schedule is to be kept, and carries it out."""
    arguments = parse(sys.argv[1:])
    if needs_generator(arguments):
        import gevent

        # Timers of epoll are whole milliseconds, and a request sent 1 ms late is 1 ms of latency; select has no such
        # grain, and stays cheap with the few hundred connections of a run.
        gevent.config.libev_backend = "select"
        from gevent import monkey

        monkey.patch_all()
    from loadtests.command import execute

    return execute(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
