"""Reading a workspace: plan and ledger, with the problems of both at once."""

from __future__ import annotations

from datetime import date

from aiplus_cli.errors import InputProblem, Problem
from aiplus_cli.ledger import jsonl
from aiplus_cli.ledger.jsonl import Ledger
from aiplus_cli.ledger.soundness import ledger_problems, waiver_problems
from aiplus_cli.plan import load as targets
from aiplus_cli.plan.records import Plan
from aiplus_cli.workspace.files import TARGETS, Files


def load_workspace(files: Files) -> tuple[Plan, Ledger]:
    """Plan and ledger; raises InputProblem with the problems of both files at once."""
    plan, ledger, problems = _read(files)
    if problems or plan is None:
        raise InputProblem(*problems)
    return plan, ledger


def problems_of(files: Files, today: date) -> list[Problem]:
    """Everything that is wrong with the files on a day; beside what stops every command, waivers that last too long."""
    plan, _, problems = _read(files)
    return problems + (waiver_problems(plan, TARGETS, today) if plan else [])


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
