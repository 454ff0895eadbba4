"""(two moments, ledger) -> every change between their reports, step by step and each step with its cause.

The walk follows the calendar. It starts at the report of the first day. On each day on which something was
published the clock is moved there, then the entries of that day are added one at a time; at the end the clock
is moved to the last day, then targets.yaml is exchanged, then the method. The state after each day is the report
of that day, every step begins where the one before it ended, and so the steps add up to the whole.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from aiplus_cli.judge.assess import Selection, assess_plan
from aiplus_cli.judge.records import Assessment, ContextSeries, Report, ResultKey
from aiplus_cli.ledger.entries import Entry, Figure, FigureBound, Rating, RatingWord, Status, Withdrawal
from aiplus_cli.ledger.vintages import Current, current, revised_by
from aiplus_cli.plan.periods import read_period
from aiplus_cli.plan.records import NATION, Indicator, Plan, Record
from aiplus_cli.review.records import Cause, Change, Moment, Review, Standing, Step

Unit = tuple[str, str]
"""What is assessed together: an indicator with its stand-ins, in one region."""
Standings = dict[ResultKey, Standing]


def review(
    old: Moment,
    new: Moment,
    entries: Iterable[Entry],
    *,
    selection: Selection,
    recorded: Container[str] | None = None,
) -> Review:
    """Every row whose standing is not the same at the two moments, with the steps that led there.

    `recorded` are the ids that the ledger held at the old moment, where that is known: what was published by
    then and recorded only later is then an event of the first day, and otherwise stands in both reports.
    Raises graphlib.CycleError as `series.dead_ids` does.
    """
    ledger = _Ledger(old, new, list(entries), selection, recorded)
    trail = _Trail(ledger.report(ledger.base, old.plan, old.day, old.method))
    happened = _walk_ledger(ledger, trail)
    if _content(old.plan) != _content(new.plan):
        after = ledger.report(ledger.final, new.plan, new.day, old.method)
        keys = _ChangedKeys(old.plan, new.plan)
        for row in {**trail.now, **after}:
            trail.move(Cause("targets", new.day, keys=keys.of(row)), after, [row])
    if old.method != new.method:
        after = ledger.report(ledger.final, new.plan, new.day, new.method)
        trail.move(Cause("method", new.day, keys=(old.method, new.method)), after, {**trail.now, **after})
    late = tuple(
        entry for entry in ledger.base if old.day < entry.recorded_at.date() <= new.day and ledger.concerns(entry)
    )
    compared = len(trail.first.keys() | trail.now.keys())
    changes = tuple(_changes(trail, old.plan, new.plan))
    active = {step.cause.entry.id for change in changes for step in change.steps if step.cause.entry}
    quiet = [cause for entry_id, cause in happened.items() if entry_id not in active]
    return Review(old, new, compared, changes, tuple(sorted(quiet, key=_by_day)), late)


def standings(report: Report) -> Standings:
    """What a review compares, by row."""
    found = {ResultKey(row.indicator.id, row.region, row.milestone.id): _standing(row) for row in report.results}
    return found | {ResultKey(row.indicator.id, row.region, ""): _context_standing(row) for row in report.context}


def _standing(result: Assessment) -> Standing:
    outcome = result.outcome
    return Standing(
        result.verdict,
        result.evidence.freshness,
        *_figure_fields(result.latest),
        probability=outcome.probability if outcome else None,
        probability_bound=outcome.bound if outcome and outcome.probability is not None else None,
        metric=outcome.value if outcome else None,
        op=result.target.op,
        target=result.target.clause if result.target.value is None else result.target.value,
        due=result.milestone.due,
        lead=result.lead,
        awaited_until=result.awaited_until,
        provisional=result.is_provisional,
        metric_bound=outcome.metric_bound if outcome and outcome.value is not None else None,
        position=result.position,
        result=result,
    )


def _context_standing(row: ContextSeries) -> Standing:
    return Standing(None, row.evidence.freshness, *_figure_fields(row.latest))


_Fields = tuple[Decimal | RatingWord | None, FigureBound, Status, str | None]


def _figure_fields(latest: Figure | Rating | None) -> _Fields:
    return (latest.value, latest.bound, latest.status, latest.period) if latest else (None, "", "A", None)


# --- the walk ---------------------------------------------------------------------------------------------------


@dataclass
class _Trail:
    """Where every row stands now, and the steps that each has made."""

    now: Standings
    steps: dict[ResultKey, list[Step]] = field(default_factory=lambda: defaultdict(list))
    first: Standings = field(init=False)

    def __post_init__(self) -> None:
        self.first = dict(self.now)

    def move(self, cause: Cause, after: Standings, rows: Iterable[ResultKey]) -> None:
        """Note a step for each of the rows that the cause moved."""
        for row in rows:
            old, new = self.now.get(row), after.get(row)
            if old == new:
                continue
            self.steps[row].append(Step(cause, old, new))
            if new is None:
                del self.now[row]
            else:
                self.now[row] = new


class _Ledger:
    """The entries of two vintages, and which of them can touch which unit."""

    def __init__(
        self, old: Moment, new: Moment, entries: list[Entry], selection: Selection, recorded: Container[str] | None
    ) -> None:
        self.old, self.new, self.selection = old, new, selection
        self.final = [entry for entry in entries if entry.published <= new.day]
        self.base = [
            entry for entry in self.final if entry.published <= old.day and (recorded is None or entry.id in recorded)
        ]
        self.base_ids = {entry.id for entry in self.base}
        self.by_id = {entry.id: entry for entry in entries}
        self.heads = {item.id: item.proxy_for or item.id for plan in (new.plan, old.plan) for item in plan.indicators}
        self.groups: dict[str, list[Indicator]] = defaultdict(list)
        for item in old.plan.indicators:
            self.groups[self.heads[item.id]].append(item)
        self._owned: dict[Unit, list[Entry]] = defaultdict(list)
        self._referrers: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.final:
            if not isinstance(entry, Withdrawal):
                self._owned[self.unit(entry)].append(entry)
            if reference(entry):
                self._referrers[reference(entry)].append(entry)

    def unit(self, entry: Figure | Rating) -> Unit:
        return self.heads.get(entry.indicator, entry.indicator), entry.region

    def report(self, entries: list[Entry], plan: Plan, today: date, method: str) -> Standings:
        """All standings on the entries, with the clock at `today`."""
        figures = current(entries, date.max, wanted=self.selection.regions)
        return standings(assess_plan(plan, figures, as_of=today, today=today, method=method, selection=self.selection))

    def touched(self, entry: Entry) -> Iterator[Unit]:
        """The units of an entry and of what it replaces or withdraws, and so on."""
        following: Entry | None = entry
        while following is not None:
            if not isinstance(following, Withdrawal):
                yield self.unit(following)
            following = self.by_id.get(reference(following))

    def subject(self, entry: Entry) -> Figure | Rating | None:
        """The figure itself, or the one that a withdrawal takes back or, with a withdrawn one, puts back."""
        found: Entry | None = entry
        while isinstance(found, Withdrawal):
            found = self.by_id.get(found.withdraws)
        return found

    def concerns(self, entry: Entry) -> bool:
        """Whether an entry touches anything that was asked for."""
        return any(self._asked(unit) for unit in self.touched(entry))

    def _asked(self, unit: Unit) -> bool:
        regions = self.selection.regions
        return (regions is None or unit[1] in regions) and any(map(self.selection.takes, self.groups[unit[0]]))

    def events(self) -> dict[Unit, list[Entry]]:
        """The entries published between the days, by the units asked for that they touch, each in walking order."""
        earliest: dict[tuple[Unit, str, date | None], date] = {}
        for entry in self.final:
            if not isinstance(entry, Withdrawal):
                place, day = self._place(entry), self.day(entry)
                earliest[place] = min(day, earliest.get(place, day))
        window = [entry for entry in self.final if entry.id not in self.base_ids]
        window.sort(
            key=lambda entry: (
                self.day(entry),
                self._turn(entry, earliest),
                entry.published,
                entry.recorded_at,
                entry.id,
            )
        )
        found: dict[Unit, list[Entry]] = defaultdict(list)
        for entry in window:
            for unit in dict.fromkeys(self.touched(entry)):
                if self._asked(unit):
                    found[unit].append(entry)
        return found

    def day(self, entry: Entry) -> date:
        """When an entry came into the reports: what the old one should have known, but did not, on its day."""
        return entry.published if entry.id in self.base_ids else max(entry.published, self.old.day)

    def _place(self, entry: Figure | Rating) -> tuple[Unit, str, date | None]:
        return self.unit(entry), entry.indicator, _end(entry)

    def _turn(self, entry: Entry, earliest: Mapping[tuple[Unit, str, date | None], date]) -> int:
        """Within a day: corrections and withdrawals, revisions, new periods; what refers to the same day is last."""
        if reference(entry):
            target = self.by_id.get(reference(entry))
            return 3 if target and self.day(target) >= self.day(entry) else 0
        if isinstance(entry, Withdrawal):
            return 0
        return 1 if earliest[self._place(entry)] < self.day(entry) else 2

    def closure(self, unit: Unit) -> list[Entry]:
        """The entries of a unit, and those that refer to them, and so on: all that its vintages depend on."""
        found = {entry.id: entry for entry in self._owned[unit]}
        waiting = list(found.values())
        while waiting:
            for entry in self._referrers.get(waiting.pop().id, ()):
                if entry.id not in found:
                    found[entry.id] = entry
                    waiting.append(entry)
        return list(found.values())


def reference(entry: Entry) -> str:
    """The id of what an entry replaces or withdraws, or nothing."""
    return entry.withdraws if isinstance(entry, Withdrawal) else entry.replaces


def _end(entry: Figure | Rating) -> date | None:
    period = read_period(entry.period)
    return period.end if period else None


def _walk_ledger(ledger: _Ledger, trail: _Trail) -> dict[str, Cause]:
    """Clock and ledger from the old day to the new one; gives what each entry was, by its id."""
    old, new = ledger.old, ledger.new
    events = ledger.events()
    rows: dict[Unit, list[ResultKey]] = defaultdict(list)
    for row in trail.now:
        rows[ledger.heads[row[0]], row[1]].append(row)
    calm = [row for unit, found in rows.items() if unit not in events for row in found]
    if calm:
        after = ledger.report(ledger.base, old.plan, new.day, old.method)
        trail.move(Cause("time", new.day), after, calm)
    happened: dict[str, Cause] = {}
    for unit, entries in events.items():
        for entry, cause in _UnitWalk(ledger, trail, unit, rows[unit]).run(entries):
            happened.setdefault(entry.id, cause)
    return happened


def _by_day(cause: Cause) -> tuple[date, str]:
    return cause.on, cause.entry.id if cause.entry else ""


class _UnitWalk:
    """The walk of one unit: the same rules as for the whole report, on the part of plan and ledger that it needs."""

    def __init__(self, ledger: _Ledger, trail: _Trail, unit: Unit, rows: Iterable[ResultKey]) -> None:
        self.ledger, self.trail, self.unit = ledger, trail, unit
        self.plan = _part(ledger.old.plan, ledger.groups[unit[0]], unit[1])
        asked = ledger.selection
        regions = None if asked.regions is None else (unit[1],)
        self.selection = Selection(regions, asked.milestones, asked.areas, asked.indicators)
        self.ids = {indicator.id for indicator in self.plan.indicators}
        self.rows = dict.fromkeys(rows)
        self.known = [entry for entry in ledger.closure(unit) if entry.id in ledger.base_ids]
        self.figures = self._vintage()

    def run(self, entries: list[Entry]) -> Iterator[tuple[Entry, Cause]]:
        """Each entry in turn, and what it is."""
        for day, published in itertools.groupby(entries, key=self.ledger.day):
            self._move(Cause("time", day), day)
            for entry in published:
                cause = self._cause(entry)
                self.known.append(entry)
                self.figures = self._vintage()
                self._move(cause, day)
                yield entry, cause
        self._move(Cause("time", self.ledger.new.day), self.ledger.new.day)

    def _vintage(self) -> Current:
        found = current(self.known, date.max, wanted=(self.unit[1],))
        return {key: periods for key, periods in found.items() if key[0] in self.ids}

    def _move(self, cause: Cause, today: date) -> None:
        report = assess_plan(
            self.plan,
            self.figures,
            as_of=today,
            today=today,
            method=self.ledger.old.method,
            selection=self.selection,
        )
        after = {row: standing for row, standing in standings(report).items() if row[1] == self.unit[1]}
        self.rows |= dict.fromkeys(after)
        self.trail.move(cause, after, self.rows)

    def _cause(self, entry: Entry) -> Cause:
        target = self.ledger.by_id.get(reference(entry))
        if isinstance(entry, Withdrawal):
            return Cause("withdrawal", entry.published, entry, target, self.ledger.subject(entry))
        if entry.replaces:
            return Cause("correction", entry.published, entry, target, entry)
        if entry.status == "F":
            return Cause("forecast", entry.published, entry, None, entry)
        known = revised_by(entry, self.figures.get((entry.indicator, entry.region), {}).values())
        return Cause("revision" if known else "new_period", entry.published, entry, known, entry)


def _part(plan: Plan, group: list[Indicator], region: str) -> Plan:
    """The plan with one group of indicators and their targets for the nation and one region."""
    kept = (NATION, region)
    indicators = (
        indicator.model_copy(update={"targets": tuple(t for t in indicator.targets if t.region in kept)})
        for indicator in group
    )
    return plan.model_copy(update={"indicators": tuple(indicators)})


def _changes(trail: _Trail, old: Plan, new: Plan) -> Iterator[Change]:
    """The rows that do not stand where they stood, in the order of the plan."""
    indicators = {item.id: item for item in new.indicators}
    for item in old.indicators:
        indicators.setdefault(item.id, item)
    milestones = {item.id: item for item in (*old.milestones, *new.milestones)}
    place = {indicator_id: index for index, indicator_id in enumerate(indicators)}
    dues = {milestone_id: milestone.due for milestone_id, milestone in milestones.items()}
    changed = [row for row in trail.steps if trail.first.get(row) != trail.now.get(row)]
    changed.sort(key=lambda row: (row[1] != NATION, row[1], place[row[0]], dues.get(row[2], date.min), row[2]))
    for row in changed:
        yield Change(indicators[row[0]], row[1], milestones.get(row[2]), tuple(trail.steps[row]))


# --- targets.yaml -----------------------------------------------------------------------------------------------


def _content(plan: Plan) -> dict[str, object]:
    """What a plan says, without the lines on which it says it."""
    return plan.model_dump(by_alias=True, include={"about", "milestones", "indicators"})


class _ChangedKeys:
    """Which keys of targets.yaml differ, for the rows that depend on them."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.old, self.new = old, new
        self._issued = ("plan.issued",) if old.about.issued != new.about.issued else ()
        self._milestones = [{item.id: item for item in plan.milestones} for plan in (old, new)]
        self._indicators = [{item.id: item for item in plan.indicators} for plan in (old, new)]
        self._proxies: dict[str, dict[str, None]] = defaultdict(dict)
        for item in (*old.indicators, *new.indicators):
            if item.proxy_for:
                self._proxies[item.proxy_for][item.id] = None

    def of(self, row: ResultKey) -> tuple[str, ...]:
        """The keys that differ for the row's indicator, what it stands for, its stand-ins and its milestone."""
        was, now = (found.get(row[0]) for found in self._indicators)
        heads = [item.proxy_for for item in (was, now) if item and item.proxy_for]
        ids = dict.fromkeys([row[0], *heads, *self._proxies.get(row[0], ())])
        keys = [key for indicator_id in ids for key in _different(indicator_id, self._indicators)]
        keys += _different(row[2], self._milestones, "milestones.")
        return (*keys, *self._issued) or ("indicators",)


_WORDS_ONLY = {"line", "name", "statement", "definition", "publisher", "denominator", "document", "owner", "evidence"}


def _different(name: str, sides: Sequence[Mapping[str, Record]], prefix: str = "") -> list[str]:
    """The keys of a record that judge and differ; its id alone where only one side has it."""
    was, now = (side.get(name) for side in sides)
    if was is None or now is None:
        return [] if was is now else [f"{prefix}{name}"]
    old, new = (record.model_dump(exclude=_WORDS_ONLY) for record in (was, now))
    return [f"{prefix}{name}.{key}" for key in old if old[key] != new[key]]
