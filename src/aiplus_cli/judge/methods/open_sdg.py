"""`open-sdg`: observed over required compound growth, as Statistics Canada and Open SDG publish it.

R = d * g_obs / abs(g_req) with compound growth per year from the base to the latest figure (g_obs) and
to the target (g_req), d = 1 for increase and -1 for decrease. Target met: target_achieved; R >= 0.95
substantial_progress, >= 0.60 moderate_progress, >= 0 limited_progress, else deterioration.
Without a number to reach, d * g_obs itself is held against 0.015, 0.005 and 0, each times C where the
range has an end L > 0 in the direction of the goal: C = 1 if vb >= 2L, 1 - (vb / L)**4.44 if vb <= L,
else 1 - ((2L - vb) / L)**4.44.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import structs

from aiplus_cli.errors import Message
from aiplus_cli.judge.bounds import as_far_as_proven
from aiplus_cli.judge.methods.growth import base_point, compound_growth, fallen_back, limited, power
from aiplus_cli.judge.records import Equation, Goal, Outcome, Series
from aiplus_cli.plan.numbers import settled
from aiplus_cli.plan.records import Verdict

QUESTION = Message("Does it grow at the rate the target asks for?")
RULE = Message(
    "R >= 0.95 on track; R >= 0.60 at risk; else off track. "
    "Without a number to reach: d * go >= 0.015 * C on track; >= 0.005 * C at risk"
)
SOURCE = "Open SDG; Statistics Canada"
METRIC, GROWTH = "ratio", "growth"
CUTS = (Decimal("0.95"), Decimal("0.60"), Decimal(0))
GROWTH_CUTS = (Decimal("0.015"), Decimal("0.005"), Decimal(0))
EXPONENT = Decimal("4.44")
FORMULAS = (
    "go = (vt / vb)^(1 / (t - b)) - 1",
    "gr = (vT / vb)^(1 / (T - b)) - 1",
    "R = d * go / |gr|",
)
JUDGES_WORDS = True
NEEDS_RANGE = False
LABELS = ("substantial_progress", "moderate_progress", "limited_progress")
VERDICTS: dict[str, Verdict] = {
    "target_achieved": "met",
    "substantial_progress": "on_track",
    "moderate_progress": "at_risk",
    "limited_progress": "off_track",
    "deterioration": "off_track",
    "not_available": "insufficient_data",
}
"""Our verdict for each class of theirs."""


def judge(goal: Goal, series: Series) -> Outcome:
    """The class of the ratio, or of the growth where there is no number to reach."""
    base = base_point(goal, series)
    outcome = as_far_as_proven(goal, base, series.latest, _by_values(goal, series))
    is_between = outcome.verdict != "met" and not fallen_back(goal, base) and 0 <= (outcome.value or 0) <= 1
    if base.figure.bound and not is_between:  # the ratio may then go either way when such a base is higher
        return structs.replace(outcome, value=None)
    return outcome


def _by_values(goal: Goal, series: Series) -> Outcome:
    """The class as if every figure were exact."""
    base, latest = base_point(goal, series), series.latest
    observed = compound_growth(base.figure.value, latest.figure.value, latest.at - base.at)
    if goal.value is None:
        return _by_growth(goal, base.figure.value, observed)
    required = compound_growth(base.figure.value, goal.value, goal.at - base.at)
    ratio = limited(settled(goal.sign * observed / abs(required))) if observed is not None and required else None
    if goal.reached(latest.figure.value):
        return _outcome("target_achieved", METRIC, ratio)
    if base.at >= latest.at:
        return _outcome("not_available", METRIC, None, Message("one figure shows no growth"))
    if observed is None or required is None:
        return _outcome("not_available", METRIC, None, Message("growth is undefined from or to a value not above zero"))
    if ratio is None:
        return _from_target(goal.sign * observed)
    return _outcome(_label(ratio, CUTS), METRIC, ratio, fallen_back(goal, base))


def _by_growth(goal: Goal, base: Decimal, observed: Decimal | None) -> Outcome:
    if observed is None:
        return _outcome("not_available", GROWTH, None, Message("growth is undefined from or to a value not above zero"))
    growth, share = limited(settled(goal.sign * observed)), limit_factor(goal, base)
    return _outcome(_label(growth, tuple(settled(cut * share) for cut in GROWTH_CUTS)), GROWTH, growth)


def _from_target(growth: Decimal) -> Outcome:
    """The base is the target's value, so no growth is asked for, and yet the target is not reached now."""
    label = "deterioration" if growth < 0 else "limited_progress"
    return _outcome(label, METRIC, None, Message("the base has the target's value; no growth is required of it"))


def _outcome(label: str, metric: str, value: Decimal | None, reason: Message | None = None) -> Outcome:
    return Outcome(VERDICTS[label], metric, value, label=label, reason=reason)


def _label(value: Decimal, cuts: tuple[Decimal, ...]) -> str:
    return next((label for label, cut in zip(LABELS, cuts, strict=True) if value >= cut), "deterioration")


def limit_factor(goal: Goal, base: Decimal) -> Decimal:
    """C: how much less growth is asked of a base near the natural limit L; 1 without a limit above 0."""
    end = goal.range[0 if goal.sign < 0 else 1] if goal.range else None
    if end is None or end <= 0 or base >= 2 * end:
        return Decimal(1)
    return 1 - power((base if base <= end else 2 * end - base) / end, EXPONENT)


def working(goal: Goal, series: Series) -> tuple[Equation, ...]:
    """The numbers of the formulas, as far as they have a result."""
    base, last = base_point(goal, series), series.latest
    observed = compound_growth(base.figure.value, last.figure.value, last.at - base.at)
    if observed is None:
        return ()
    terms = {"vt": last.figure.value, "vb": base.figure.value, "t": last.at, "b": base.at}
    steps = [Equation(_growth_of(FORMULAS[0], base.figure.value), terms, observed)]
    if goal.value is None:
        return (*steps, _limit_step(goal, base.figure.value))
    required = compound_growth(base.figure.value, goal.value, goal.at - base.at)
    if required:
        terms = {"vT": goal.value, "vb": base.figure.value, "T": goal.at, "b": base.at}
        steps.append(Equation(_growth_of(FORMULAS[1], base.figure.value), terms, required))
        sign = Decimal(goal.sign)
        steps.append(
            Equation(FORMULAS[2], {"d": sign, "go": observed, "gr": required}, sign * observed / abs(required))
        )
    return tuple(steps)


def _growth_of(formula: str, base: Decimal) -> str:
    """The formula of a growth as it counts from the base: below zero, nearer to zero is more."""
    if base >= 0:
        return formula
    name, power_less_one = formula.split(" = ")
    return f"{name} = 1 - {power_less_one.removesuffix(' - 1')}"


def _limit_step(goal: Goal, base: Decimal) -> Equation:
    """The factor by which the cuts are multiplied, where there is no number to reach."""
    end = goal.range[0 if goal.sign < 0 else 1] if goal.range else None
    if end is None or end <= 0 or base >= 2 * end:
        return Equation("C = 1", {}, Decimal(1))
    formula = "C = 1 - (vb / L)^4.44" if base <= end else "C = 1 - ((2 * L - vb) / L)^4.44"
    return Equation(formula, {"vb": base, "L": end}, limit_factor(goal, base))
