"""The verdict methods by name, one file each: a goal and a series come in, an outcome goes out.

`assess` calls a method through `METHODS`, `compare` all that judge by themselves. A method is total, knows no day but
those of the goal and the series, and may compute in float inside; `docs/methods.md` has a section on each.

| file | change it to |
| --- | --- |
| `linear.py`, `pace.py` | change the required over the observed pace |
| `open_sdg.py`, `un.py`, `growth.py` | change the methods of compound growth |
| `calibrated.py`, `adoption.py` | change the chance that a share arrives in time, and the distribution behind it |
| `adoption_table.py` | nothing: tools/fit_calibrated.py writes its numbers |
| `agreement.py` | change how two methods become one verdict |
| this file | add a method to the list, or change which one is an indicator's own |
"""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from aiplus_cli.errors import Message
from aiplus_cli.judge.methods import agreement, calibrated, linear, open_sdg, un
from aiplus_cli.judge.records import Equation, Goal, Outcome, Series
from aiplus_cli.plan.records import Indicator


class Method(Protocol):
    """What the file of a method offers."""

    @property
    def QUESTION(self) -> Message: ...  # noqa: N802 - a constant of the file
    @property
    def RULE(self) -> Message:  # noqa: N802
        """How the verdict follows from the measure."""

    @property
    def SOURCE(self) -> str: ...  # noqa: N802
    @property
    def CUTS(self) -> tuple[Decimal, ...]:  # noqa: N802
        """The values of the measure at which the verdict changes."""

    @property
    def FORMULAS(self) -> tuple[str, ...]: ...  # noqa: N802
    @property
    def JUDGES_WORDS(self) -> bool:  # noqa: N802
        """Whether it also judges an indicator whose target is in words only."""

    @property
    def NEEDS_RANGE(self) -> bool:  # noqa: N802
        """Whether it judges only what has a range."""

    def judge(self, goal: Goal, series: Series) -> Outcome:
        """The outcome; total: every series of at least one point has one."""

    def working(self, goal: Goal, series: Series) -> tuple[Equation, ...]:
        """The arithmetic behind `judge`, step by step; empty where there is none to show."""


METHODS: dict[str, Method] = {
    "linear": linear,
    "open-sdg": open_sdg,
    "un": un,
    "calibrated": calibrated,
    "agreement": agreement,
}
COMPARED = ("linear", "open-sdg", "un", "calibrated")
"""The methods that judge by themselves; `agreement` only joins two of them."""
DEFAULT = "default"
"""Asked for by this name, each indicator is judged by its own method."""


def method_of(indicator: Indicator, asked: str = DEFAULT) -> str:
    """The method asked for; by default the indicator's own, else the one for its kind."""
    if asked != DEFAULT:
        return asked
    return indicator.method or ("calibrated" if indicator.range else "agreement")


def serves(name: str, indicator: Indicator, *, number: bool = True) -> bool:
    """Whether a method can judge an indicator, with a number to reach or with words only."""
    method = METHODS[name]
    return (indicator.range is not None or not method.NEEDS_RANGE) and (number or method.JUDGES_WORDS)
