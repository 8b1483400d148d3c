"""Why a run could not take place; each message is one plain sentence that says what to do."""


class CannotRun(Exception):
    """Nothing was measured: the command ends with exit code 1."""
