"""A line chart for a terminal, drawn by plotext; years run along the x axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from aiplus_cli.render import Options
from aiplus_cli.render.text import visible
from aiplus_cli.words.width import centred, wrap

DEFAULT_WIDTH, MOST_WIDTH, HEIGHT = 100, 140, 22
MOST_TICKS = 6


@dataclass(frozen=True)
class ChartLine:
    """Points (year, value) with a marker of one cell; without a name it stays out of the legend below the chart."""

    name: str
    marker: str
    points: Sequence[tuple[Decimal, Decimal]]
    joined: bool = True


@dataclass(frozen=True)
class Chart:
    """A titled chart; later lines are drawn over earlier ones."""

    title: str
    lines: Sequence[ChartLine]


def draw(chart: Chart, options: Options) -> list[str]:
    """The chart as lines of text, without colour: markers tell the lines apart.

    The title is ours: plotext counts characters, and drops one that is too long.
    """
    from plotext import figure  # type: ignore[import-untyped]

    figure.clear()
    width = min(options.width or DEFAULT_WIDTH, MOST_WIDTH)
    figure.plot_size(width, HEIGHT - 1)
    for line in chart.lines:
        signal = figure.signal(
            [float(at) for at, _ in line.points], [float(value) for _, value in line.points], marker=line.marker
        )
        if line.joined:
            signal.lines()
        figure.draw(signal)
    years, values = _years(chart), round_values(chart)
    for axis, place, ticks in (("x", 0, years), ("y", 1, values)):
        ends = [float(point[place]) for line in chart.lines for point in line.points]
        figure.ruler(axis).lim(min(ends), max(ends))
        figure.ruler(axis).ticks([float(tick) for tick in ticks], [f"{tick:f}" for tick in ticks])
    text: str = figure.build().string(colorless=True)
    legend = "   ".join(f"{line.marker} {line.name}" for line in reversed(chart.lines) if line.name)
    title = [centred(line, width) for line in wrap(visible(chart.title), width)]
    return [*title, *(line.rstrip() for line in text.rstrip("\n").split("\n")), f"    {legend}"]


def _years(chart: Chart) -> list[Decimal]:
    """The starts of the years within the chart, thinned out to at most about ten."""
    times = [at for line in chart.lines for at, _ in line.points]
    first, last = ceil(min(times)), floor(max(times))
    return [Decimal(year) for year in range(first, last + 1, max(1, (last - first + 9) // 10))]


def round_values(chart: Chart) -> list[Decimal]:
    """Two to seven values within the chart, evenly apart by 1, 2 or 5 times a power of ten; one where all are equal."""
    values = [value for line in chart.lines for _, value in line.points]
    low, high = min(values), max(values)
    if low == high:
        return [low]
    power = Decimal(1).scaleb(((high - low) / MOST_TICKS).adjusted())
    step = next(times * power for times in (1, 2, 5, 10) if (high - low) / (times * power) <= MOST_TICKS)
    first, last = ceil(low / step), floor(high / step)
    return [number * step for number in range(first, last + 1)]
