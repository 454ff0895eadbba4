"""What `aiplus diff` prints for people: every change with its cause, as a table or as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from aiplus_cli.contract.diff import CauseRow, ChangeRow, DiffDocument, EntryRow, StandingRow, StepRow
from aiplus_cli.contract.numbers import MOST_DECIMALS, rounded
from aiplus_cli.contract.phrases import CHANCE_CUTS, bounded, verdict
from aiplus_cli.contract.values import fixed
from aiplus_cli.judge.methods import DEFAULT
from aiplus_cli.plan.records import Indicator, Plan
from aiplus_cli.render import Options
from aiplus_cli.render.pages import Page, page_markdown, page_screen
from aiplus_cli.render.phrases import Phrases
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled, with_detail


def render_table(document: DiffDocument, plan: Plan, options: Options, earlier: Plan | None = None) -> str:
    """The changes for a terminal; `earlier` is the plan of the first day, where that is another."""
    return page_screen(_DiffPhrases(document, plan, earlier, options.lang).page(), options)


def render_markdown(document: DiffDocument, plan: Plan, options: Options, earlier: Plan | None = None) -> str:
    """The same page as Markdown."""
    return page_markdown(_DiffPhrases(document, plan, earlier, options.lang).page())


class _DiffPhrases(Phrases):
    def __init__(self, document: DiffDocument, plan: Plan, earlier: Plan | None, lang: str) -> None:
        super().__init__(lang)
        self.document, self.about = document, plan.about
        plans = (earlier or plan, plan)
        self.indicators = {item.id: item for each in plans for item in each.indicators}

    def page(self) -> Page:
        old, new = self.document.from_, self.document.to
        sides = [self.say("by indicator") if each.method == DEFAULT else each.method for each in (old, new)]
        method = sides[1] if sides[0] == sides[1] else " → ".join(sides)
        lines = [
            self.say("from {old} to {new}, method {method}", old=old.as_of, new=new.as_of, method=method),
            self.say("targets: today's file on both days; --from-targets FILE compares with an earlier one")
            if self.document.targets == "same_file"
            else self.say("targets: compared with the file given"),
        ]
        sections = [self._judged(self.document.changes), self._context(self.document.context), self._quiet()]
        title = with_detail(self.name(self.about.title), self.about.document, self.lang)
        return Page(title, lines, [section for section in sections if section.rows], list(self._closing()))

    def _judged(self, changes: Sequence[ChangeRow]) -> Section:
        columns = (
            Heading(self.say("Indicator"), flexible=True),
            Heading(self.say("By")),
            Heading(self.say("Cause"), flexible=True),
            Heading(self.say("Value"), 1, flexible=True),
            Heading(self.say("Target"), 4),
            Heading(self.say("Probability")),
            Heading(self.say("Metric"), 5),
            Heading(self.say("Position"), 6),
            Heading(self.say("Verdict")),
            Heading(self.say("Evidence"), 3),
        )
        rows = [row for change in changes for row in self._rows(change)]
        return _without_empty(Section(self.say("Changes"), columns, rows, list(self._reasons(changes))))

    def _reasons(self, changes: Sequence[ChangeRow]) -> Iterator[str]:
        """Why each of them is now judged as it is; what a proxy decides is said of the proxy."""
        for change in changes:
            after = change.after
            if after is not None and after.because is not None and after.lead_proxy is None:
                title = f"{self.title(self.indicators[change.indicator], change.region)} {change.milestone}"
                reason = labelled(self.said(verdict(after)), self.said(after.because), self.lang)
                yield labelled(title, reason, self.lang)

    def _rows(self, change: ChangeRow) -> Iterator[tuple[Shown, ...]]:
        indicator = self.indicators[change.indicator]
        label, by = Shown(self.title(indicator, change.region)), Shown(change.milestone or "")
        sides = [(self.cause(step), step.before, step.after) for step in change.steps]
        if len(sides) > 1:
            sides.append((self.say("in all"), change.before, change.after))
        digits = _Digits.of(change)
        for cause, before, after in sides:
            yield label, by, Shown(cause), *self._aspects(indicator, before, after, digits)

    def _aspects(
        self, indicator: Indicator, before: StandingRow | None, after: StandingRow | None, digits: _Digits
    ) -> Iterator[Shown]:
        last = after or before

        def pair(old: str, new: str) -> str:
            return new if old == new else f"{old} → {new}"

        yield Shown(pair(self._value(before, indicator), self._value(after, indicator)))
        yield Shown(pair(self._target(before, indicator), self._target(after, indicator)))
        sides = before, after
        yield Shown(pair(*(_chance_text(side, digits.chance) for side in sides)))
        yield Shown(pair(*(_measure_text(side, digits.measure) for side in sides)))
        yield Shown(pair(*(self._word(side.position if side else None) for side in sides)))
        yield Shown(pair(*(self.said(verdict(side)) if side else "-" for side in sides)), _verdict(last) or "")
        fresh = [side.freshness if side else None for side in (before, after)]
        yield Shown(pair(*map(self._word, fresh)), fresh[1] or "")

    def _word(self, name: str | None) -> str:
        return i18n.word(name, self.lang) if name else "-"

    def _value(self, side: StandingRow | None, indicator: Indicator) -> str:
        if side is None or side.value is None:
            return "-"
        mark = "" if side.status == "A" else " " + self._word(f"status_{side.status}")
        return with_detail(self.number(side.value, indicator, bound=side.bound) + mark, side.period, self.lang)

    def _target(self, side: StandingRow | None, indicator: Indicator) -> str:
        if side is None:
            return "-"
        if isinstance(side.target, Decimal):
            return f"{side.op} {self.number(side.target, indicator)}"
        return side.target or "-"

    def _context(self, changes: Sequence[ChangeRow]) -> Section:
        columns = (
            Heading(self.say("Context series (no target)"), flexible=True),
            Heading(self.say("Cause"), flexible=True),
            Heading(self.say("Value"), flexible=True),
            Heading(self.say("Evidence")),
        )
        rows: list[tuple[Shown, ...]] = []
        for change in changes:
            for label, _, cause, value, *_, freshness in self._rows(change):
                rows.append((label, cause, value, freshness))
        return Section(self.say("Context"), columns, rows)

    def _quiet(self) -> Section:
        columns = (Heading(self.say("Indicator"), flexible=True), Heading(self.say("Entry"), flexible=True))
        rows: list[tuple[Shown, ...]] = []
        for cause in self.document.without_effect:
            known = self.indicators.get(cause.indicator or "")
            name = self.title(known, cause.region) if known and cause.region else ""
            rows.append((Shown(name), Shown(self._happened(cause))))
        return Section(self.say("Came in between, without lasting effect here"), columns, rows)

    def cause(self, step: StepRow) -> str:
        """What happened, in a clause."""
        text = self._happened(step.cause)
        if step.kind != "lead_proxy":
            return text
        lead = step.after.lead_proxy if step.after else None
        if lead is None:
            return self.say("judged on its own figures from now on: {cause}", cause=text)
        return self.say("the lead proxy is now {lead}: {cause}", lead=lead, cause=text)

    def _happened(self, cause: CauseRow) -> str:
        if cause.entry is not None:
            return self._published(cause, cause.entry)
        if cause.kind == "targets":
            return self.say("targets changed: {keys}", keys=list(cause.keys))
        if cause.kind == "method":
            return self.say("method changed: {old} → {new}", old=cause.keys[0], new=cause.keys[1])
        return self.say("time passed, to {day}", day=cause.on)

    def _published(self, cause: CauseRow, entry: EntryRow) -> str:
        old, day = self._entry(cause.old), str(cause.on)
        if entry.published <= self.document.from_.as_of:
            day = self.say("{day}, recorded only on {recorded}", day=day, recorded=entry.recorded_at.date())
        if _withdraws(entry) and _withdraws(cause.old):
            about = self._entry(cause.about)
            return self.say("withdrawal undone: {figure} ({reason}; {day})", figure=about, day=day, reason=entry.reason)
        if _withdraws(entry):
            return self.say("withdrawn: {old} ({reason}; {day})", old=old, day=day, reason=entry.reason)
        new = self._entry(entry)
        if _same_place(cause.old, entry):
            new = self._number(entry)
        if cause.kind == "correction":
            return self.say("corrected: {old} → {new} (published {day})", old=old, new=new, day=day)
        if cause.kind == "revision" and _confirms(cause.old, entry):
            return self.say("confirmed: {old} (published {day})", old=old, day=day)
        if cause.kind == "revision":
            return self.say("revised: {old} → {new} (published {day})", old=old, new=new, day=day)
        if cause.kind == "forecast":
            return self.say("forecast: {new} (published {day})", new=new, day=day)
        return self.say("new: {new} (published {day})", new=new, day=day)

    def _entry(self, entry: EntryRow | None) -> str:
        """`2025-12 42.8 %`; a withdrawal by its id."""
        if entry is None:
            return "-"
        if _withdraws(entry):
            return entry.id
        return f"{entry.period} {self._number(entry)}"

    def _number(self, entry: EntryRow) -> str:
        return self.number(entry.value, self.indicators.get(entry.indicator or ""), bound=entry.bound or "")

    def _closing(self) -> Iterator[str]:
        summary, late = self.document.summary, self.document.recorded_late
        if not summary.changed:
            yield self.say("nothing changed; compared: {total}", total=summary.compared)
        else:
            yield self.say(
                "changed: {n} of {total}, {verdicts} of them in verdict; every step has its cause",
                n=summary.changed,
                total=summary.compared,
                verdicts=summary.verdicts_changed,
            )
        if late:
            yield self.say(
                "published by {day} and recorded only later: {n}; they stand in both reports",
                day=self.document.from_.as_of,
                n=len(late),
            )


def _without_empty(section: Section) -> Section:
    """The table without the columns that say nothing in any row."""
    said = [index for index, _ in enumerate(section.columns) if any(row[index].text != "-" for row in section.rows)]
    columns = tuple(section.columns[index] for index in said)
    return Section(section.title, columns, [tuple(row[index] for index in said) for row in section.rows], section.notes)


def _withdraws(entry: EntryRow | None) -> bool:
    return entry is not None and entry.reason is not None


def _confirms(old: EntryRow | None, new: EntryRow) -> bool:
    """Whether it says the same, as a final figure says what a provisional one said."""
    return old is not None and (old.value, old.bound) == (new.value, new.bound)


def _same_place(old: EntryRow | None, new: EntryRow) -> bool:
    if old is None or _withdraws(old) or _withdraws(new):
        return False
    return (old.indicator, old.region, old.period) == (new.indicator, new.region, new.period)


class _Digits(NamedTuple):
    """How many decimals the chances and the measures of one change have: the same in all its steps."""

    chance: int
    measure: int

    @classmethod
    def of(cls, change: ChangeRow) -> _Digits:
        """The fewest that tell apart what is not equal before and after a step."""
        sides = [(change.before, change.after), *((step.before, step.after) for step in change.steps)]
        chances = [(_chance(before), _chance(after)) for before, after in sides]
        cuts = [(each, cut) for pair in chances for each in pair for cut in CHANCE_CUTS]
        return cls(
            _telling_apart([*chances, *cuts], 0),
            _telling_apart([(_measure(before), _measure(after)) for before, after in sides], 2),
        )


def _telling_apart(pairs: Iterable[tuple[Decimal | None, Decimal | None]], least: int) -> int:
    unequal = [(one, other) for one, other in pairs if one is not None and other is not None and one != other]
    enough = (
        places
        for places in range(least, MOST_DECIMALS)
        if all(Decimal(fixed(one, places)) != Decimal(fixed(other, places)) for one, other in unequal)
    )
    return next(enough, MOST_DECIMALS)


def _chance(side: StandingRow | None) -> Decimal | None:
    """The probability in per cent."""
    return side.probability * 100 if side and side.probability is not None else None


def _chance_text(side: StandingRow | None, digits: int) -> str:
    chance = _chance(side)
    return (
        "-"
        if side is None or chance is None
        else bounded(side.probability_bound, f"{rounded(chance, digits, apart_from=CHANCE_CUTS)} %")
    )


def _measure(side: StandingRow | None) -> Decimal | None:
    """What the method measured, where it gives no chance."""
    return side.metric if side and side.probability is None else None


def _measure_text(side: StandingRow | None, digits: int) -> str:
    measure = _measure(side)
    return "-" if side is None or measure is None else bounded(side.metric_bound, fixed(measure, digits))


def _verdict(side: StandingRow | None) -> str | None:
    return side.verdict if side else None
