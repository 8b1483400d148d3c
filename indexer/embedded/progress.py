"""The progress bar of the first download."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.progress import Progress as Bars

from indexer.embedded.jars import Progress


@contextmanager
def jar_progress(console: Console | None = None) -> Iterator[Progress]:
    """Show a bar from the first told byte to the end of the block; nothing told, nothing shown."""
    bars = Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
    )
    task = bars.add_task("Fetching the search engine", start=False)

    def tell(done_bytes: int, total_bytes: int) -> None:
        if not bars.live.is_started:
            bars.start()
            bars.start_task(task)
        bars.update(task, completed=done_bytes, total=total_bytes)

    try:
        yield tell
    finally:
        bars.stop()
