"""Methods scored on a file of past series; no workspace is needed for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from aiplus_cli.contract.backtest import BacktestDocument, backtest_document
from aiplus_cli.disk import read_bytes, unread
from aiplus_cli.errors import InputProblem, Message, Problem, UsageProblem, missing_extra, need_choice
from aiplus_cli.judge.backtest import backtest as score
from aiplus_cli.judge.episodes import Episode, episodes
from aiplus_cli.judge.folds import LEFT_OUT, LeftOut, folds_of
from aiplus_cli.judge.past import History, read_past
from aiplus_cli.plan.numbers import narrow, read_whole

if TYPE_CHECKING:
    from types import ModuleType

    from aiplus_cli.judge.methods.adoption import FittedTable


MAX_BYTES = 64 << 20


class PastSeries:
    """The series of a CSV with the columns series, year and value, and what they can be asked for.

    `leave_out` (group, technology or series) has calibrated fitted without what it is judged on; `folds` says how
    often, of series where nothing else is named. Raises EnvironmentProblem for a file that cannot be read,
    InputProblem for one without a series to judge by, UsageProblem for what cannot be left out.
    """

    def __init__(self, file: Path | str, *, leave_out: str | None = None, folds: int | str | None = None) -> None:
        path = Path(file)
        try:
            content = read_bytes(path, MAX_BYTES)
        except OSError as error:
            raise unread(path, error) from None
        if len(content) > MAX_BYTES:
            what = Message("the file has more than {size} MiB", size=MAX_BYTES >> 20)
            raise InputProblem(Problem(str(path), what, Message("check that it is the right file")))
        self.name = path.name
        count = read_folds(folds)
        self._left_out = read_left_out(leave_out, default=None if count is None else "series")
        self._history: History = read_past(content, str(path))
        self._episodes = _judged(self._history, str(path))
        self._fold_of = folds_of(self._episodes, self._left_out, count) if self._left_out else {}

    def __len__(self) -> int:
        return len(self._episodes)

    @property
    def folds(self) -> int:
        """How many times calibrated will be fitted to judge; 0 where it is judged with the table that ships."""
        return len(set(self._fold_of.values()))

    def fit(self, advance: Callable[[int], None] = lambda _: None) -> Mapping[str, FittedTable]:
        """The table for each series, fitted without its fold; `advance` is told of each one.

        Raises EnvironmentProblem where the packages for fitting are missing.
        """
        if not self._fold_of:
            return {}
        tables: dict[str, FittedTable] = _fitting().cross_validate(self._episodes, self._fold_of, advance=advance)
        return tables

    def backtest(
        self, tables: Mapping[str, FittedTable] | None = None, advance: Callable[[int], None] = lambda _: None
    ) -> BacktestDocument:
        """The scores of every method, of calibrated with these tables or else with those of `fit`.

        `advance` is told how many more of the episodes are done. Raises EnvironmentProblem as `fit` does.
        """
        own = self.fit() if tables is None else tables
        found = score(
            self._history, self._episodes, own, left_out=self._left_out, folds=self.folds or None, advance=advance
        )
        return backtest_document(found, self.name)

    def fitted(self) -> FittedTable:
        """The table of calibrated that fits the series best; raises EnvironmentProblem as `fit` does."""
        table: FittedTable = _fitting().fit(self._episodes)
        return table


def read_left_out(text: str | None, default: LeftOut | None = None) -> LeftOut | None:
    """What is to be left out; raises UsageProblem for any other text."""
    if text is None:
        return default
    need_choice("--leave-out", text, LEFT_OUT)
    return next(one for one in LEFT_OUT if one == text)


def read_folds(folds: int | str | None) -> int | None:
    """A number of folds, also as text; raises UsageProblem for text that is none."""
    if not isinstance(folds, str):
        return folds
    number = read_whole(narrow(folds))
    if number is None:
        what = Message("'{text}' is no whole number", text=folds)
        raise UsageProblem(Problem("--folds", what, Message("use 2 up to the number of series or technologies")))
    return number


def _judged(history: History, name: str) -> list[Episode]:
    found = episodes(history)
    if not found:
        what = Message(
            "no series has four figures in a row, a year, half a year or a quarter apart, and a later one to judge by"
        )
        fix = Message("the latest of the four must lie from 3 to 85, the first above 0; see docs/methods.md")
        raise InputProblem(Problem(name, what, fix))
    return found


def _fitting() -> ModuleType:
    try:
        from aiplus_cli.judge import fit
    except ModuleNotFoundError as missing:
        problem = missing_extra("backtest", str(missing.name), "fit")
        raise problem from None
    return fit
