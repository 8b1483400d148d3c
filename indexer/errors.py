"""Why a build, a rollback or a cleaning did not happen: plain sentences, and whether it failed or was refused."""


class IndexingError(Exception):
    """Something went wrong; the serving indexes are as they were. The text is one plain sentence with the cure."""


class IndexingRefused(IndexingError):
    """A rule of ours said no: the data or the moment is wrong, nothing is broken."""


class EngineUnreachable(IndexingError):
    """OpenSearch does not answer at the address given."""


class EngineFault(IndexingError):
    """OpenSearch answered with an error we cannot cure by waiting."""


class DocumentsRejected(IndexingError):
    """OpenSearch refused documents: mapping and documents disagree."""


class IndexUnsound(IndexingError):
    """The new index does not hold what it should; it was not put into service."""


class BuildRunning(IndexingRefused):
    """Another build, rollback or cleaning holds the lock."""


class FeedRefused(IndexingRefused):
    """A feed is empty, sharply shrunken, or holds too many bad rows."""


class FeedUnreadable(IndexingError):
    """A feed could not be read to its end."""


class RegistryFault(IndexingError):
    """The registry file cannot be opened or is damaged."""
