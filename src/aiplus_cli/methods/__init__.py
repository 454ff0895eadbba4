"""The verdict methods by name: (goal, series, today) -> outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from aiplus_cli.methods import linear
from aiplus_cli.model import Goal, Outcome, Series

Method = Callable[[Goal, Series, date], Outcome]

METHODS: dict[str, Method] = {"linear": linear.assess_linear}
FORMULAS: dict[str, str] = {"linear": linear.FORMULA}
"""The formula of each method in the symbols of its outcome's `terms`."""
CUTS: dict[str, tuple[int, ...]] = {"linear": linear.CUTS}
"""The values of each method's metric at which its verdict changes."""
