"""What `aiplus diff` prints: every change with its cause, as a table, Markdown, or aiplus.diff/1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import Any

from aiplus_cli.judge.methods import DEFAULT
from aiplus_cli.ledger.entries import Entry, Figure, Rating, Withdrawal
from aiplus_cli.plan.records import Indicator
from aiplus_cli.render import Options
from aiplus_cli.render.numbers import fine, plain, rounded
from aiplus_cli.render.pages import Page, render_page
from aiplus_cli.render.phrases import Phrases
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.review.records import Cause, Change, Review, Standing, Step
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import with_detail


def render_review(name: str, review: Review, options: Options, *, same_targets: bool) -> str:
    """The review in one of its formats; `same_targets`: no earlier targets.yaml was given to compare with."""
    if name == "json":
        from aiplus_cli.render.data import encode_json

        return encode_json(review_document(review, same_targets=same_targets))
    return render_page(name, _Pages(review, options.lang).page(same_targets=same_targets), options)


# --- for people -------------------------------------------------------------------------------------------------


class _Pages(Phrases):
    def __init__(self, review: Review, lang: str) -> None:
        super().__init__(lang)
        self.review = review
        plans = (review.old.plan, review.new.plan)
        self.indicators = {item.id: item for plan in plans for item in plan.indicators}

    def page(self, *, same_targets: bool) -> Page:
        old, new = self.review.old, self.review.new
        policy = new.plan.about
        sides = [self.say("by indicator") if each.method == DEFAULT else each.method for each in (old, new)]
        method = sides[1] if sides[0] == sides[1] else " → ".join(sides)
        lines = [
            self.say("from {old} to {new}, method {method}", old=old.day, new=new.day, method=method),
            self.say("targets: today's file on both days; --from-targets FILE compares with an earlier one")
            if same_targets
            else self.say("targets: compared with the file given"),
        ]
        judged = [change for change in self.review.changes if change.milestone]
        context = [change for change in self.review.changes if not change.milestone]
        sections = [self._judged(judged), self._context(context), self._quiet()]
        title = with_detail(self.name(policy.title), policy.document, self.lang)
        return Page(title, lines, [section for section in sections if section.rows], list(self._closing()))

    def _judged(self, changes: list[Change]) -> Section:
        columns = (
            Heading(self.say("Indicator"), flexible=True),
            Heading(self.say("By")),
            Heading(self.say("Cause"), flexible=True),
            Heading(self.say("Value"), 1, flexible=True),
            Heading(self.say("Target"), 4),
            Heading(self.say("Probability")),
            Heading(self.say("Metric"), 5),
            Heading(self.say("Verdict")),
            Heading(self.say("Evidence"), 3),
        )
        rows = [row for change in changes for row in self._rows(change)]
        return _without_empty(Section(self.say("Changes"), columns, rows))

    def _rows(self, change: Change) -> Iterator[tuple[Shown, ...]]:
        label = Shown(self.title(change.indicator, change.region))
        by = Shown(change.milestone.id if change.milestone else "")
        sides = [(self.cause(step), step.before, step.after) for step in change.steps]
        if len(sides) > 1:
            sides.append((self.say("in all"), change.before, change.after))
        for cause, before, after in sides:
            yield label, by, Shown(cause), *self._aspects(change.indicator, before, after)

    def _aspects(self, indicator: Indicator, before: Standing | None, after: Standing | None) -> Iterator[Shown]:
        last = after or before

        def pair(old: str, new: str) -> str:
            return new if old == new else f"{old} → {new}"

        yield Shown(pair(self._value(before, indicator), self._value(after, indicator)))
        yield Shown(pair(self._target(before, indicator), self._target(after, indicator)))
        chances = [
            side.probability * 100 if side and side.probability is not None else None for side in (before, after)
        ]
        yield Shown(pair(*_apart(*chances, digits=0, sign="%")))
        measures = [side.metric if side and side.probability is None else None for side in (before, after)]
        yield Shown(pair(*_apart(*measures, digits=2)))
        yield Shown(pair(*(self._word(_verdict(side)) for side in (before, after))), _verdict(last) or "")
        fresh = [side.freshness if side else None for side in (before, after)]
        yield Shown(pair(*map(self._word, fresh)), fresh[1] or "")

    def _word(self, name: str | None) -> str:
        return i18n.word(name, self.lang) if name else "-"

    def _value(self, side: Standing | None, indicator: Indicator) -> str:
        if side is None or side.value is None:
            return "-"
        mark = "" if side.status == "A" else " " + self._word(f"status_{side.status}")
        return with_detail(self.number(side.value, indicator, bound=side.bound) + mark, side.period, self.lang)

    def _target(self, side: Standing | None, indicator: Indicator) -> str:
        if side is None:
            return "-"
        if isinstance(side.target, Decimal):
            return f"{side.op} {self.number(side.target, indicator)}"
        return side.target or "-"

    def _context(self, changes: list[Change]) -> Section:
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
        for cause in self.review.quiet:
            known = self.indicators.get(cause.subject.indicator) if cause.subject else None
            name = self.title(known, cause.subject.region) if known and cause.subject else ""
            rows.append((Shown(name), Shown(self._happened(cause))))
        return Section(self.say("Came in between, without lasting effect here"), columns, rows)

    def cause(self, step: Step) -> str:
        """What happened, in a clause."""
        text = self._happened(step.cause)
        if step.kind != "lead_proxy":
            return text
        lead = step.after.lead if step.after else None
        if lead is None:
            return self.say("judged on its own figures from now on: {cause}", cause=text)
        return self.say("the lead proxy is now {lead}: {cause}", lead=lead, cause=text)

    def _happened(self, cause: Cause) -> str:
        if cause.entry is not None:
            return self._published(cause, cause.entry)
        if cause.kind == "targets":
            return self.say("targets changed: {keys}", keys=list(cause.keys))
        if cause.kind == "method":
            return self.say("method changed: {old} → {new}", old=cause.keys[0], new=cause.keys[1])
        return self.say("time passed, to {day}", day=cause.on)

    def _published(self, cause: Cause, entry: Entry) -> str:
        old, day = self._entry(cause.old), str(cause.on)
        if entry.published <= self.review.old.day:
            day = self.say("{day}, recorded only on {recorded}", day=day, recorded=entry.recorded_at.date())
        if isinstance(entry, Withdrawal) and isinstance(cause.old, Withdrawal):
            about = self._entry(cause.subject)
            return self.say("withdrawal undone: {figure} ({reason}; {day})", figure=about, day=day, reason=entry.reason)
        if isinstance(entry, Withdrawal):
            return self.say("withdrawn: {old} ({reason}; {day})", old=old, day=day, reason=entry.reason)
        new = self._entry(entry)
        if _same_place(cause.old, entry):
            new = self._number(entry)
        if cause.kind == "correction":
            return self.say("corrected: {old} → {new} (published {day})", old=old, new=new, day=day)
        if cause.kind == "revision":
            return self.say("revised: {old} → {new} (published {day})", old=old, new=new, day=day)
        if cause.kind == "forecast":
            return self.say("forecast: {new} (published {day})", new=new, day=day)
        return self.say("new: {new} (published {day})", new=new, day=day)

    def _entry(self, entry: Entry | None) -> str:
        """`2025-12 42.8 %`; a withdrawal by its id."""
        if entry is None:
            return "-"
        if isinstance(entry, Withdrawal):
            return entry.id
        return f"{entry.period} {self._number(entry)}"

    def _number(self, entry: Figure | Rating) -> str:
        return self.number(entry.value, self.indicators.get(entry.indicator), bound=entry.bound)

    def _closing(self) -> Iterator[str]:
        review = self.review
        if not review.changes:
            yield self.say("nothing changed; compared: {total}", total=review.compared)
        else:
            verdicts = sum(_verdict_changed(change) for change in review.changes)
            yield self.say(
                "changed: {n} of {total}, {verdicts} of them in verdict; every step has its cause",
                n=len(review.changes),
                total=review.compared,
                verdicts=verdicts,
            )
        if review.late:
            yield self.say(
                "published by {day} and recorded only later: {n}; they stand in both reports",
                day=review.old.day,
                n=len(review.late),
            )


def _without_empty(section: Section) -> Section:
    """The table without the columns that say nothing in any row."""
    said = [index for index, _ in enumerate(section.columns) if any(row[index].text != "-" for row in section.rows)]
    columns = tuple(section.columns[index] for index in said)
    return Section(section.title, columns, [tuple(row[index] for index in said) for row in section.rows])


def _same_place(old: Entry | None, new: Entry) -> bool:
    if old is None or isinstance(old, Withdrawal) or isinstance(new, Withdrawal):
        return False
    return (old.indicator, old.region, old.period) == (new.indicator, new.region, new.period)


def _apart(old: Decimal | None, new: Decimal | None, *, digits: int, sign: str = "") -> tuple[str, str]:
    """Two numbers with as many digits as it takes to tell them apart."""
    sides = (old, new), (new, old)
    first, second = (
        "-" if side is None else rounded(side, digits, apart_from=[] if other is None else [other]) + sign
        for side, other in sides
    )
    return first, second


def _verdict_changed(change: Change) -> bool:
    return change.milestone is not None and _verdict(change.before) != _verdict(change.after)


def _verdict(side: Standing | None) -> str | None:
    return side.verdict if side else None


# --- for programs -----------------------------------------------------------------------------------------------


def review_document(review: Review, *, same_targets: bool) -> dict[str, Any]:
    """The review as aiplus.diff/1, in plain values; never translated."""
    from importlib.metadata import version

    judged = [change for change in review.changes if change.milestone]
    causes = Counter(step.kind for change in review.changes for step in change.steps)
    return {
        "schema": "aiplus.diff/1",
        "tool_version": version("aiplus-cli"),
        "plan": review.new.plan.about.id,
        "from": {"as_of": review.old.day, "today": review.old.day, "method": review.old.method},
        "to": {"as_of": review.new.day, "today": review.new.day, "method": review.new.method},
        "targets": "same_file" if same_targets else "compared",
        "summary": {
            "compared": review.compared,
            "changed": len(review.changes),
            "verdicts_changed": sum(_verdict_changed(change) for change in review.changes),
            "steps": dict(sorted(causes.items())),
        },
        "changes": [_change_row(change) for change in judged],
        "context": [_change_row(change) for change in review.changes if not change.milestone],
        "without_effect": [_cause_row(cause) for cause in review.quiet],
        "recorded_late": [entry.id for entry in review.late],
    }


def _change_row(change: Change) -> dict[str, Any]:
    from aiplus_cli.contract.status import unit_text

    return {
        "indicator": change.indicator.id,
        "region": change.region,
        "milestone": change.milestone.id if change.milestone else None,
        "stands_for": change.indicator.proxy_for,
        "unit": unit_text(change.indicator),
        "before": _standing_row(change.before),
        "after": _standing_row(change.after),
        **_differences(change.before, change.after),
        "steps": [_step_row(step) for step in change.steps],
    }


def _step_row(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind,
        "cause": _cause_row(step.cause),
        "before": _standing_row(step.before),
        "after": _standing_row(step.after),
        **_differences(step.before, step.after),
    }


def _standing_row(side: Standing | None) -> dict[str, Any] | None:
    if side is None:
        return None
    return {
        "verdict": side.verdict,
        "freshness": side.freshness,
        "value": side.value,
        "bound": side.bound,
        "status": side.status,
        "period": side.period,
        "probability": fine(side.probability),
        "metric": fine(side.metric),
        "op": side.op,
        "target": side.target,
        "due": side.due,
        "lead_proxy": side.lead,
    }


def _differences(before: Standing | None, after: Standing | None) -> dict[str, Decimal | None]:
    """What a step added to value and probability; of the numbers as they are printed, so that the steps add up."""
    return {
        "value_change": _difference(*(side.value if side else None for side in (before, after))),
        "probability_change": _difference(*(fine(side.probability) if side else None for side in (before, after))),
    }


def _difference(old: Decimal | str | None, new: Decimal | str | None) -> Decimal | None:
    if not isinstance(old, Decimal) or not isinstance(new, Decimal):
        return None
    with localcontext() as context:
        context.prec = 100
        return Decimal(plain(new - old))


def _cause_row(cause: Cause) -> dict[str, Any]:
    subject, entry = cause.subject, cause.entry
    return {
        "kind": cause.kind,
        "on": cause.on,
        "indicator": subject.indicator if subject else None,
        "region": subject.region if subject else None,
        "entry": _entry_row(entry),
        "old": _entry_row(cause.old),
        "keys": list(cause.keys),
    }


def _entry_row(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    keys = ("indicator", "region", "period", "value", "bound", "status", "source")
    figure = {} if isinstance(entry, Withdrawal) else {key: getattr(entry, key) for key in keys}
    reason = entry.reason if isinstance(entry, Withdrawal) else None
    return {
        "id": entry.id,
        "published": entry.published,
        "recorded_at": entry.recorded_at,
        **{key: figure.get(key) for key in keys},
        "reason": reason,
    }
