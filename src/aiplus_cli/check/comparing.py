"""What is proven of a value or a verdict against an earlier one: where bounds leave it open, nothing is."""

from __future__ import annotations

from decimal import Decimal

from aiplus_cli.check.records import Earlier, Subject
from aiplus_cli.judge.records import Assessment, ContextSeries, PathStanding
from aiplus_cli.ledger.bounds import side, turned
from aiplus_cli.ledger.entries import Bound, Figure, FigureBound
from aiplus_cli.ledger.vintages import period_end
from aiplus_cli.plan.records import Verdict

PROGRESS: tuple[Verdict, ...] = ("missed", "off_track", "at_risk", "on_track", "met")
"""The verdicts that can be compared, the worst first."""


def comparable(past: Earlier, now: Subject) -> bool:
    """Whether an earlier value is of the same indicator, and of no period before a break in its series."""
    series = now.series if isinstance(now, ContextSeries) else now.course and now.course.series
    if past.carrier != now.indicator.id or not series:
        return False
    first = series.points[0]
    return not (first.figure.status == "B" and past.end is not None and past.end < first.end)


def is_undecided(good: Bound, now: FigureBound, was: FigureBound, *, is_worse: bool) -> bool:
    """Whether bounds leave it open that what looks worse, or no worse, is so against what was proven then.

    `good` is the bound of what may be better than it is said to be.
    """
    proven: Bound = turned(good) if is_worse else good
    return side(now) not in ("", proven) or side(was) not in ("", good)


def has_worsened(past: Earlier, now: Assessment) -> bool | None:
    """Whether a verdict is worse than it was; None where one of them cannot be compared, or bounds leave it open."""
    if past.verdict not in PROGRESS or now.verdict not in PROGRESS:
        return None
    is_worse = PROGRESS.index(now.verdict) < PROGRESS.index(past.verdict)
    if now.verdict == past.verdict and _is_same_figure(past, now):
        return False
    return None if is_undecided(">", now.verdict_bound, past.verdict_bound, is_worse=is_worse) else is_worse


def is_behind(path: PathStanding, sign: int) -> bool | None:
    """Whether a figure is proven to be behind its path; None where bounds leave it open."""
    good: Bound = ">" if sign > 0 else "<"
    is_open = path.gap_bound != good or sign * path.gap < -path.tolerance
    return None if path.position is None and is_open else path.position == "behind"


def _is_same_figure(past: Earlier, now: Assessment) -> bool:
    newest = now.evidence.newest
    if not isinstance(newest, Figure):
        return False
    return (past.value, past.bound, past.end) == (newest.value, newest.bound, period_end(newest))


def has_recovered(past: Earlier | None, now: Earlier | None, sign: int, rule: str) -> bool:
    """Whether what a rule of progress found is over, since the value is better than it was: a rating, its verdict.

    Nothing has recovered that is found to be worse by now, or where bounds leave open which is the better.
    """
    if past is None or now is None or (rule in PROGRESS and _rank(now.verdict) <= _rank(rule)):
        return False
    if rule == "behind" and now.position in ("behind", None):
        return False
    if past.value is None or now.value is None:
        return past.value is None and -1 < _rank(past.verdict) < _rank(now.verdict)
    good: Bound = ">" if sign > 0 else "<"
    is_better = sign * (now.value - past.value) > 0
    is_open = is_undecided(good, now.bound, past.bound, is_worse=False)
    return is_better and past.carrier == now.carrier and not is_open


def _rank(verdict: str | None) -> int:
    """How good a verdict is; -1 for what cannot be compared."""
    return next((rank for rank, known in enumerate(PROGRESS) if known == verdict), -1)


def is_worse_than(floor: Decimal, figure: Figure, sign: int) -> bool:
    """Whether a figure is worse than a floor, or can be."""
    good: Bound = ">" if sign > 0 else "<"
    return side(figure.bound) not in ("", good) or sign * (figure.value - floor) < 0
