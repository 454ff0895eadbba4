"""A line chart for a terminal, drawn by plotext; years run along the x axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from aiplus_cli.render import Options
from aiplus_cli.render.text import visible

DEFAULT_WIDTH, MOST_WIDTH, HEIGHT = 100, 140, 22


@dataclass(frozen=True)
class Line:
    """Points (year, value) with a marker of one cell; without a name it stays out of the legend below the chart."""

    name: str
    marker: str
    points: Sequence[tuple[Decimal, Decimal]]
    joined: bool = True


@dataclass(frozen=True)
class Chart:
    """A titled chart; later lines are drawn over earlier ones."""

    title: str
    lines: Sequence[Line]


def draw(chart: Chart, options: Options) -> list[str]:
    """The chart as lines of text, without colour: markers tell the lines apart."""
    from plotext import figure  # type: ignore[import-untyped]

    figure.clear()
    figure.plot_size(min(options.width or DEFAULT_WIDTH, MOST_WIDTH), HEIGHT)
    for line in chart.lines:
        signal = figure.signal(
            [float(at) for at, _ in line.points], [float(value) for _, value in line.points], marker=line.marker
        )
        if line.joined:
            signal.lines()
        figure.draw(signal)
    figure.title(visible(chart.title))
    years = _years(chart)
    figure.ruler("x").ticks(years, [str(year) for year in years])
    text: str = figure.build().string(colorless=True)
    legend = "   ".join(f"{line.marker} {line.name}" for line in reversed(chart.lines) if line.name)
    return [*(line.rstrip() for line in text.rstrip("\n").split("\n")), f"    {legend}"]


def _years(chart: Chart) -> list[int]:
    """The starts of the years within the chart, thinned out to at most about ten."""
    times = [at for line in chart.lines for at, _ in line.points]
    first, last = ceil(min(times)), floor(max(times))
    return list(range(first, last + 1, max(1, (last - first + 9) // 10)))
