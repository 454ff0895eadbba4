"""A progress bar on standard error, for long work on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def progress(stream: TextIO, title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Gives a function to say how much more is done; shows a bar on a terminal, nothing elsewhere or of nothing."""
    if not total or not stream.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=stream), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.advance(task, done)
