"""The run of a month: what was found, on which files, kept in a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aiplus_cli.contract.encode import encode_json
from aiplus_cli.contract.run import Fingerprint, RunDocument, run_document
from aiplus_cli.disk import make_folder, write_inside, write_new_inside
from aiplus_cli.errors import EnvironmentProblem, Message, Problem
from aiplus_cli.judge.assess import Selection
from aiplus_cli.workspace.checking import Asked, earlier_runs, judge
from aiplus_cli.workspace.files import Files, shown
from aiplus_cli.workspace.judging import Vintages
from aiplus_cli.workspace.loading import load_workspace
from aiplus_cli.workspace.notes import Note
from aiplus_cli.workspace.runs import differences, fingerprint, read_run, run_path


@dataclass(frozen=True)
class Snapshot:
    """What became of a month's run."""

    path: Path
    """The file of the month."""
    document: RunDocument
    """The run on the files as they are."""
    is_written: bool
    """Whether the file was written now; else the one that was there is kept."""
    changed: tuple[str, ...] = ()
    """What is not as it was when the kept run was recorded: names of files, as_of, method, tool_version."""

    @property
    def name(self) -> str:
        """The path as people would write it, from here where it lies below."""
        return shown(self.path)

    def note(self) -> Note:
        """What happened, in a sentence."""
        path = self.name
        if self.is_written:
            return Note(Message("wrote {path}", path=path))
        if not self.changed:
            return Note(Message("{path} is already there, from the same inputs; nothing was written", path=path))
        changed = list(self.changed)
        what = Message(
            "{path} is kept; since then changed: {names}; --replace writes it anew", path=path, names=changed
        )
        return Note(what, is_warning=True)


def take_snapshot(files: Files, folder: Path, as_of: date, today: date, method: str, *, replace: bool) -> Snapshot:
    """Record the run of the month of `today`; one that is there stays, unless it is to be replaced.

    Raises EnvironmentProblem where the file cannot be written.
    """
    document = take_run(files, folder, as_of, today, method)
    path, text = run_path(folder, today), encode_json(document)
    make_folder(path.parent)
    if write_new_inside(path, text):
        return Snapshot(path, document, is_written=True)
    changed = differences(read_run(path), document)
    if not replace or path.read_bytes() == text.encode():
        return Snapshot(path, document, is_written=False, changed=changed)
    write_inside(path, text)
    return Snapshot(path, document, is_written=True)


def take_run(files: Files, folder: Path, as_of: date, today: date, method: str) -> RunDocument:
    """The run on the files as they are; raises EnvironmentProblem if they keep changing while they are read."""
    for _ in range(5):
        before = _fingerprints(files)
        plan, ledger = load_workspace(files)
        if _fingerprints(files) != before:
            continue
        vintages = Vintages(plan, ledger.entries, method)
        checked = judge(vintages, Asked(), as_of, today, lambda: earlier_runs(folder, today))
        return run_document(vintages.report(as_of, today, Selection(regions=None)), checked, before)
    what = Message("the files changed while they were read")
    fix = Message("wait until it has finished, then run the command again")
    raise EnvironmentProblem(Problem(str(files.folder), what, fix))


def _fingerprints(files: Files) -> dict[str, Fingerprint | None]:
    return {path.name: fingerprint(path) for path in (files.targets, files.ledger)}
