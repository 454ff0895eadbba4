"""What `diff` compares: two days, or a recorded run and a day, on the ledger as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from aiplus_cli.errors import Message, Problem, UsageProblem
from aiplus_cli.ledger.jsonl import Ledger
from aiplus_cli.workspace.dates import Clock, DateLike, read_both
from aiplus_cli.workspace.files import LEDGER, TARGETS, Files, current_folder, shown
from aiplus_cli.workspace.notes import Listener, Note
from aiplus_cli.workspace.runs import Run, fingerprint, last_run, lines_then, month_of, read_run


@dataclass(frozen=True)
class Span:
    """The two days of a review, and the run that the earlier one is from, if it is."""

    first: date
    last: date
    run: Run | None = None


def read_span(
    since: DateLike | Path | None, until: DateLike | None, folder: Path, clock: Clock, tell: Listener
) -> Span:
    """The days asked for, `since` a day or the path of a run.

    Without a day and without a run of an earlier month it is the end of the month before, which is told.
    Raises InputProblem for what is no run, UsageProblem for what is no day and where the two do not make a span.
    """
    day = str(since) if isinstance(since, Path) else since
    run = _read_run(Path(day)) if isinstance(day, str) and day.endswith(".json") else None
    first, last = read_both(("--from", None if run else day), ("--to", until))
    last = last or clock.today()
    if run is None and first is None:
        run = last_run(folder, before=month_of(last))
    first = first or (run.as_of if run else _end_of_last_month(last))
    if since is None and run is None:
        what = Message(
            "no run of an earlier month is recorded in {folder}: compared with {day}", folder=shown(folder), day=first
        )
        tell(Note(what))
    if first > last:
        what = Message("{first} is later than {last}", first=first, last=last)
        raise UsageProblem(Problem("--from", what, Message("give the earlier date first")))
    return Span(first, last, run)


def _read_run(path: Path) -> Run:
    """The run of that name, sought from the current folder, as an error says."""
    sought = current_folder() / path
    return read_run(path if sought.exists() else sought)


def _end_of_last_month(day: date) -> date:
    return max(day.replace(day=1), date(1, 1, 2)) - timedelta(days=1)


def recorded_by(run: Run, files: Files, ledger: Ledger, from_targets: Path | None, tell: Listener) -> set[str] | None:
    """The ids that the ledger held when the run was recorded; None, which is told, where that cannot be known."""
    if fingerprint(from_targets or files.targets) != run.input(TARGETS):
        what = Message(
            "targets.yaml is not the one of {path}; --from-targets FILE compares with the earlier one", path=run.path
        )
        tell(Note(what, is_warning=True))
    count = lines_then(files.ledger, run.input(LEDGER))
    if count is None:
        what = Message(
            "the ledger no longer begins with the lines of {path}; its entries are told apart by date alone",
            path=run.path,
        )
        tell(Note(what, is_warning=True))
        return None
    return {entry.id for entry, line in zip(ledger.entries, ledger.lines, strict=True) if line <= count}
