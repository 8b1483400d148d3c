"""What can go wrong with the embedded engine, each with its cure."""

from stack.errors import NotReady, PlainError, ProcessDied


class EngineError(PlainError):
    """The embedded engine cannot be had, started or reached."""


class JarsUnreachable(EngineError):
    """The repository of the engine's jars does not answer, or refuses."""


class JarDamaged(EngineError):
    """A jar is not the one of the committed list, again after fetching it anew."""


class JarsNotWritable(EngineError):
    """The jars' folder cannot be written."""


class NotEnoughSpace(JarsNotWritable):
    """The disk has no room for the jars."""


class NotEnoughMemory(EngineError):
    """The machine has not the memory the engine asks for."""


class EngineFolderLocked(EngineError):
    """The data folder is in use by an engine that we cannot take over."""


class EngineDied(EngineError, ProcessDied):
    """The engine ended by itself."""


class EngineNotReady(EngineError, NotReady):
    """The engine runs but did not become yellow or green in time."""
