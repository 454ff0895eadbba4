"""What is written into a workspace: entries of the ledger, whole files of them, and the run of a month."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from aiplus_cli.workspace.house import House

if TYPE_CHECKING:
    from aiplus_cli.contract.importing import ImportDocument
    from aiplus_cli.contract.recording import RecordDocument
    from aiplus_cli.intake.session import NamedFile, Progress, SetAside
    from aiplus_cli.workspace.dates import DateLike
    from aiplus_cli.workspace.several import IdsAsked
    from aiplus_cli.workspace.snapshots import Snapshot


class Writing(House):
    """The half of `Workspace` that appends to the ledger and records runs."""

    def record(
        self,
        indicator: str,
        value: Decimal | float | str,
        *,
        period: str,
        region: str = "CN",
        published: DateLike | None = None,
        source: str = "",
        url: str = "",
        note: str = "",
        status: str = "A",
        replaces: str = "",
        dates: str = "",
        republished: bool = False,
        dry_run: bool = False,
    ) -> RecordDocument:
        """Append a figure or a rating to the ledger; `entries` of the result are those appended, none if it was known.

        All is read as in a file: `42.8%`, `超50%`, `2025年6月`, `湖南`. By default `published` is
        today, and `source` of the nation's figure the indicator's publisher. `replaces` is the id of a wrong entry.
        What the ledger says of another day already is known, unless it was `republished`.
        Raises InputProblem for a text that cannot be read and for a figure that contradicts the ledger.
        """
        from aiplus_cli.intake import record as door
        from aiplus_cli.workspace.recording import append, day_text, new_context

        plan, _ = self._read()
        texts = {"indicator": indicator, "value": str(value), "period": period, "region": region}
        texts |= {"published": day_text(published) or "", "source": source, "url": url, "note": note}
        texts |= {"status": status, "replaces": replaces}
        context = new_context(self._clock, self._author, again=republished, publisher_stands=True)
        told = door.read_entry(plan, texts, context, dates=dates)
        ledger = self.files.ledger
        return append(ledger, lambda held: door.record(plan, held, told, dry_run=dry_run), self._tell, dry_run=dry_run)

    def withdraw(
        self, entry_id: str, *, reason: str, published: DateLike | None = None, dry_run: bool = False
    ) -> RecordDocument:
        """Take an entry of the ledger back, by its id or at least the first four characters of it.

        It counts from `published` on, today by default. Raises InputProblem where no entry, or more than one, fits.
        A ledger on which nothing is judged takes a withdrawal that mends it, such as that of one of two values.
        """
        from dataclasses import replace

        from aiplus_cli.intake import record as door
        from aiplus_cli.plan.load import load
        from aiplus_cli.workspace.recording import append, day_text, new_context

        plan = self._plan = load(self.files.targets)
        context = new_context(self._clock, self._author)
        day = door.read_published(day_text(published), context.today)
        at, ledger = replace(context, published=day), self.files.ledger
        return append(
            ledger,
            lambda held: door.withdraw(plan, held, entry_id, reason, at, dry_run=dry_run),
            self._tell,
            dry_run=dry_run,
        )

    def import_(
        self,
        *files: Path | str | NamedFile,
        mapping: Path | str | None = None,
        encoding: str | None = None,
        sheets: IdsAsked = None,
        area: str | None = None,
        skip_hidden: bool = False,
        source: str = "",
        published: DateLike | None = None,
        republished: bool = False,
        dry_run: bool = False,
        accept_valid: bool = False,
        set_aside: SetAside = lambda _: None,
        progress: Progress = lambda _: None,
    ) -> ImportDocument:
        """Append the figures of CSV, Excel, ODS or JSON files, all or none; the result says what became of each sheet.

        With `accept_valid` the valid values are written whatever the others are, which `set_aside` is given before;
        without it nothing is written where `rejected` is not 0. `area` are the only cells that are read (A3:F40);
        `skip_hidden` leaves out the rows and columns of a workbook that people do not see.
        Raises InputProblem for files that cannot be read at all.
        """
        from aiplus_cli.contract.importing import import_document
        from aiplus_cli.intake import session as door
        from aiplus_cli.workspace.recording import day_text, named_files, new_context, wanted_part

        plan, _ = self._read()
        rules = door.load_mapping(None if mapping is None else Path(mapping), plan)
        wanted = wanted_part(rules, encoding, sheets, area, skip_hidden=skip_hidden)
        named = named_files(list(files))
        context = new_context(self._clock, self._author)
        context = door.with_options(context, rules, source=source, published=day_text(published), again=republished)
        with door.Session(plan, rules, context) as session:
            session.read(named, wanted, progress)
            ledger = self.files.ledger
            done = session.finish(ledger, dry_run=dry_run, accept_valid=accept_valid, set_aside=set_aside)
        return import_document(done, dry_run=dry_run, accept_valid=accept_valid)

    def suggest_mapping(
        self,
        file: Path | str | NamedFile,
        *,
        mapping: Path | str | None = None,
        encoding: str | None = None,
        sheets: IdsAsked = None,
        area: str | None = None,
        skip_hidden: bool = False,
    ) -> str:
        """A mapping file to edit for the first sheet of a file that `import_` does not understand as it is."""
        from aiplus_cli.intake import session as door
        from aiplus_cli.workspace.recording import named_files, wanted_part

        plan, _ = self._read()
        rules = door.load_mapping(None if mapping is None else Path(mapping), plan)
        wanted = wanted_part(rules, encoding, sheets, area, skip_hidden=skip_hidden)
        return door.suggest(named_files([file])[0], wanted, plan, rules)

    def snapshot(
        self,
        *,
        runs: Path | str | None = None,
        replace: bool = False,
        as_of: DateLike | None = None,
        today: DateLike | None = None,
        method: str = "default",
    ) -> Snapshot:
        """Record the run of the month of `today` in the folder `runs`; one that is there stays unless `replace`."""
        from aiplus_cli.workspace.asking import need_method
        from aiplus_cli.workspace.dates import read_days
        from aiplus_cli.workspace.snapshots import take_snapshot

        need_method(method)
        self._plan = None  # its time zone is to be that of now
        known, now = read_days(as_of, today, self._clock)
        taken = take_snapshot(self.files, self._runs(runs), known, now, method, replace=replace)
        self._tell(taken.note())
        return taken
