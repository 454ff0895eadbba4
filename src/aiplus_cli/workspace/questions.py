"""What can be asked of a workspace: each question reads the files as they are, and none writes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from aiplus_cli.workspace.house import House

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
    from aiplus_cli.workspace.dates import DateLike
    from aiplus_cli.workspace.several import IdsAsked


class Questions(House):
    """The half of `Workspace` that only reads."""

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
        precedents: bool = True,
    ) -> ShowDocument:
        """Everything about one indicator: its targets judged, and what the ledger says of it, vintage by vintage.

        `precedents` also looks for the past cases nearest to each target judged by `calibrated`.
        """
        from aiplus_cli.contract.show import show_document
        from aiplus_cli.workspace.asking import need_indicator, need_method, read_selection
        from aiplus_cli.workspace.dates import read_days
        from aiplus_cli.workspace.judging import Vintages, of_regions
        from aiplus_cli.workspace.precedents import past_cases

        need_method(method)
        plan, ledger = self._read()
        known, now = read_days(as_of, today, self._clock)
        found = need_indicator(plan, indicator)
        wanted = read_selection(plan, regions=regions, indicators=found.id)
        report = Vintages(plan, ledger.entries, method).served(known, now, wanted)
        past = past_cases() if precedents else None
        return show_document(report, found, of_regions(ledger.entries, wanted.regions), past)

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
        """Where a number is heading: the value at each milestone with the interval of probability `level`.

        What has no range has no probability: its pace goes on, with the spread of its past yearly changes. Raises
        UsageProblem for a rating, and for a level that is not from 0.001 to 0.999.
        """
        from aiplus_cli.contract.forecast import forecast_document
        from aiplus_cli.judge.outlook import OutlookQuestion
        from aiplus_cli.judge.outlook import forecast as look_ahead
        from aiplus_cli.ledger.vintages import current
        from aiplus_cli.workspace.asking import need_indicator, need_known, need_number, read_level, read_region
        from aiplus_cli.workspace.dates import read_days
        from aiplus_cli.workspace.precedents import past_cases
        from aiplus_cli.workspace.several import several

        share, place = read_level(level), read_region(region)
        plan, ledger = self._read()
        known, now = read_days(as_of, today, self._clock)
        need_known(plan, {"milestone": several(milestones)})
        found = need_indicator(plan, indicator)
        need_number(found)
        question = OutlookQuestion(found, place, share, several(milestones))
        figures = current(ledger.entries, known, wanted=(place,))
        return forecast_document(look_ahead(plan, figures, question, as_of=known, today=now), past_cases())

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
        from aiplus_cli.contract.figures import figures_document
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

        return Content(plan, figures_document(plan, ledger.entries), assess)

    def validate(self, *, today: DateLike | None = None) -> ValidateDocument:
        """Everything that is wrong with targets.yaml and the ledger, each with its line; no problem when all is well.

        Its `warnings` are what no command stops for. It raises nothing for what it finds.
        """
        from aiplus_cli.contract.validate import validate_document
        from aiplus_cli.workspace.dates import clock_of, read_days
        from aiplus_cli.workspace.loading import findings

        found = findings(self.files, lambda plan: read_days(None, today, clock_of(plan, self._given_clock))[1])
        return validate_document(*found)
