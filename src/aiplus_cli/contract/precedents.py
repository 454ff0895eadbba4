"""The past cases nearest to a share with a target, as a part of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from aiplus_cli.contract.plan import BothNames
from aiplus_cli.contract.values import Amount, Count, Part, Probability, Sentence, measure
from aiplus_cli.errors import Bilingual, Message
from aiplus_cli.judge.precedents import PastAdoption, Precedent, Precedents, precedents
from aiplus_cli.judge.records import Goal, Series
from aiplus_cli.ledger.entries import Bound


@dataclass(frozen=True, slots=True)
class PrecedentRow(Part):
    """One past case; values are shares in per cent."""

    technology: BothNames
    """What was adopted."""
    place: BothNames
    """Where."""
    period: str
    """When it stood at `level`: a year, or the last month of a shorter period."""
    level: Amount
    """Where it stood."""
    gain: Amount
    """What the year before had added, in points."""
    years_left: Amount
    """In how many years it was asked to get there."""
    asked: Amount
    """The value that is as far away on the log-odds axis as the target is."""
    came: Amount
    """What it had come to by then, between two figures on a straight line."""
    arrived: bool
    """Whether `came` is at least `asked`."""
    distance: Amount
    """How far it is from the indicator's level and gain: 1 for 0.5 in level, or 0.1 in gain, on the log-odds axis."""
    group: str
    """The group of technologies."""
    source: str
    """Who published the figures."""
    licence: str
    """Under which licence: CC BY, or the public domain."""


@dataclass(frozen=True, slots=True)
class PrecedentsRow(Part):
    """The nearest past cases, and how many of them arrived in time; all shares are in per cent of the range.

    What is to fall is mirrored: 30 % that are to fall to 20 % stand as 70 % that are to rise to 80 %.
    """

    milestone: str
    """The milestone's id."""
    nearest: Count
    """How many cases were counted: 120, fewer where the table has no more of that length, 0 with a `reason`."""
    arrived: Count
    """How many of them arrived in time."""
    probability: Probability | None
    """The chance that the target is reached on its day."""
    probability_bound: Bound | None
    """Whether `probability` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    differs: bool | None
    """Whether the share that arrived and the chance are more than ten points apart."""
    level: Amount | None
    """Where the indicator stands."""
    level_bound: Bound | None
    """Whether `level` is exact (empty), a floor that is taken as its value (`>`), or about (`~`)."""
    mirrored: bool | None
    """Whether the share is to fall, so that it is read as what is left of the range."""
    of_range: bool | None
    """Whether the range is another than 0 to 100, so that shares are per cent of it."""
    gain: Amount | None
    """What the last year added, in points."""
    years_left: Amount | None
    """The years from the latest figure to the milestone, to the month."""
    asked: Amount | None
    """The target."""
    cases: tuple[PrecedentRow, ...]
    """The nearest of them by name, nearest first: at most eight, one of a series and four of a group."""
    reason: Sentence | None
    """Why there are none."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance beside which the cases are put; None where there is none."""

    probability: Decimal | None
    bound: Bound


def precedents_row(
    milestone: str, goal: Goal, series: Series, chance: Chance, past: Sequence[PastAdoption], known: Decimal
) -> PrecedentsRow:
    """The cases nearest to a share with a target; `known` is the day of the figures, in years."""
    found = precedents(goal, series, past, known)
    return none_found(milestone, found) if isinstance(found, Message) else _row(milestone, found, chance)


def none_found(milestone: str, reason: Message) -> PrecedentsRow:
    """No cases, and why."""
    return PrecedentsRow(
        milestone=milestone,
        nearest=0,
        arrived=0,
        probability=None,
        probability_bound=None,
        differs=None,
        level=None,
        level_bound=None,
        mirrored=None,
        of_range=None,
        gain=None,
        years_left=None,
        asked=None,
        cases=(),
        reason=reason,
    )


def _row(milestone: str, found: Precedents, chance: Chance) -> PrecedentsRow:
    here, known = found.standing, chance.probability is not None
    return PrecedentsRow(
        milestone=milestone,
        nearest=len(found.nearest),
        arrived=found.arrived,
        probability=measure(chance.probability),
        probability_bound=chance.bound if known else None,
        differs=None if chance.probability is None else found.differs_from(chance.probability),
        level=_amount(here.level),
        level_bound=here.bound,
        mirrored=here.mirrored,
        of_range=here.of_range,
        gain=_amount(here.gain),
        years_left=_amount(here.years),
        asked=_amount(here.asked),
        cases=tuple(_case(case, here.years) for case in found.named),
        reason=None,
    )


def _case(case: Precedent, years: float) -> PrecedentRow:
    return PrecedentRow(
        technology=_both(case.past.technology),
        place=_both(case.past.place),
        period=case.period,
        level=_amount(case.level),
        gain=_amount(case.gain),
        years_left=_amount(years),
        asked=_amount(case.asked),
        came=_amount(case.came),
        arrived=case.arrived,
        distance=_amount(case.distance),
        group=case.past.group,
        source=case.past.source,
        licence=case.past.licence,
    )


def _amount(number: float) -> Amount:
    return Amount(f"{number:.6f}")


def _both(names: Bilingual) -> BothNames:
    return BothNames(zh=names.zh, en=names.en)
