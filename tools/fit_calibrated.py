"""Fit `calibrated` to past series, judge it on series that it was not fitted to, and write what ships.

    python tools/fit_calibrated.py adoption.csv

Writes src/aiplus_cli/judge/methods/adoption_table.py (the fitted numbers, and how many episodes arrived at each
chance, every episode judged by a table fitted without its series) and the scores in docs/methods.md.
The same file gives the same numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

from aiplus_cli.judge.backtest import Backtest, backtest
from aiplus_cli.judge.episodes import HORIZONS, episodes
from aiplus_cli.judge.fit import FIT_HORIZONS, arrivals, cross_validate, fit
from aiplus_cli.judge.methods.adoption import FittedTable
from aiplus_cli.judge.past import read_past

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src/aiplus_cli/judge/methods/adoption_table.py"
DOCS = [ROOT / "docs/methods.md", ROOT / "docs/methods.zh.md"]
"""Both pages have the table between the same marks."""
FOLDS, SEEDS = 10, range(5)
BEGIN, END = "<!-- scores -->\n", "<!-- /scores -->"


def main(path: Path) -> None:
    """Fit, judge, and write both files."""
    past = read_past(path.read_bytes(), path.name)
    judged = episodes(past)
    tables = {seed: cross_validate(past, FOLDS, seed) for seed in SEEDS}
    results = [backtest(past, judged, tables[seed], folds=FOLDS) for seed in SEEDS]
    TABLE.write_text(module(fit(episodes(past, FIT_HORIZONS)), len(judged), arrivals(judged, tables[SEEDS[0]])))
    for page in DOCS:
        before, rest = page.read_text(encoding="utf-8").split(BEGIN)
        page.write_text(before + BEGIN + scores(results) + END + rest.split(END, 1)[1], encoding="utf-8")
    print(scores(results), end="")


def module(table: FittedTable, count: int, arrived: list[int]) -> str:
    """The text of the table's module."""
    numbers = "".join(f'    "{name}": {value!r},\n' for name, value in table._asdict().items())
    rows = [", ".join(map(str, arrived[i : i + 10])) for i in range(0, len(arrived), 10)]
    counts = "".join(f"    {row},\n" for row in rows)
    return (
        '"""The fitted numbers of `calibrated`; written by tools/fit_calibrated.py, not by hand."""\n\n'
        f"PARAMETERS = {{\n{numbers}}}\n"
        '"""See adoption.FittedTable."""\n\n'
        f"EPISODES = {count}\n"
        '"""Past episodes (four annual values and a horizon) in the reference class."""\n\n'
        f"# fmt: off\nARRIVED = (\n{counts})\n# fmt: on\n"
        '"""How many of them reached the target to which they had a chance of 1, 2, ... 99 per cent."""\n'
    )


def scores(results: list[Backtest]) -> str:
    """The table of docs/methods.md: the lowest and highest score over the ways to cut the folds."""
    first = results[0]
    count = f"{first.cases:,} cases of {first.series} series, {first.met:.0%} met"
    lines = [
        f"{count}; {FOLDS} folds by series, cut in {len(results)} ways.",
        "",
        "| method | Brier score | accuracy | calibration error | 80 % interval covers | at 1, 2, 3, 5 years |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for place, score in enumerate(first.scores):
        same = [result.scores[place] for result in results]
        by_horizon = [spread([s.coverage_by_horizon[h] for s in same if s.coverage_by_horizon]) for h in HORIZONS]
        cells = [
            f"`{score.method}`",
            spread([s.brier for s in same]),
            spread([s.accuracy for s in same]),
            spread([s.calibration_error for s in same]),
            spread([s.coverage for s in same if s.coverage is not None]),
            ", ".join(filter(None, by_horizon)),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def spread(values: list[float]) -> str:
    """One number where all agree to three decimals, else the lowest and the highest."""
    texts = sorted({f"{value:.3f}" for value in values})
    return "–".join(dict.fromkeys((texts[0], texts[-1]))) if texts else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
