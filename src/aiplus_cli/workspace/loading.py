"""Reading a workspace: plan and ledger, with the problems of both at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiplus_cli.errors import InputProblem, Problem

if TYPE_CHECKING:
    from aiplus_cli.ledger.jsonl import Ledger
    from aiplus_cli.plan.records import Indicator, Plan
    from aiplus_cli.workspace.files import Files


def read_workspace(files: Files) -> tuple[Plan | None, Ledger, list[Problem]]:
    """Plan (None when it cannot be used), the readable part of the ledger, and the problems of both files."""
    from aiplus_cli.ledger import jsonl
    from aiplus_cli.ledger.soundness import entry_problems
    from aiplus_cli.plan import load as targets

    problems: list[Problem] = []
    plan = None
    try:
        plan = targets.load(files.targets)
    except InputProblem as error:
        problems += error.problems
    ledger = jsonl.read(files.ledger)
    problems += ledger.problems
    if plan:
        problems += entry_problems(plan, ledger.name, ledger.entries, ledger.lines)
    return plan, ledger, problems


def load_workspace(files: Files) -> tuple[Plan, Ledger]:
    """Plan and ledger; raises InputProblem with the problems of both files at once."""
    plan, ledger, problems = read_workspace(files)
    if problems or plan is None:
        raise InputProblem(*problems)
    return plan, ledger


def need_indicator(plan: Plan, indicator_id: str) -> Indicator:
    """The indicator; raises InputProblem that offers the nearest ids."""
    from aiplus_cli.ledger.soundness import indicator_problem

    found = plan.indicator(indicator_id)
    if found is None:
        raise InputProblem(Problem("INDICATOR", *indicator_problem(plan, indicator_id)))
    return found
