"""aiplus.failure/1: why nothing was assessed, for jobs that asked `check` for a document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from pydantic import WithJsonSchema

from aiplus_cli.contract.encode import as_text
from aiplus_cli.contract.values import Part, Sentence
from aiplus_cli.contract.version import tool_version
from aiplus_cli.errors import ExitCode, Message, Problem

FailureCode = Annotated[int, WithJsonSchema({"type": "integer", "enum": [1, 2, 3, 4]})]
FailureKind = Literal["bug", "usage", "input", "environment"]
KINDS: dict[ExitCode, FailureKind] = {
    ExitCode.BUG: "bug",
    ExitCode.USAGE: "usage",
    ExitCode.INPUT: "input",
    ExitCode.ENVIRONMENT: "environment",
}
REASONS: dict[FailureKind, Message] = {
    "bug": Message("the program failed"),
    "usage": Message("the command is used wrongly"),
    "input": Message("the plan, the ledger or another input is wrong"),
    "environment": Message("something outside the plan and the ledger is in the way"),
}


class Place(NamedTuple):
    """A file as its repository has it, and the line; no file where an option or the environment is at fault."""

    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class FailureRow(Part):
    """One thing that is wrong, and where it stands."""

    where: str
    """The file and the line as the error names them, or the option."""
    what: Sentence
    """What is wrong."""
    fix: Sentence | None
    """How to mend it; null where that is not known."""
    excerpt: str | None
    """The line itself; null where none is shown."""
    path: str | None
    """The file as its repository has it; null where an option or the environment is at fault."""
    line: Annotated[int, WithJsonSchema({"type": "integer", "minimum": 1})] | None
    """The line of that file; null where the file as a whole is at fault, or none."""

    @property
    def problem(self) -> Problem:
        """The row as the error that it is."""
        return Problem(self.where, self.what, self.fix, self.excerpt or "")


@dataclass(frozen=True, slots=True)
class FailureDocument(Part):
    """Why nothing was assessed: what `check --format json` writes in the place of its findings."""

    schema: Literal["aiplus.failure/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    exit_code: FailureCode
    """2 for usage, 3 for bad input, 4 for the environment, 1 for a bug of aiplus."""
    kind: FailureKind
    """What the exit code means."""
    reason: Sentence
    """The same as a sentence."""
    problems: tuple[FailureRow, ...]
    """What is wrong; all of it, as far as it is known."""


def failure_document(code: ExitCode, problems: Sequence[Problem], place_of: Callable[[str], Place]) -> FailureDocument:
    """The problems in the form of the contract; `place_of` finds the file that a problem stands in."""
    kind = KINDS[code]
    rows = tuple(
        FailureRow(as_text(each.where), each.what, each.fix, each.excerpt or None, *place_of(each.where))
        for each in problems
    )
    return FailureDocument("aiplus.failure/1", tool_version(), int(code), kind, REASONS[kind], rows)
