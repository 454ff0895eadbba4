"""The public door: a workspace, and everything that can be asked of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from aiplus_cli.workspace.files import Files, current_folder, find_files
from aiplus_cli.workspace.notes import Listener, Note, unheard

if TYPE_CHECKING:
    from aiplus_cli.contract.check import CheckDocument
    from aiplus_cli.contract.diff import DiffDocument
    from aiplus_cli.contract.due import DueDocument
    from aiplus_cli.contract.export import Content
    from aiplus_cli.contract.forecast import ForecastDocument
    from aiplus_cli.contract.log import LogDocument
    from aiplus_cli.contract.show import ShowDocument
    from aiplus_cli.contract.status import StatusDocument
    from aiplus_cli.contract.validate import ValidateDocument
    from aiplus_cli.intake.record import Recorded
    from aiplus_cli.intake.session import NamedFile, Progress, SetAside
    from aiplus_cli.intake.summary import Imported
    from aiplus_cli.ledger.jsonl import Ledger
    from aiplus_cli.plan.records import Plan
    from aiplus_cli.workspace.dates import Clock, DateLike
    from aiplus_cli.workspace.several import IdsAsked
    from aiplus_cli.workspace.snapshots import Snapshot


class Workspace:
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

    def __init__(self, files: Files, *, clock: Clock | None = None, author: str = "", tell: Listener = unheard) -> None:
        self.files = files
        """Where the files are."""
        self._given_clock, self._author, self._tell = clock, author, tell
        self._plan: Plan | None = None

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

    # --- questions ----------------------------------------------------------------------------------------------

    def status(
        self,
        *,
        milestones: IdsAsked = None,
        areas: IdsAsked = None,
        regions: IdsAsked = None,
        indicators: IdsAsked = None,
        as_of: DateLike | None = None,
        today: DateLike | None = None,
        method: str = "default",
    ) -> StatusDocument:
        """Every target judged: the value, the pace, the chance, the verdict, and how current the evidence is.

        `method` judges all targets by one method; raises UsageProblem for what it cannot judge.
        """
        from aiplus_cli.contract.status import status_document
        from aiplus_cli.workspace.asking import need_method, read_selection
        from aiplus_cli.workspace.dates import read_days
        from aiplus_cli.workspace.judging import Vintages

        need_method(method)
        plan, ledger = self._read()
        known, now = read_days(as_of, today, self._clock)
        wanted = read_selection(plan, milestones=milestones, areas=areas, regions=regions, indicators=indicators)
        return status_document(Vintages(plan, ledger.entries, method).served(known, now, wanted))

    def show(
        self,
        indicator: str,
        *,
        regions: IdsAsked = None,
        as_of: DateLike | None = None,
        today: DateLike | None = None,
        method: str = "default",
    ) -> ShowDocument:
        """Everything about one indicator: its targets judged, and what the ledger says of it, vintage by vintage."""
        from aiplus_cli.contract.show import show_document
        from aiplus_cli.workspace.asking import need_indicator, need_method, read_selection
        from aiplus_cli.workspace.dates import read_days
        from aiplus_cli.workspace.judging import Vintages, of_regions

        need_method(method)
        plan, ledger = self._read()
        known, now = read_days(as_of, today, self._clock)
        found = need_indicator(plan, indicator)
        wanted = read_selection(plan, regions=regions, indicators=found.id)
        report = Vintages(plan, ledger.entries, method).served(known, now, wanted)
        return show_document(report, found, of_regions(ledger.entries, wanted.regions))

    def log(self, indicator: str | None = None, *, since: DateLike | None = None) -> LogDocument:
        """The ledger as it was written, of one indicator or of all, from the day `since` on which it was recorded."""
        from aiplus_cli.contract.log import log_document
        from aiplus_cli.workspace.asking import need_indicator
        from aiplus_cli.workspace.dates import read_day

        day = read_day(since, where="--since") if since else None
        plan, ledger = self._read()
        wanted = need_indicator(plan, indicator).id if indicator else None
        return log_document(plan, ledger.entries, wanted, day)

    def check(
        self,
        *,
        milestones: IdsAsked = None,
        areas: IdsAsked = None,
        regions: IdsAsked = None,
        indicators: IdsAsked = None,
        fail_on: IdsAsked = None,
        warn_on: IdsAsked = None,
        strict: bool = False,
        since_last: bool = False,
        max_gap: int | str | None = None,
        runs: Path | str | None = None,
        with_slack: bool = False,
        as_of: DateLike | None = None,
        today: DateLike | None = None,
        method: str = "default",
        shown_as: str = "targets.yaml",
    ) -> CheckDocument:
        """What the plan's policy demands, put to the figures; `exit_code` of the result is 0, 10 or 11.

        `fail_on` and `warn_on` take the place of the policy's words; `strict` has every warning fail; `since_last`
        also fails what fell back since the last run in `runs`, `max_gap` (days) a last run that is older;
        `with_slack` also works out what is left before each gate fails; `shown_as` is what findings call targets.yaml.
        """
        from aiplus_cli.contract.check import check_document
        from aiplus_cli.workspace.asking import need_method, read_selection, read_words
        from aiplus_cli.workspace.checking import Asked, judge, last_runs
        from aiplus_cli.workspace.dates import read_days, read_gap
        from aiplus_cli.workspace.judging import Vintages
        from aiplus_cli.workspace.several import several

        need_method(method)
        words, gap = read_words(fail_on, warn_on), read_gap(max_gap, where="--max-gap")
        plan, ledger = self._read()
        known, now = read_days(as_of, today, self._clock)
        wanted = read_selection(plan, milestones=milestones, areas=areas, indicators=indicators)
        asked = Asked(wanted, several(regions), *words, strict, since_last, gap, with_slack)
        folder = self._runs(runs)
        vintages = Vintages(plan, ledger.entries, method)
        found = judge(vintages, asked, known, now, lambda: last_runs(folder, now))
        return check_document(found, shown_as)

    def forecast(
        self,
        indicator: str,
        *,
        region: str = "CN",
        milestones: IdsAsked = None,
        level: Decimal | float | str = "0.8",
        as_of: DateLike | None = None,
        today: DateLike | None = None,
    ) -> ForecastDocument:
        """Where a share is heading: the value at each milestone with the interval of probability `level`.

        Raises UsageProblem for a rating, for what has no range, and for a level that is not from 0.001 to 0.999.
        """
        from aiplus_cli.contract.forecast import forecast_document
        from aiplus_cli.judge.outlook import OutlookQuestion
        from aiplus_cli.judge.outlook import forecast as look_ahead
        from aiplus_cli.ledger.vintages import current
        from aiplus_cli.workspace.asking import need_indicator, need_known, need_share, read_level, read_region
        from aiplus_cli.workspace.dates import read_days
        from aiplus_cli.workspace.several import several

        share, place = read_level(level), read_region(region)
        plan, ledger = self._read()
        known, now = read_days(as_of, today, self._clock)
        need_known(plan, {"milestone": several(milestones)})
        found = need_indicator(plan, indicator)
        need_share(found)
        question = OutlookQuestion(found, place, share, several(milestones))
        figures = current(ledger.entries, known, wanted=(place,))
        return forecast_document(look_ahead(plan, figures, question, as_of=known, today=now))

    def diff(
        self,
        *,
        since: DateLike | Path | None = None,
        until: DateLike | None = None,
        from_targets: Path | str | None = None,
        method: str = "default",
        from_method: str | None = None,
        milestones: IdsAsked = None,
        areas: IdsAsked = None,
        regions: IdsAsked = None,
        indicators: IdsAsked = None,
        runs: Path | str | None = None,
    ) -> DiffDocument:
        """What changed between two days, and the cause of each change.

        `since` is a day or the path of a recorded run (`runs/2026-10.json`), by default the last run of a month
        before `until` in the folder `runs`, else the end of that month, which is told. `from_targets` is the
        targets.yaml of the earlier day, `from_method` its method, by default the run's, else `method`.
        """
        from aiplus_cli.contract.diff import diff_document
        from aiplus_cli.review.diff import review
        from aiplus_cli.review.records import Moment
        from aiplus_cli.workspace.asking import need_method, need_served, read_selection
        from aiplus_cli.workspace.reviewing import read_span, recorded_by

        need_method(method)
        need_method(from_method or method, where="--from-method")
        plan, ledger = self._read()
        span = read_span(since, until, self._runs(runs), self._clock, self._tell)
        old_method = from_method or (span.run.method if span.run else method)
        need_method(old_method, where="--from-method")
        wanted = read_selection(plan, milestones=milestones, areas=areas, regions=regions, indicators=indicators)
        old_targets = None if from_targets is None else Path(from_targets)
        old_plan = self.plan_of(old_targets)
        need_served(old_plan, old_method, wanted)
        need_served(plan, method, wanted)
        recorded = recorded_by(span.run, self.files, ledger, old_targets, self._tell) if span.run else None
        old, new = Moment(old_plan, span.first, old_method), Moment(plan, span.last, method)
        found = review(old, new, ledger.entries, selection=wanted, recorded=recorded)
        return diff_document(found, same_targets=old_targets is None)

    def due(
        self,
        *,
        owner: str | None = None,
        within: int | str | None = None,
        regions: IdsAsked = "all",
        as_of: DateLike | None = None,
        today: DateLike | None = None,
    ) -> DueDocument:
        """The figures that are overdue or awaited, the most pressing first.

        `within` leaves out what is due more than so many days from now; `regions` are all by default.
        Raises UsageProblem for an `owner` that no indicator has.
        """
        from aiplus_cli.contract.due import due_document
        from aiplus_cli.ledger.vintages import current
        from aiplus_cli.plan.records import NATION
        from aiplus_cli.review.due import awaited
        from aiplus_cli.workspace.asking import need_owner, read_regions
        from aiplus_cli.workspace.dates import read_days, read_gap

        days = read_gap(within, where="--within")
        plan, ledger = self._read()
        known, now = read_days(as_of, today, self._clock)
        need_owner(plan, owner)
        wanted = read_regions(regions or "all")
        figures = current(ledger.entries, known, wanted=wanted)
        of_nation = wanted is None or NATION in wanted
        rows = awaited(plan, figures, today=now, within=days, owner=owner, with_missing=of_nation)
        return due_document(plan, rows, now)

    def export(
        self,
        *,
        regions: IdsAsked = None,
        as_of: DateLike | None = None,
        today: DateLike | None = None,
        method: str = "default",
    ) -> Content:
        """The plan, every entry of the ledger, and the status, which is worked out when it is asked for.

        The options are for the status; where one is wrong, it is the status that raises.
        """
        from aiplus_cli.contract.export import Content
        from aiplus_cli.contract.status import status_document
        from aiplus_cli.workspace.asking import need_method, read_selection
        from aiplus_cli.workspace.dates import read_days
        from aiplus_cli.workspace.judging import Vintages

        plan, ledger = self._read()

        def assess() -> StatusDocument:
            need_method(method)
            known, now = read_days(as_of, today, self._clock)
            return status_document(
                Vintages(plan, ledger.entries, method).served(known, now, read_selection(plan, regions=regions))
            )

        return Content(plan, ledger.entries, assess)

    def validate(self, *, today: DateLike | None = None) -> ValidateDocument:
        """Everything that is wrong with targets.yaml and the ledger, each with its line; no problem when all is well.

        Its `warnings` are what no command stops for. It raises nothing for what it finds.
        """
        from aiplus_cli.contract.validate import validate_document
        from aiplus_cli.workspace.dates import clock_of, read_days
        from aiplus_cli.workspace.loading import findings

        found = findings(self.files, lambda plan: read_days(None, today, clock_of(plan, self._given_clock))[1])
        return validate_document(*found)

    # --- what is written ----------------------------------------------------------------------------------------

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
    ) -> Recorded:
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
    ) -> Recorded:
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
    ) -> Imported:
        """Append the figures of CSV, Excel, ODS or JSON files, all or none; the result says what became of each sheet.

        With `accept_valid` the valid values are written whatever the others are, which `set_aside` is given before;
        without it nothing is written where `rejected` is not 0. `area` are the only cells that are read (A3:F40);
        `skip_hidden` leaves out the rows and columns of a workbook that people do not see.
        Raises InputProblem for files that cannot be read at all.
        """
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
            return session.finish(ledger, dry_run=dry_run, accept_valid=accept_valid, set_aside=set_aside)

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

    # --- what calls share ---------------------------------------------------------------------------------------

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
