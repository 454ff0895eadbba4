"""What there is to say beside a result: a sentence, or a warning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiplus_cli.errors import Message, Problem


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that whoever asked should know; it changes no result."""

    text: Message
    """The sentence; `str()` gives it in English."""
    is_warning: bool = False
    """Whether something may not be as it was meant."""

    @classmethod
    def about(cls, problem: Problem) -> Note:
        """What may be wrong, at its place, and what to do then."""
        text = Message("{where}: {what}; {fix}", where=problem.where, what=problem.what, fix=problem.fix)
        return cls(text, is_warning=True)


Listener = Callable[[Note], None]


def unheard(note: Note) -> None:
    """For those who want the result only."""
    del note
