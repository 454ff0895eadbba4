"""The files of a workspace: where they are, and how they are found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aiplus_cli.errors import EnvironmentProblem, Message, Problem

TARGETS, LEDGER, RUNS = "targets.yaml", "progress.jsonl", "runs"


@dataclass(frozen=True)
class Files:
    """The files of a folder, which may or may not be there."""

    folder: Path

    @property
    def targets(self) -> Path:
        return self.folder / TARGETS

    @property
    def ledger(self) -> Path:
        return self.folder / LEDGER

    @property
    def runs(self) -> Path:
        """Where runs are recorded, unless an option names another folder."""
        return self.folder / RUNS

    def kept(self, runs: Path | None = None) -> list[Path]:
        """What no output may take the place of: plan, ledger, and the recorded runs, in the folder `runs` too."""
        return [self.targets, self.ledger, *self.runs.glob("*.json"), *(runs.glob("*.json") if runs else ())]


def find_files(start: Path | None = None) -> Files:
    """The folder, by default the current one, or the nearest above it, that has a targets.yaml.

    Raises EnvironmentProblem where there is none, or no such folder.
    """
    first = current_folder() / (start or "")
    if start is not None and not first.exists():
        fix = Message("check the name")
        raise EnvironmentProblem(Problem(str(first), Message("there is no such file or folder"), fix))
    for folder in (first, *first.parents):
        if (folder / TARGETS).is_file():
            return Files(folder)
    fix = Message("run 'aiplus init' for a workspace with the real plan, or change to a folder that has one")
    if start is not None:
        what = Message("{name} is neither here nor in any folder above", name=TARGETS)
        raise EnvironmentProblem(Problem(str(first), what, fix))
    raise EnvironmentProblem(Problem(TARGETS, Message("not found here or in any parent folder"), fix))


def current_folder() -> Path:
    """The folder that one is in; raises EnvironmentProblem where it has been deleted."""
    try:
        return Path.cwd()
    except OSError:
        what = Message("the current folder is no longer there")
        raise EnvironmentProblem(Problem(".", what, Message("change to a folder that is there"))) from None


def shown(path: Path) -> str:
    """A path as people would write it: from here where it lies below."""
    here = current_folder()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
