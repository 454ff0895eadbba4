"""The public door: a workspace, and everything that can be asked of it and written into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aiplus_cli.workspace.files import Files, current_folder, find_files
from aiplus_cli.workspace.notes import Listener, unheard
from aiplus_cli.workspace.questions import Questions
from aiplus_cli.workspace.writing import Writing

if TYPE_CHECKING:
    from aiplus_cli.workspace.dates import Clock


class Workspace(Questions, Writing):
    """A folder with a targets.yaml and its progress.jsonl; every call reads the files as they are then.

    Nothing is printed. Where an option is wrong, the error calls it by its name on the command line: `as_of` is
    `--as-of`, `since` and `until` of `diff` are `--from` and `--to`, `mapping` and `area` of an import `--map` and
    `--range`, `runs` is `--dir`. The environment is not read: `AIPLUS_TODAY` and `AIPLUS_LANG` are the command
    line's. What several of can be asked for (`milestones`, `areas`, `regions`, `indicators`) is one text or a
    sequence of them; none asks for all, of regions for the nation; `regions="all"` asks for every one. `as_of` is
    the last day on which a figure may have been published, by default `today`; `today` is the day of the clock, by
    default `as_of`, else today where the plan is (`plan.timezone`), or where the computer is.

    Every call raises InputProblem where targets.yaml, the ledger or an entry is wrong, EnvironmentProblem where a
    file cannot be read or written, UsageProblem where what is asked for is; each with all `problems` found.
    """

    @classmethod
    def open(
        cls, path: Path | str | None = None, *, clock: Clock | None = None, author: str = "", tell: Listener = unheard
    ) -> Workspace:
        """The workspace of a folder or of the nearest one above it, by default of the current folder.

        `clock` is asked for the day and the time where a call names none, by default the computer's; `author` is
        whom entries are recorded by, by default the user's name; `tell` hears what there is to say beside results.
        Raises EnvironmentProblem where there is no targets.yaml.
        """
        return cls(find_files(None if path is None else Path(path)), clock=clock, author=author, tell=tell)

    @classmethod
    def create(cls, folder: Path | str, *, empty: bool = False, tell: Listener = unheard) -> Workspace:
        """A new workspace with the packaged plan, and with its published figures unless `empty`.

        Raises EnvironmentProblem where the folder has a targets.yaml or a progress.jsonl.
        """
        from aiplus_cli.workspace.creating import create_files

        place = current_folder() / folder
        tell(create_files(Path(folder), empty=empty))
        return cls(Files(place), tell=tell)
