"""aiplus.record/1: what `record` or `withdraw` appended to the ledger, or why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import WithJsonSchema

from aiplus_cli.contract.figures import FigureRow, figure_row
from aiplus_cli.contract.validate import ProblemRow, problem_rows
from aiplus_cli.contract.values import Part, Sentence
from aiplus_cli.contract.version import tool_version
from aiplus_cli.errors import AiplusError
from aiplus_cli.intake.record import Recorded

RecordCode = Annotated[int, WithJsonSchema({"type": "integer", "enum": [0, 2, 3, 4]})]


@dataclass(frozen=True, slots=True)
class RecordDocument(Part):
    """What was appended to the ledger by hand: a figure, a rating or a withdrawal."""

    schema: Literal["aiplus.record/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    dry_run: bool
    """Whether it was only tried, and nothing may be written."""
    exit_code: RecordCode
    """0 where all is well, 3 for bad input, 2 for usage, 4 for the environment."""
    entries: tuple[FigureRow, ...]
    """What was appended, or would be; empty where the ledger says so already."""
    said: tuple[Sentence, ...]
    """What is to be said of it: what it revises, how far it is from the figure before."""
    problems: tuple[ProblemRow, ...]
    """Why nothing could be appended."""


def record_document(done: Recorded, *, dry_run: bool) -> RecordDocument:
    """What was appended, in the form of the contract."""
    rows = tuple(map(figure_row, done.entries))
    return RecordDocument("aiplus.record/1", tool_version(), dry_run, 0, rows, tuple(done.said), ())


def record_refusal(error: AiplusError, *, dry_run: bool) -> RecordDocument:
    """Why nothing could be appended."""
    problems = problem_rows(error.problems)
    return RecordDocument("aiplus.record/1", tool_version(), dry_run, int(error.exit_code), (), (), problems)
