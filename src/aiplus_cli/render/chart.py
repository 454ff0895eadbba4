"""A line chart for a terminal, drawn by plotext; years run along the x axis.

No sign of it has a width that depends on the terminal, and each has a plain one in its place (`words.signs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Any

from aiplus_cli.render import Options
from aiplus_cli.render.text import visible
from aiplus_cli.words.signs import plain
from aiplus_cli.words.width import cells, centred, wrap

DEFAULT_WIDTH, MOST_WIDTH, HEIGHT = 100, 140, 22
MOST_TICKS = 6
FIGURE, UNSETTLED, AT_LEAST, AT_MOST, ABOUT = "◉", "◌", "▴", "▾", "~"
TARGET, PATH, LINE = "✕", "+", "-"
BAND, INNER_BAND = "⠐", "⠶"
_FRAME = str.maketrans(dict.fromkeys("┌┐└┘├┤┬┴┼", "+") | {"│": "╎", "─": "╌"})
"""What plotext draws a frame of takes two cells each in a terminal set up for Chinese."""

Points = Sequence[tuple[Decimal, Decimal]]


@dataclass(frozen=True)
class ChartLine:
    """Points (year, value) with a marker of one cell; without a name it stays out of the legend below the chart.

    With `down_to` it is a band: filled from the points down to these, of the same years.
    """

    name: str
    marker: str
    points: Points
    joined: bool = True
    down_to: Points = ()


@dataclass(frozen=True)
class Chart:
    """A titled chart; later lines are drawn over earlier ones."""

    title: str
    lines: Sequence[ChartLine]


def draw(chart: Chart, options: Options) -> list[str]:
    """The chart as lines of text, without colour: markers tell the lines apart.

    The title is ours: plotext counts characters, and drops one that is too long.
    """
    width = min(options.width or DEFAULT_WIDTH, MOST_WIDTH)
    title = [centred(line, width) for line in wrap(visible(chart.title), width)]
    framed = _plotted(chart, width, options).translate(_FRAME)
    body = [*framed.rstrip("\n").split("\n"), *_legend(chart, width, options)]
    return [*title, *(plain(line.rstrip()) if options.is_plain else line.rstrip() for line in body)]


def _legend(chart: Chart, width: int, options: Options) -> list[str]:
    """What the marks mean, the mark and its words on one line."""
    rows = ["   "]
    for line in reversed(chart.lines):
        entry = f" {_mark(line, options)} {visible(line.name)}  "
        if line.name and cells(rows[-1] + entry.rstrip()) > width:
            rows.append("   ")
        rows[-1] += entry if line.name else ""
    return rows


def _plotted(chart: Chart, width: int, options: Options) -> str:
    """The frame and what is in it, as wide as asked, whatever the terminal was when the library was loaded."""
    from plotext import figure, terminal  # type: ignore[import-untyped]

    terminal.limit(False, False)  # noqa: FBT003 - neither by its width nor by its height
    figure.clear()
    figure.plot_size(width, HEIGHT - 1)
    for line in chart.lines:
        figure.draw(_signal(figure, line, _mark(line, options)))
    for axis, place, ticks in (("x", 0, _years(chart)), ("y", 1, round_values(chart))):
        ends = [float(point[place]) for point in _points(chart)]
        figure.ruler(axis).lim(min(ends), max(ends))
        figure.ruler(axis).ticks([float(tick) for tick in ticks], [f"{tick:f}" for tick in ticks])
    text: str = figure.build().string(colorless=True)
    return text


def _signal(figure: Any, line: ChartLine, marker: str) -> Any:
    """The line as plotext has it."""
    signal = figure.signal(*_numbers(line.points), marker=marker)
    if line.down_to:
        signal.fill(figure.signal(*_numbers(line.down_to), marker=marker))
    if line.joined:
        signal.lines()
    return signal


def _numbers(points: Points) -> tuple[list[float], list[float]]:
    return [float(at) for at, _ in points], [float(value) for _, value in points]


def _mark(line: ChartLine, options: Options) -> str:
    return plain(line.marker) if options.is_plain else line.marker


def _points(chart: Chart) -> list[tuple[Decimal, Decimal]]:
    return [point for line in chart.lines for point in (*line.points, *line.down_to)]


def _years(chart: Chart) -> list[Decimal]:
    """The starts of the years within the chart, thinned out to at most about ten."""
    times = [at for at, _ in _points(chart)]
    first, last = ceil(min(times)), floor(max(times))
    return [Decimal(year) for year in range(first, last + 1, max(1, (last - first + 9) // 10))]


def round_values(chart: Chart) -> list[Decimal]:
    """Two to seven values within the chart, evenly apart by 1, 2 or 5 times a power of ten; one where all are equal."""
    values = [value for _, value in _points(chart)]
    low, high = min(values), max(values)
    if low == high:
        return [low]
    power = Decimal(1).scaleb(((high - low) / MOST_TICKS).adjusted())
    step = next(times * power for times in (1, 2, 5, 10) if (high - low) / (times * power) <= MOST_TICKS)
    first, last = ceil(low / step), floor(high / step)
    return [number * step for number in range(first, last + 1)]
