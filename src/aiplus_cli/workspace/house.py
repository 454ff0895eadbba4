"""An opened workspace: its files, its clock, and how they are read; what every call shares."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aiplus_cli.workspace.files import Files
from aiplus_cli.workspace.notes import Listener, Note, unheard

if TYPE_CHECKING:
    from aiplus_cli.ledger.jsonl import Ledger
    from aiplus_cli.plan.records import Plan
    from aiplus_cli.workspace.dates import Clock


class House:
    """The files of a workspace, and who is asked for the day and told what there is to say."""

    def __init__(self, files: Files, *, clock: Clock | None = None, author: str = "", tell: Listener = unheard) -> None:
        self.files = files
        """Where the files are."""
        self._given_clock, self._author, self._tell = clock, author, tell
        self._plan: Plan | None = None

    @property
    def folder(self) -> Path:
        return self.files.folder

    @property
    def plan(self) -> Plan:
        """The plan as the last call read it, or as it is now: milestones, areas, indicators, policy."""
        if self._plan is None:
            self._plan = self.plan_of(self.files.targets)
        return self._plan

    def plan_of(self, targets: Path | None) -> Plan:
        """The plan of another targets.yaml; without one, that of this workspace."""
        from aiplus_cli.plan.load import load

        return self.plan if targets is None else load(targets)

    @property
    def _clock(self) -> Clock:
        from aiplus_cli.workspace.dates import clock_of

        return clock_of(self.plan, self._given_clock)

    def _read(self) -> tuple[Plan, Ledger]:
        from aiplus_cli.workspace.loading import ahead, load_workspace

        plan, ledger = load_workspace(self.files)
        self._plan = plan
        for problem in ahead(ledger, self._clock.today()):
            self._tell(Note.about(problem))
        return plan, ledger

    def _runs(self, folder: Path | str | None) -> Path:
        return self.files.runs if folder is None else Path(folder)
