"""Failures a person can cure: one plain sentence of what is wrong and one of what to do."""


class PlainError(Exception):
    """A failure that is told in two plain sentences: what happened and the cure.

    `str(error)` is both; `exit_code` is what a command line ends with.
    """

    exit_code = 1

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message, cure)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.message} {self.cure}"


class PortTaken(PlainError):
    """A port we were told to listen on is held by somebody else."""


class ProcessDied(PlainError):
    """A process we started ended by itself."""


class NotReady(PlainError):
    """A process we started runs but did not become ready within its time."""
