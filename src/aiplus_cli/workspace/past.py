"""Methods scored on a file of past series; no workspace is needed for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aiplus_cli.contract.backtest import BacktestDocument, backtest_document
from aiplus_cli.disk import read_bytes, unread
from aiplus_cli.errors import InputProblem, Message, Problem, UsageProblem, missing_extra
from aiplus_cli.judge.backtest import backtest as score
from aiplus_cli.judge.episodes import Episode, episodes
from aiplus_cli.judge.past import History, read_past
from aiplus_cli.plan.numbers import narrow, read_whole

if TYPE_CHECKING:
    from types import ModuleType

    from aiplus_cli.judge.methods.adoption import FittedTable


MAX_BYTES = 64 << 20


class PastSeries:
    """The series of a CSV with the columns series, year and value, and what they can be asked for.

    `folds` has calibrated fitted so often without a part of the series. Raises EnvironmentProblem for a file that
    cannot be read, InputProblem for one without a series to judge by, UsageProblem for folds that cannot be made.
    """

    def __init__(self, file: Path | str, *, folds: int | str | None = None) -> None:
        path = Path(file)
        try:
            content = read_bytes(path, MAX_BYTES)
        except OSError as error:
            raise unread(path, error) from None
        if len(content) > MAX_BYTES:
            what = Message("the file has more than {size} MiB", size=MAX_BYTES >> 20)
            raise InputProblem(Problem(str(path), what, Message("check that it is the right file")))
        self.name, self.folds = path.name, read_folds(folds)
        self._history: History = read_past(content, str(path))
        self._episodes = _judged(self._history, str(path))
        _need_folds(self.folds, len(self._history))

    def __len__(self) -> int:
        return len(self._episodes)

    def backtest(self, advance: Callable[[int], None] = lambda _: None) -> BacktestDocument:
        """The scores of every method; `advance` is told how many more of the episodes are done.

        Raises EnvironmentProblem where folds are asked for and the packages for fitting are missing.
        """
        tables = _fitting().cross_validate(self._history, self.folds) if self.folds else None
        found = score(self._history, self._episodes, tables, folds=self.folds, advance=advance)
        return backtest_document(found, self.name)

    def fitted(self) -> FittedTable:
        """The table of calibrated that fits the series best; raises EnvironmentProblem as `backtest` does."""
        fitting = _fitting()
        table: FittedTable = fitting.fit(fitting.episodes(self._history, fitting.FIT_HORIZONS))
        return table


def read_folds(folds: int | str | None) -> int | None:
    """A number of folds, also as text; raises UsageProblem for text that is none."""
    if not isinstance(folds, str):
        return folds
    number = read_whole(narrow(folds))
    if number is None:
        what = Message("'{text}' is no whole number", text=folds)
        raise UsageProblem(Problem("--folds", what, Message("use 2 up to the number of series")))
    return number


def _need_folds(folds: int | None, series: int) -> None:
    if folds is not None and not 2 <= folds <= series:
        what = Message.plural(
            "{n} fold cannot be made of {series} series",
            "{n} folds cannot be made of {series} series",
            n=folds,
            series=series,
        )
        raise UsageProblem(Problem("--folds", what, Message("use 2 up to the number of series")))


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
