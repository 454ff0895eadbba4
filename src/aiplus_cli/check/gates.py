"""Where a gate looks, and what it finds there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from aiplus_cli.check.comparing import PROGRESS, comparable, has_worsened, is_behind, is_undecided
from aiplus_cli.check.question import COMMAND_LINE, SINCE_WORDS, Question
from aiplus_cli.check.records import Aspect, Check, Earlier, Finding, Kind, Level, Open, Rule, Subject, place
from aiplus_cli.check.scope import Scope
from aiplus_cli.judge.records import Assessment, ContextSeries, PathStanding, Report
from aiplus_cli.ledger.entries import Bound, Figure, FigureBound, Rating
from aiplus_cli.ledger.vintages import period_end
from aiplus_cli.plan.numbers import difference
from aiplus_cli.plan.periods import plus_days
from aiplus_cli.plan.records import VERDICTS, Gate, Unjudged

_UNJUDGED: tuple[Unjudged, ...] = ("insufficient_data", "no_data", "not_quantified")
_ASPECTS = get_args(Aspect)
_KINDS: dict[str, Kind] = {
    "missed": "progress",
    "off_track": "progress",
    "at_risk": "progress",
    "behind": "progress",
    "probability": "progress",
    "regression": "progress",
    "worsened": "progress",
    "ratchet": "progress",
    "unused_waiver": "assessment",
    "no_run": "assessment",
}


def kind_of(rule: str) -> Kind:
    """What a finding by the rule is about."""
    return _KINDS.get(rule, "evidence")


@dataclass(frozen=True, slots=True)
class Judged:
    """A result with the figure that its verdict rests on: its own, or that of its lead proxy."""

    result: Subject
    figure: Figure | Rating | None
    carrier: Subject

    @property
    def value(self) -> Decimal | None:
        return self.figure.value if isinstance(self.figure, Figure) else None

    @property
    def bound(self) -> FigureBound:
        return self.figure.bound if self.figure else ""

    @property
    def now(self) -> Judged:
        """The same with the newest figure of the series: a past date is judged on an older one."""
        return replace(self, figure=self.carrier.evidence.newest)

    @property
    def sign(self) -> int:
        return -1 if self.carrier.indicator.direction == "decrease" else 1


class Mark(NamedTuple):
    """An earlier value, of a period that ended on `end`; the day it was known on, or published."""

    value: Decimal
    bound: FigureBound
    day: date
    end: date | None


class Checker:
    """The report and the question, for one gate after another."""

    def __init__(self, report: Report, question: Question) -> None:
        self.report, self.question = report, question
        self._index = {place(result): result for result in report.results}

    def checks(self) -> Iterator[Check]:
        """Of every gate each result that it names: what it judged, and what it could not."""
        for gate in self.question.gates:
            found = [(judged, self._aspects(gate, judged)) for judged in self._named(gate)]
            compares = any(check.compares for _, checks in found for check in checks)
            is_said = not compares and (gate.since is not None or self.question.previous is None)
            for judged, checks in found:
                yield from _accounted(gate, judged, checks, said_once="no_comparison" if is_said else None)

    def _named(self, gate: Gate) -> Iterator[Judged]:
        scope = Scope(self.report.plan, gate, self.question)
        yield from self._once([result for result in self.report.results if scope.takes(result)])
        for series in self.report.context:
            if scope.takes_series(series):
                yield Judged(series, series.latest, series)

    def _aspects(self, gate: Gate, judged: Judged) -> list[Check]:
        """What the gate asks of a result; where that is nothing, so much."""
        if gate.milestones and isinstance(judged.result, ContextSeries):
            return [_unjudged(gate, "verdict", judged, "no_target")]
        found = [check for aspect in _ASPECTS_OF for check in aspect(self, gate, judged)]
        why: Unjudged = "not_quantified" if isinstance(judged.result, Assessment) else "no_target"
        return found or [_unjudged(gate, "verdict", judged, why)]

    def _once(self, results: list[Assessment]) -> Iterator[Judged]:
        """Each fact once: a verdict borrowed from a proxy is left to the proxy, where that is judged too."""
        places = {place(result) for result in results}
        for result in results:
            lead = place(result)._replace(indicator=result.lead) if result.lead else None
            if lead in places:
                continue
            carrier = self._index.get(lead, result) if lead else result
            yield Judged(result, carrier.latest, carrier)

    def newly_met(self) -> Iterator[Assessment]:
        """What is met now and was not on the day of comparison."""
        if self.question.before is None:
            return
        past = self.question.before[1]
        gates = (*self.question.gates, Gate(id=COMMAND_LINE))
        scopes = [Scope(self.report.plan, gate, self.question) for gate in gates]
        taken = [result for result in self.report.results if any(scope.takes(result) for scope in scopes)]
        for judged in self._once(taken):
            known, result = past.get(place(judged.result)), judged.result
            is_met = isinstance(result, Assessment) and result.verdict == "met"
            if isinstance(result, Assessment) and is_met and (known is None or known.verdict != "met"):
                yield result

    # aspects

    def verdict(self, gate: Gate, judged: Judged) -> Iterator[Check]:
        words = [word for word in (*gate.fail, *gate.warn) if word in VERDICTS]
        if not words:
            return
        result = judged.result
        if isinstance(result, ContextSeries):
            yield _unjudged(gate, "verdict", judged, "no_target")
            return
        asked = result.target.value
        found = judged.value if asked is not None else result.verdict
        finding = None
        if result.verdict in words:
            since = self._since(judged)
            line = result.target.line or result.indicator.line
            finding = _finding(gate, result.verdict, judged, line, found, result.target.op, asked, since)
        slack = self._slack(gate, judged)
        why = None if finding else _unknown(result)
        yield Check(
            gate.id, "verdict", result, found, result.target.op, asked, slack, "unit", finding, judged.bound, why
        )

    def _since(self, judged: Judged) -> date | None:
        result, carrier, held = judged.result, judged.carrier, self.question.verdict_since
        if isinstance(result, Assessment) and result.verdict == "missed":
            return result.milestone.due
        return held(carrier) if held and isinstance(carrier, Assessment) else _published(judged)

    def _slack(self, gate: Gate, judged: Judged) -> Decimal | None:
        """How far the value is from a verdict that the gate fails on, or where it only warns from one of those."""
        if self.question.slack is None or isinstance(judged.carrier, ContextSeries):
            return None
        failing = tuple(word for word in VERDICTS if word in gate.fail)
        warning = tuple(word for word in VERDICTS if word in gate.warn)
        return self.question.slack(judged.carrier, failing or warning)

    def position(self, gate: Gate, judged: Judged) -> Iterator[Check]:
        """The figure against its path; a rating has none, and what has met its target needs none."""
        result = judged.result
        if "behind" not in (*gate.fail, *gate.warn) or result.indicator.measure == "rating":
            return
        is_awaited = isinstance(result, Assessment) and result.verdict == "awaiting"
        path = (result.through or result).path if isinstance(result, Assessment) and not is_awaited else None
        if path is None and (why := _pathless(result)):
            yield _unjudged(gate, "position", judged, why)
            return
        met = Check(gate.id, "position", result, judged.value, None, None)
        yield self._against(gate, judged, path) if path else met

    def _against(self, gate: Gate, judged: Judged, path: PathStanding) -> Check:
        """The value may not be worse than the path by more than the tolerance, as far as bounds tell."""
        sign, result = judged.sign, judged.result
        asked, slack = difference(path.expected, sign * path.tolerance), sign * path.gap + path.tolerance
        op, found, finding = ">=" if sign > 0 else "<=", is_behind(path, sign), None
        if found and isinstance(result, Assessment):
            line = result.target.line or result.indicator.line
            finding = _finding(gate, "behind", judged, line, judged.value, op, asked, _published(judged))
        why: Open | None = "no_comparison" if found is None else None
        return Check(gate.id, "position", result, judged.value, op, asked, slack, "unit", finding, judged.bound, why)

    def evidence(self, gate: Gate, judged: Judged) -> Iterator[Check]:
        words = [word for word in (*gate.fail, *gate.warn) if word in ("stale", "due", "none")]
        if not words:
            return
        result, judged = judged.result, judged.now
        current, limit = result.evidence.freshness, result.evidence.stale_after
        why = _why(result) or "no_data"
        if current == "none" and why in (*gate.fail, *gate.warn):
            return  # said of the verdict
        if current == "none" and "none" not in words:
            yield _unjudged(gate, "evidence", judged, why)
            return
        days = Decimal((limit - self.report.today).days) if limit else None
        op, asked, finding = "<=" if limit else None, str(limit) if limit else None, None
        if current in words:
            since = result.evidence.next_due if current == "due" else limit and plus_days(limit, 1)
            line = result.indicator.line
            finding = _finding(gate, current, judged, line, _period(judged), op, asked, since)
        yield Check(gate.id, "evidence", result, current, op, asked, days, "days", finding)

    def probability(self, gate: Gate, judged: Judged) -> Iterator[Check]:
        result, limits = judged.result, _limits(gate)
        if not limits or result.indicator.measure == "rating":
            return
        if isinstance(result, ContextSeries):
            yield _unjudged(gate, "probability", judged, "no_target")
            return
        if result.verdict == "awaiting":  # past its day nothing is left to chance, and nobody can know yet
            yield Check(
                gate.id, "probability", result, None, ">=", limits[0][1], scale="probability", unjudged="awaiting"
            )
            return
        found, why = _probability(result, limits[0][1]), _why(result)
        level, asked = limits[0]
        if found is not None:
            level, asked = next((limit for limit in limits if found < limit[1]), limits[0])
        slack = difference(found, asked) if found is not None else None
        bound = result.outcome.bound if result.outcome else ""
        finding = None
        if found is None and why and _allows(gate, result, why):
            yield _unjudged(gate, "probability", judged, why)
            return
        if slack is None or slack < 0:
            kind: Kind = "progress" if found is not None else "assessment"
            level = level if found is not None else "fail"
            line, since = result.target.line or result.indicator.line, _published(judged)
            figure = judged.figure
            finding = Finding(gate.id, "probability", level, kind, line, result, figure, found, ">=", asked, since)
        yield Check(gate.id, "probability", result, found, ">=", asked, slack, "probability", finding, bound)

    def provisional(self, gate: Gate, judged: Judged) -> Iterator[Check]:
        if "provisional" not in (*gate.fail, *gate.warn):
            return
        result = judged.result
        why: Open | None = "no_target" if isinstance(result, ContextSeries) else _unknown(result)
        if why or isinstance(result, ContextSeries):
            yield _unjudged(gate, "provisional", judged, why or "no_target")
            return
        found, finding = judged.figure.status if judged.figure else None, None
        if result.is_provisional:
            line = result.target.line or result.indicator.line
            finding = _finding(gate, "provisional", judged, line, found, None, None, _published(judged))
        yield Check(gate.id, "provisional", result, found, None, None, finding=finding)

    def regression(self, gate: Gate, judged: Judged) -> Iterator[Check]:
        past, now = self._past(gate, judged), judged.now
        if "regression" not in (*gate.fail, *gate.warn):
            return
        if why := _no_number(now):
            yield _unjudged(gate, "regression", judged, why)
        elif past is None or past.value is None or not comparable(past, judged.carrier):
            yield _unjudged(gate, "regression", judged, "no_comparison")
        else:
            mark = Mark(past.value, past.bound, past.day, past.end)
            yield self._floor(gate, "regression", now, mark)

    def worsened(self, gate: Gate, judged: Judged) -> Iterator[Check]:
        past, result = self._past(gate, judged), judged.result
        if "worsened" not in (*gate.fail, *gate.warn):
            return
        if isinstance(result, ContextSeries):
            yield _unjudged(gate, "worsened", judged, "no_target")
            return
        if why := _unknown(result):
            yield _unjudged(gate, "worsened", judged, why)
            return
        if past is None or past.verdict not in PROGRESS or past.method not in (result.method, None):
            yield _unjudged(gate, "worsened", judged, "no_comparison")
            return
        is_worse, finding = has_worsened(past, result), None
        if is_worse:
            line = result.target.line or result.indicator.line
            since = _published(judged)
            finding = _finding(gate, "worsened", judged, line, result.verdict, ">=", past.verdict, since, past.day)
        open_: Open | None = "no_comparison" if is_worse is None else None
        yield Check(gate.id, "worsened", result, result.verdict, ">=", past.verdict, finding=finding, unjudged=open_)

    def ratchet(self, gate: Gate, judged: Judged) -> Iterator[Check]:
        if not gate.ratchet:
            return
        best = (self.question.best or {}).get((judged.carrier.indicator.id, judged.result.region))
        now = judged.now
        if why := _no_number(now):
            yield _unjudged(gate, "ratchet", judged, why)
        elif best is None:  # what there is proves no least value
            yield _unjudged(gate, "ratchet", judged, "no_comparison")
        else:
            yield self._floor(gate, "ratchet", now, Mark(best.value, best.bound, best.published, period_end(best)))

    def _past(self, gate: Gate, judged: Judged) -> Earlier | None:
        known = self.question.previous if gate.since_last else (self.question.earlier or {}).get(gate.since or date.min)
        return known.get(place(judged.result)) if known else None

    def _floor(self, gate: Gate, rule: Literal["regression", "ratchet"], judged: Judged, mark: Mark) -> Check:
        """The value may not be worse than the mark by more than the tolerance, as far as the bounds of both tell."""
        if judged.value is None:
            raise TypeError(judged)
        asked = difference(mark.value, judged.sign * gate.tolerance)
        op = ">=" if judged.sign > 0 else "<="
        slack = _proven(judged.sign * difference(judged.value, asked), judged, mark)
        why: Unjudged | None = "no_comparison" if slack is None else None
        finding = None
        if slack is not None and slack < 0:
            since, line = _published(judged), judged.result.indicator.line
            finding = _finding(gate, rule, judged, line, judged.value, op, asked, since, mark.day)
        return Check(
            gate.id, rule, judged.result, judged.value, op, asked, slack, "unit", finding, judged.bound, unjudged=why
        )


_ASPECTS_OF: tuple[Callable[[Checker, Gate, Judged], Iterator[Check]], ...] = tuple(
    getattr(Checker, aspect) for aspect in _ASPECTS
)


def _why(result: Subject) -> Unjudged | None:
    """Why there is no verdict on a result with a target."""
    verdict = result.verdict if isinstance(result, Assessment) else None
    return next((word for word in _UNJUDGED if word == verdict), None)


def _unknown(result: Assessment) -> Open | None:
    """Why nobody knows what becomes of a target: there is no verdict, or the figure that decides is awaited."""
    return "awaiting" if result.verdict == "awaiting" else _why(result)


def _pathless(result: Subject) -> Open | None:
    """Why a result without a path cannot be held against one; what has met its target need not be."""
    if isinstance(result, ContextSeries):
        return "no_target"
    return None if result.verdict == "met" else _unknown(result) or "no_path"


def _unjudged(gate: Gate, aspect: Aspect, judged: Judged, why: Open) -> Check:
    return Check(gate.id, aspect, judged.result, None, None, None, unjudged=why)


def _allows(gate: Gate, result: Subject, why: Open) -> bool:
    """Whether the gate itself says what it is to it that something cannot be judged.

    One that names neither indicators nor areas leaves goals in words to those that do; what is awaited fails none.
    """
    if why == "awaiting":
        return True
    if why == "not_quantified" and not (gate.indicators or gate.areas):
        return True
    words = {*gate.fail, *gate.warn, *gate.allow}
    return why in words or (result.evidence.freshness == "none" and "none" in words)


def _accounted(gate: Gate, judged: Judged, checks: list[Check], *, said_once: Unjudged | None) -> Iterator[Check]:
    """The checks of a result; the first that could not judge it is found at fault, unless the gate allows that.

    Where the gate has nothing at all to compare with, that is `said_once`, of the gate.
    """
    is_said = False
    for check in checks:
        why = check.unjudged
        silent = why is None or _allows(gate, judged.result, why) or (why == said_once and check.aspect in SINCE_WORDS)
        if is_said or silent:
            yield check
            continue
        is_said = True
        yield replace(check, finding=_not_judged(gate, judged, check))


def _not_judged(gate: Gate, judged: Judged, check: Check) -> Finding:
    """What it was to be compared with is told where something was known."""
    line, result, why = judged.result.indicator.line, judged.result, check.unjudged
    return Finding(gate.id, "not_judged", "fail", "evidence", line, result, judged.figure, why, check.op, check.asked)


def _no_number(judged: Judged) -> Unjudged | None:
    """Why there is no value to compare."""
    if judged.result.indicator.measure == "rating":
        return "not_quantified"
    return "no_data" if judged.value is None else None


def _proven(slack: Decimal, judged: Judged, mark: Mark) -> Decimal | None:
    """The slack against what the mark proved; None where bounds leave it open which is the better."""
    if judged.figure and (judged.value, judged.bound, period_end(judged.figure)) == (mark.value, mark.bound, mark.end):
        return slack  # it is the same figure
    good: Bound = ">" if judged.sign > 0 else "<"
    return None if is_undecided(good, judged.bound, mark.bound, is_worse=slack < 0) else slack


def _limits(gate: Gate) -> list[tuple[Level, Decimal]]:
    """The least probabilities that the gate asks for, the one that fails first."""
    limits: list[tuple[Level, Decimal]] = []
    if gate.fail_probability_below is not None:
        limits.append(("fail", gate.fail_probability_below))
    if gate.warn_probability_below is not None:
        limits.append(("warn", gate.warn_probability_below))
    return limits


def _finding(
    gate: Gate,
    rule: Rule,
    judged: Judged,
    line: int,
    found: Decimal | str | None,
    op: str | None,
    asked: Decimal | str | None,
    since: date | None,
    compared: date | None = None,
) -> Finding:
    level: Level = "fail" if rule in gate.fail or rule == "ratchet" else "warn"
    kind = kind_of(rule)
    return Finding(gate.id, rule, level, kind, line, judged.result, judged.figure, found, op, asked, since, compared)


def _published(judged: Judged) -> date | None:
    return judged.figure.published if judged.figure else None


def _period(judged: Judged) -> str | None:
    return judged.figure.period if judged.figure else None


def _probability(result: Assessment, asked: Decimal) -> Decimal | None:
    """What the method gives, an upper end only where it is below what is asked; 1 and 0 where the value has decided."""
    if result.outcome is not None and result.outcome.probability is not None:
        is_open = result.outcome.bound == "<" and result.outcome.probability >= asked
        return None if is_open else result.outcome.probability
    return {"met": Decimal(1), "missed": Decimal(0)}.get(result.verdict)
