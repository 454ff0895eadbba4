"""What there is to export: the plan, the ledger as it was written, and the status for the formats that show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiplus_cli.contract.figures import FiguresDocument
from aiplus_cli.contract.status import StatusDocument
from aiplus_cli.plan.records import Plan


@dataclass(frozen=True, slots=True)
class Content:
    """One reading of the files."""

    plan: Plan
    """Milestones, areas and indicators with their targets."""
    figures: FiguresDocument
    """Every entry of the ledger, in its order, those out of force included."""
    assess: Callable[[], StatusDocument]
    """Works out the status; a call costs as much as `Workspace.status`."""
