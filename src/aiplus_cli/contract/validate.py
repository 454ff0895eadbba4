"""aiplus.validate/1: what is wrong with a workspace's files, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from aiplus_cli.contract.values import Part, Sentence
from aiplus_cli.contract.version import tool_version
from aiplus_cli.errors import Problem


@dataclass(frozen=True, slots=True)
class ProblemRow(Part):
    """One thing that is wrong."""

    where: str
    """The file, and the line where there is one."""
    what: Sentence
    """What is wrong."""
    fix: Sentence | None
    """How to mend it; null where that is not known."""
    excerpt: str | None
    """The line itself; null where none is shown."""

    @property
    def problem(self) -> Problem:
        """The row as the error that it is."""
        return Problem(self.where, self.what, self.fix, self.excerpt or "")


@dataclass(frozen=True, slots=True)
class ValidateDocument(Part):
    """Every problem of targets.yaml and progress.jsonl; without one, both can be judged on."""

    schema: Literal["aiplus.validate/1"]
    """The name and version of this form."""
    tool_version: str
    """The version of aiplus that wrote it."""
    problems: tuple[ProblemRow, ...]
    """What is wrong; empty where nothing is."""
    warnings: tuple[ProblemRow, ...]
    """What may be wrong, and stops no command: entries that are dated after today."""


def validate_document(problems: Iterable[Problem], warnings: Iterable[Problem]) -> ValidateDocument:
    """The problems in the form of the contract."""
    return ValidateDocument("aiplus.validate/1", tool_version(), problem_rows(problems), problem_rows(warnings))


def problem_rows(problems: Iterable[Problem]) -> tuple[ProblemRow, ...]:
    """Problems in the form of the contract."""
    return tuple(ProblemRow(each.where, each.what, each.fix, each.excerpt or None) for each in problems)
