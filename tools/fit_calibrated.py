"""Fit `calibrated` to past series, judge it on series that it was not fitted to, and write what ships.

    python tools/fit_calibrated.py technologies.csv internet.csv

The first file is of many technologies, the second of Internet use by country; see docs/methods.md. Writes
src/aiplus_cli/judge/methods/adoption_table.py (the fitted numbers, and what share of the episodes arrived at each
chance) and the scores in docs/methods.md, every episode judged by a table fitted without its technology, or without
its country. The same files give the same.
"""

from __future__ import annotations

import sys
from pathlib import Path

from aiplus_cli.contract.backtest import backtest_document
from aiplus_cli.judge.backtest import backtest
from aiplus_cli.judge.episodes import Episode, episodes, weights
from aiplus_cli.judge.fit import arrivals, cross_validate, fit
from aiplus_cli.judge.folds import folds_of
from aiplus_cli.judge.methods.adoption import FittedTable
from aiplus_cli.judge.past import History, read_past
from aiplus_cli.render.backtest import markdown_tables

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src/aiplus_cli/judge/methods/adoption_table.py"
DOCS = {ROOT / "docs/methods.md": "en", ROOT / "docs/methods.zh.md": "zh"}
"""Both pages have the scores between the same marks."""
BEGIN, END = "<!-- scores -->\n", "<!-- /scores -->"
FOLDS = 10
INTERNET = 0.4
"""What the Internet weighs in the fit; the other technologies weigh the rest."""
LEFT_OUT = "US households"
"""These series stand in both files."""


def main(technologies: Path, internet: Path) -> None:
    """Fit, judge, and write all three files."""
    many = read_past(technologies.read_bytes(), technologies.name)
    net = _countries(read_past(internet.read_bytes(), internet.name))
    judged, online = episodes(many), episodes(net)
    folds = {**folds_of(judged, "technology", FOLDS), **folds_of(online, "series", FOLDS)}
    weigh = [share * (1 - INTERNET) for share in weights(judged)] + [share * INTERNET for share in weights(online)]
    tables = cross_validate(judged + online, folds, weigh)
    TABLE.write_text(module(fit(judged + online, weigh), judged, arrivals(judged, tables, weights(judged))))
    found = [
        backtest_document(backtest(many, judged, tables, left_out="technology", folds=FOLDS), technologies.name),
        backtest_document(backtest(net, online, tables, left_out="series", folds=FOLDS), internet.name),
    ]
    for page, lang in DOCS.items():
        before, rest = page.read_text(encoding="utf-8").split(BEGIN)
        scores = "\n".join(f"### {one.file}\n\n{markdown_tables(one, lang, heading='####')}" for one in found)
        page.write_text(f"{before}{BEGIN}{scores}{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def _countries(past: History) -> History:
    return {name: series for name, series in past.items() if not name.startswith(LEFT_OUT)}


def module(table: FittedTable, judged: list[Episode], arrived: list[float]) -> str:
    """The text of the table's module."""
    numbers = "".join(f'    "{name}": {value!r},\n' for name, value in table._asdict().items())
    percents = [round(share * 100) for share in arrived]
    rows = [", ".join(map(str, percents[i : i + 10])) for i in range(0, len(percents), 10)]
    counts = "".join(f"    {row},\n" for row in rows)
    technologies = len({(one.group, one.technology) for one in judged})
    return (
        '"""The fitted numbers of `calibrated`; written by tools/fit_calibrated.py, not by hand."""\n\n'
        f"PARAMETERS = {{\n{numbers}}}\n"
        '"""See adoption.FittedTable."""\n\n'
        f"EPISODES = {len(judged)}\n"
        '"""Past episodes (four figures and a horizon) of other technologies than the Internet."""\n\n'
        f"TECHNOLOGIES = {technologies}\n"
        '"""Of how many technologies they are."""\n\n'
        f"# fmt: off\nARRIVED = (\n{counts})\n# fmt: on\n"
        '"""How many per cent of them, by weight, reached the target to which they had a chance of 1, 2, ... 99 %."""\n'
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
