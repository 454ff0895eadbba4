"""Fit `calibrated` to past series, judge it on series that it was not fitted to, and write what ships.

    python tools/fit_calibrated.py adoption.csv

Writes src/aiplus_cli/judge/methods/adoption_table.py (the fitted numbers, and how many episodes arrived at each
chance, every episode judged by a table fitted without its technology) and the scores in docs/methods.md.
The same file gives the same numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

from aiplus_cli.contract.backtest import backtest_document
from aiplus_cli.judge.backtest import backtest
from aiplus_cli.judge.episodes import episodes
from aiplus_cli.judge.fit import arrivals, cross_validate, fit
from aiplus_cli.judge.folds import folds_of
from aiplus_cli.judge.methods.adoption import FittedTable
from aiplus_cli.judge.past import read_past
from aiplus_cli.render.backtest import markdown_tables

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src/aiplus_cli/judge/methods/adoption_table.py"
DOCS = {ROOT / "docs/methods.md": "en", ROOT / "docs/methods.zh.md": "zh"}
"""Both pages have the scores between the same marks."""
BEGIN, END = "<!-- scores -->\n", "<!-- /scores -->"


def main(path: Path) -> None:
    """Fit, judge, and write all three files."""
    past = read_past(path.read_bytes(), path.name)
    judged = episodes(past)
    tables = cross_validate(judged, folds_of(judged, "technology"))
    found = backtest(past, judged, tables, left_out="technology", folds=len(set(tables.values())))
    TABLE.write_text(module(fit(judged), len(judged), arrivals(judged, tables)))
    for page, lang in DOCS.items():
        before, rest = page.read_text(encoding="utf-8").split(BEGIN)
        scores = markdown_tables(backtest_document(found, path.name), lang)
        page.write_text(f"{before}{BEGIN}{scores}{END}{rest.split(END, 1)[1]}", encoding="utf-8")


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


if __name__ == "__main__":
    main(Path(sys.argv[1]))
