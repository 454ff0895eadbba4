"""What became of an import: a summary of each sheet, what was rejected, and what was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from aiplus_cli.errors import Problem
from aiplus_cli.intake.decision import Advance, Revision
from aiplus_cli.intake.files.cells import NOTHING_HIDDEN, Hidden
from aiplus_cli.intake.remarks import Remark
from aiplus_cli.ledger.entries import Published

FIRST = 20
"""Revisions, and new figures of a dry run, that are told one by one."""
FIRST_JUMPS = 5
FIRST_REJECTED = 20


class Counts(NamedTuple):
    """The values of a sheet by what became of them."""

    new: int
    unchanged: int
    revised: int
    rejected: int
    empty: int
    skipped: int


@dataclass(frozen=True)
class SheetSummary:
    """How a sheet was understood, and what became of its values.

    `rows` are those below the header, `without` those of them that have no figure. `revisions` and `jumps` are the
    first of them, `new` the first new figures, where they are wanted; `hidden` is what people do not see of the sheet.
    """

    name: str
    kind: Literal["own", "long", "wide"]
    header: tuple[int, int]
    rows: int
    without: int
    counts: Counts
    revisions: tuple[Revision, ...] = ()
    jumps: tuple[Advance, ...] = ()
    jump_count: int = 0
    later: int = 0
    """How many of the unchanged are dated after the ledger's."""
    unsourced: int = 0
    """How many of the values have no source."""
    undated: int = 0
    """How many of the values are taken as published on the day of recording."""
    remarks: tuple[Remark, ...] = ()
    """What the titles and notes of the sheet say, and what each was taken for."""
    hidden: Hidden = NOTHING_HIDDEN
    new: tuple[Published, ...] = ()


class RejectedValue(NamedTuple):
    """A value that was not imported, with one of the reasons: its file, what its cell says, and what is wrong."""

    path: Path
    file: str
    text: str
    problem: Problem


@dataclass(frozen=True)
class Imported:
    """One import: its sheets, what was written, and what was not.

    `gone` are the ids of figures of the files that the ledger has withdrawn or corrected, and that stay so;
    `problems` are those of the first rejected values, `rejected` counts the values; `cleaned` are texts that had
    characters nobody sees.
    """

    sheets: tuple[SheetSummary, ...]
    written: int
    gone: tuple[str, ...] = ()
    rejected: int = 0
    problems: tuple[Problem, ...] = ()
    cleaned: tuple[str, ...] = ()
