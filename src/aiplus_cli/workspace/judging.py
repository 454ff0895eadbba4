"""The figures of a day, judged."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from aiplus_cli.judge.assess import Selection, assess_plan
from aiplus_cli.judge.records import Report
from aiplus_cli.ledger.entries import Entry, Withdrawal
from aiplus_cli.ledger.vintages import current
from aiplus_cli.plan.records import Plan
from aiplus_cli.workspace.asking import need_served


@dataclass(frozen=True)
class Vintages:
    """The plan and the ledger, to be judged on one day after another."""

    plan: Plan
    entries: Sequence[Entry]
    method: str

    def report(self, as_of: date, today: date, selection: Selection) -> Report:
        figures = current(self.entries, as_of, wanted=selection.regions)
        return assess_plan(self.plan, figures, as_of=as_of, today=today, method=self.method, selection=selection)

    def served(self, as_of: date, today: date, selection: Selection) -> Report:
        """As `report`; raises UsageProblem for every selected indicator that the method cannot judge."""
        need_served(self.plan, self.method, selection)
        return self.report(as_of, today, selection)


def of_regions(entries: Sequence[Entry], regions: Container[str] | None) -> list[Entry]:
    """The entries of some regions, None for all; a withdrawal has none of its own, and stays."""
    if regions is None:
        return list(entries)
    return [entry for entry in entries if isinstance(entry, Withdrawal) or entry.region in regions]
