"""Reading a workspace: plan and ledger, with the problems of both at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from aiplus_cli.errors import Fault, InputProblem, Message, Problem
from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.entries import Entry, Withdrawal
from aiplus_cli.ledger.jsonl import Ledger
from aiplus_cli.ledger.soundness import ledger_problems, waiver_problems
from aiplus_cli.plan import load as targets
from aiplus_cli.plan.records import Plan
from aiplus_cli.workspace.files import TARGETS, Files

FIRST_AHEAD = 5
"""Entries dated after today that are told one by one."""


def load_workspace(files: Files) -> tuple[Plan, Ledger]:
    """Plan and ledger; raises InputProblem with the problems of both files at once."""
    plan, ledger, problems = _read(files)
    if problems or plan is None:
        raise InputProblem(*problems)
    return plan, ledger


class Findings(NamedTuple):
    """What is wrong with the files, and what may be."""

    problems: list[Problem]
    warnings: list[Problem]


def findings(files: Files, day: Callable[[Plan], date]) -> Findings:
    """Everything that is wrong with the files on the plan's day; beside what stops every command, too long waivers."""
    plan, ledger, problems = _read(files)
    if plan is None:
        return Findings(problems, [])
    today = day(plan)
    return Findings(problems + waiver_problems(plan, TARGETS, today), ahead(ledger, today))


def ahead(ledger: Ledger, today: date) -> list[Problem]:
    """The first entries that were published on a day to come, and a word on the others."""
    late = [(entry, ledger.lines[index]) for index, entry in enumerate(ledger.entries) if entry.published > today]
    found = [_is_ahead(entry, today).at(f"{ledger.name}:{line}") for entry, line in late[:FIRST_AHEAD]]
    if len(late) > FIRST_AHEAD:
        what = Message("{n} more are dated after today, {today}", n=len(late) - FIRST_AHEAD, today=today)
        found.append(Problem(ledger.name, what, Message("'aiplus log' shows the dates")))
    return found


def _is_ahead(entry: Entry, today: date) -> Fault:
    what = Message("published on {day}, after today, {today}: it counts from then on", day=entry.published, today=today)
    if isinstance(entry, Withdrawal):
        return Fault(what, Message("if the date is wrong, record the figure again"))
    return Fault(what, Message("if the date is wrong, correct it: aiplus record … --replaces {id}", id=entry.id))


def _read(files: Files) -> tuple[Plan | None, Ledger, list[Problem]]:
    """Plan (None when it cannot be used), the readable part of the ledger, and the problems that stop a command."""
    problems: list[Problem] = []
    plan = None
    try:
        plan = targets.load(files.targets)
    except InputProblem as error:
        problems += error.problems
    ledger = jsonl.read(files.ledger)
    problems += ledger.problems
    problems += ledger_problems(plan, ledger.name, ledger.entries, ledger.lines)
    return plan, ledger, problems
