"""What there is to say beside a result: a sentence, or a warning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiplus_cli.errors import Message


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that whoever asked should know; it changes no result."""

    text: Message
    """The sentence; `str()` gives it in English."""
    is_warning: bool = False
    """Whether something may not be as it was meant."""


Listener = Callable[[Note], None]


def unheard(note: Note) -> None:
    """For those who want the result only."""
    del note
