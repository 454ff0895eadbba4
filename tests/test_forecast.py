"""`aiplus forecast` and `aiplus backtest`: what they say agrees with itself and with the schemas."""

from __future__ import annotations

import json
import math
import sys
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli import judge
from aiplus_cli.contract.backtest import backtest_document
from aiplus_cli.contract.schemas import schema_of
from aiplus_cli.judge.backtest import backtest
from aiplus_cli.judge.episodes import episodes
from aiplus_cli.judge.fit import fit
from aiplus_cli.judge.methods import calibrated
from aiplus_cli.judge.methods.adoption import TABLE
from aiplus_cli.judge.past import read_past
from aiplus_cli.plan.periods import day_at, year_position
from aiplus_cli.render import Options
from aiplus_cli.render.backtest import render_table as render_scores
from aiplus_cli.render.chart import Chart, ChartLine, round_values
from aiplus_cli.render.forecast import render_table
from aiplus_cli.words.signs import is_ambiguous
from aiplus_cli.words.width import cells
from aiplus_cli.workspace.api import Workspace
from conftest import LEDGER, PLAN, Result, run_aiplus, write_workspace
from test_methods import goal_of, series_of

FILES = {"targets.yaml": PLAN, "progress.jsonl": LEDGER}


def past_of(count: int) -> bytes:
    """Logistic series with different paces and starts, in per cent."""
    rows = ["series,year,value"]
    for one in range(count):
        for year in range(16):
            share = 100 / (1 + math.exp(-(year - 5 - one % 7) * (0.2 + 0.05 * (one % 9))))
            rows.append(f"s{one},{2000 + year},{share:.2f}")
    return "\n".join(rows).encode()


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_a_day_comes_back_from_the_axis_of_years(day: date) -> None:
    """Where a day ends is on that day."""
    assert day_at(year_position(day)) == day


def test_the_days_of_arrival_have_the_chances_they_are_said_to_have(tmp_path: Path) -> None:
    """Asked as a due date, the earliest day gives 10 %, the expected 50 % and the latest 90 %."""
    folder = write_workspace(tmp_path, FILES)
    found = json.loads(run_aiplus(["forecast", "gen", "--format", "json"], folder).out)
    series = series_of(("2024-06", "16.4"), ("2025-06", "36.5"), ("2025-12", "42.8"), ("2026-06", "50.0"))
    for row in found["milestones"]:
        for key, chance in (("earliest", 0.1), ("expected", 0.5), ("latest", 0.9)):
            day = date.fromisoformat(row[key])
            asked = [goal_of(series, str(row["target"]), due=d, bounds=(0, 100)) for d in (day - timedelta(1), day)]
            before, after = (calibrated.judge(goal, series).probability for goal in asked)

            assert before is not None
            assert after is not None
            assert before < Decimal(str(chance)) + Decimal("1e-9") <= after + Decimal("2e-9")


def test_forecast_and_status_say_the_same(tmp_path: Path) -> None:
    """One distribution: probability, interval and verdict are those of the status page."""
    folder = write_workspace(tmp_path, FILES)
    outlook = json.loads(run_aiplus(["forecast", "head", "--format", "json"], folder).out)
    status = json.loads(run_aiplus(["status", "--indicator", "gen", "--format", "json"], folder).out)

    jsonschema.validate(outlook, schema_of("forecast"))
    assert len(outlook["milestones"]) == len(status["results"]) == 2
    for one, other in zip(outlook["milestones"], status["results"], strict=True):
        assert one["probability"] == other["probability"]
        assert (one["low"], one["high"]) == (other["interval"]["low"], other["interval"]["high"])
        assert (one["verdict"], one["required_per_year"]) == (other["verdict"], other["required_per_year"])


def outlook_of(tmp_path: Path, *values: str) -> dict[str, Any]:
    """The forecast from figures of June, with their signs."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": ""})
    for year, value in enumerate(values, 2024):
        done = run_aiplus(["record", "gen", value, "--period", f"{year}-06", "--source", "x"], folder)
        assert done.code == 0
    found: dict[str, Any] = json.loads(run_aiplus(["forecast", "gen", "--format", "json"], folder).out)
    return found


@pytest.mark.parametrize(
    ("values", "value", "arrival", "required", "observed"),
    [
        (("30", "40", "50"), "", "", "", ""),
        (("30", "40", ">50"), ">", "<", "<", ">"),
        (("30", "40", "~50"), "~", "~", "~", "~"),
        ((">60", "40", "50"), "<", ">", "", "<"),
    ],
)
def test_an_outlook_from_bounds_is_one_too(
    tmp_path: Path, values: tuple[str, ...], value: str, arrival: str, required: str, observed: str
) -> None:
    """From a floor the values are at least so high, the days at the latest, and the pace that is needed is at most so
    much.
    """
    found = outlook_of(tmp_path, *values)
    row = found["milestones"][0]

    signs = [row["value_bound"], row["arrival_bound"], row["required_bound"], found["observed_bound"]]
    assert signs == [value, arrival, required, observed]


def test_where_bounds_leave_the_direction_open_there_is_no_outlook(tmp_path: Path) -> None:
    """From >60 to >45 it rose or fell, and nobody knows which."""
    found = outlook_of(tmp_path, ">60", ">45")
    assert (found["milestones"], found["reason"]) == ([], "the change between two bounded figures is not known")


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_the_chart_fits_any_terminal(encoding: str, tmp_path: Path) -> None:
    """A stream that lacks its signs, or shows some two cells wide, gets plain ones, and no question marks."""
    done = run_aiplus(["forecast", "gen"], write_workspace(tmp_path, FILES), encoding=encoding)

    assert done.code == 0
    assert "?" not in done.out
    assert "* figures" in done.out
    assert done.out.isascii()


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with a share, a count and a falling count: exact, bounded and provisional figures."""
    figures = ("users,2021,10", "users,2022,20", "users,2023,>32", "users,2024,~40", "users,2025,52")
    falling = ("sites,2021,90", "sites,2022,70", "sites,2023,50", "sites,2024,<30", "sites,2025,10")
    more = """  - {id: sites, name: {zh: 网站, en: Sites}, area: sci, measure: number, unit: {zh: 万家, en: sites},
     direction: decrease, frequency: annual, targets: [{milestone: "2030", op: "<", value: 5}]}
"""
    folder = write_workspace(tmp_path_factory.mktemp("kinds"), {**FILES, "targets.yaml": PLAN + more})
    (folder / "new.csv").write_text("\n".join(["indicator,period,value", *figures, *falling]), encoding="utf-8")
    asked = ["import", "new.csv", "--source", "x", "--published", "2026-02-01"]
    assert run_aiplus(asked, folder).code == 0
    assert run_aiplus(["record", "sites", "9", "--period", "2026", "--status", "P", "--source", "x"], folder).code == 0
    return Workspace.open(folder)


@pytest.mark.parametrize("indicator", ["gen", "users", "sites"])
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_frame_keeps_its_form_where_signs_of_ambiguous_width_take_two_cells(
    every_kind: Workspace, indicator: str, lang: str, width: int, encoding: str
) -> None:
    """Its lines are as wide as each other in that terminal and in any other."""
    options = Options(lang, width, encoding=encoding)
    page = render_table(every_kind.forecast(indicator, today="2026-11-24"), every_kind.plan, options).splitlines()
    edges = [index for index, line in enumerate(page) if line.strip().startswith("+") and line.endswith("+")]
    frame = page[edges[0] : edges[-1] + 1]

    assert len(frame) > 15
    assert {len(line) for line in frame} == {cells(line) for line in frame} == {width}
    assert not any(is_ambiguous(line) for line in frame)
    assert all(line.isascii() for line in frame) or encoding == "utf-8"


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_a_narrow_page_leaves_columns_out_and_cuts_no_cell(every_kind: Workspace, lang: str, width: int) -> None:
    """What stands in a row at some width stands there in full."""

    def rows(width: int | None) -> list[set[str]]:
        page = render_table(every_kind.forecast("gen", today="2026-11-24"), every_kind.plan, Options(lang, width))
        table = page.split("\n\n")[1].splitlines()
        return [{cell.strip() for cell in line.split("  ") if cell.strip()} for line in table if line.startswith("20")]

    for narrow, wide in zip(rows(width), rows(None), strict=True):
        assert narrow <= wide
        assert len(narrow) >= 4


def test_a_pace_of_some_months_says_that_it_is_one(tmp_path: Path) -> None:
    """From January to June a season would look like a trend; from one June to the next it would not."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    for period, value in (("2026-01", "5"), ("2026-06", "6")):
        assert run_aiplus(["record", "users", value, "--period", period, "--source", "x"], folder).code == 0
    said = "less than a year: a season would look like a trend"

    assert said in run_aiplus(["forecast", "users"], folder).out
    assert run_aiplus(["record", "users", "4", "--period", "2025-06", "--source", "x"], folder).code == 0
    assert said not in run_aiplus(["forecast", "users"], folder).out


def test_a_table_of_plain_signs_is_laid_out_with_them(tmp_path: Path) -> None:
    """`>=` is as wide as it is: what stands below a heading begins below it."""
    done = run_aiplus(["forecast", "gen", "--ascii"], write_workspace(tmp_path, FILES)).out.splitlines()
    head = next(index for index, line in enumerate(done) if line.startswith("By"))

    assert ">= 62.8 %" in done[head + 1]
    assert {line[done[head].index("Chance") :][:2] for line in done[head + 1 : head + 3]} == {">="}


AMOUNTS = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3)


@given(one=AMOUNTS, other=AMOUNTS)
def test_the_values_beside_the_chart_are_round(one: Decimal, other: Decimal) -> None:
    """Two to seven of them within the chart, apart by 1, 2 or 5 times a power of ten, and multiples of that."""
    ticks = round_values(Chart("", [ChartLine("", "x", [(Decimal(2025), one), (Decimal(2026), other)])]))

    assert min(one, other) <= ticks[0] <= ticks[-1] <= max(one, other)
    if one != other:
        steps = {later - earlier for earlier, later in pairwise(ticks)}
        assert 2 <= len(ticks) <= 7
        assert [step.normalize().as_tuple().digits for step in steps] in ([(1,)], [(2,)], [(5,)])
        assert all(tick % step == 0 for tick in ticks for step in steps)


def test_a_target_already_reached_has_its_day(tmp_path: Path) -> None:
    """The day is the end of the figure's period, and nothing more is needed."""
    folder = write_workspace(tmp_path, FILES)
    asked = ["record", "gen", "71", "--period", "2026-09", "--published", "2026-11-01", "--source", "CNNIC"]
    assert run_aiplus(asked, folder).code == 0
    first = json.loads(run_aiplus(["forecast", "gen", "--format", "json"], folder).out)["milestones"][0]

    assert (first["verdict"], first["expected"], first["required_per_year"]) == ("met", "2026-09-30", None)


# --- backtest ------------------------------------------------------------------------------------------------------


def scored(folder: Path, *options: str) -> Result:
    (folder / "past.csv").write_bytes(past_of(12))
    return run_aiplus(["backtest", "past.csv", *options], folder)


def test_backtest_json_keeps_to_its_schema(tmp_path: Path) -> None:
    """aiplus.backtest/2, with every method and the intervals of calibrated by content and years ahead."""
    found = json.loads(scored(tmp_path, "--format", "json").out)

    jsonschema.validate(found, schema_of("backtest"))
    assert [row["method"] for row in found["methods"]] == ["linear", "open-sdg", "un", "calibrated"]
    for scores in (found["methods"][3], found["methods"][3]["balanced"]):
        assert list(scores["intervals"]) == ["0.5", "0.8", "0.95"]
        assert list(scores["intervals"]["0.8"]["coverage_by_horizon"]) == ["1", "2", "3", "5"]


def test_folds_judge_every_series_by_a_table_fitted_without_it(tmp_path: Path) -> None:
    """The rules score the same; calibrated scores otherwise than with the table that ships."""
    shipped = json.loads(scored(tmp_path, "--format", "json").out)
    folded = json.loads(scored(tmp_path, "--format", "json", "--folds", "3").out)

    assert (shipped["left_out"], shipped["folds"]) == (None, None)
    assert (folded["left_out"], folded["folds"]) == ("series", 3)
    assert shipped["methods"][:3] == folded["methods"][:3]
    assert shipped["methods"][3] != folded["methods"][3]


GROUPED = "group,technology,place,year,value\n" + "".join(
    f"{'G' if one % 3 else 'H'},T{one % 6},P{one},{row.split(',')[1]},{row.split(',')[2]}\n"
    for one in range(12)
    for row in past_of(12).decode().split("\n")[1 + 16 * one : 17 + 16 * one]
)


@pytest.mark.parametrize(("options", "left_out", "folds"), [
    (["--leave-out", "group"], "group", 2), (["--leave-out", "technology", "--folds", "2"], "technology", 2),
])  # fmt: skip
def test_what_is_judged_can_be_left_out_of_the_fit(
    options: list[str], left_out: str, folds: int, tmp_path: Path
) -> None:
    """Groups one by one, technologies in as many parts as are asked for."""
    (tmp_path / "past.csv").write_text(GROUPED, encoding="utf-8")
    found = json.loads(run_aiplus(["backtest", "past.csv", *options, "--format", "json"], tmp_path).out)

    assert (found["left_out"], found["folds"]) == (left_out, folds)
    assert (found["technologies"], list(found["groups"])) == (6, ["G", "H"])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 140])
def test_the_scores_fit_the_terminal(width: int, lang: str) -> None:
    """No line is wider than it: columns are left out, and named; a bar of the diagram never breaks."""
    long = GROUPED.replace("G,", "household penetration of what is sold by the month,")
    past = read_past(long.encode(), "past.csv")
    text = render_scores(backtest_document(backtest(past, episodes(past)), "past.csv"), Options(lang, width))

    assert max(map(cells, text.split("\n"))) <= width
    assert sum("|" in line and "%" in line for line in text.split("\n")) >= 5


def test_the_diagram_is_read_aloud_and_drawn(tmp_path: Path) -> None:
    """SVG with a title, and a description that has every tenth; whatever the file is called, it is well formed."""
    name = "a<b>&\"'\x1b]0;x\x07.csv"
    (tmp_path / name).write_text(GROUPED, encoding="utf-8")
    done = run_aiplus(["backtest", name, "--diagram", "out.svg", "--format", "json"], tmp_path)
    assert done.code == 0, done.err
    text = (tmp_path / "out.svg").read_text(encoding="utf-8")
    root = ET.fromstring(text)  # noqa: S314 - our own
    named = {element.get("id"): element.text or "" for element in root if element.get("id")}

    assert root.get("role") == "img"
    assert set((root.get("aria-labelledby") or "").split()) == set(named) == {"title", "desc"}
    bins = json.loads(done.out)["methods"][3]["balanced"]["reliability"]
    assert all(f"of {each['cases']} cases" in named["desc"] for each in bins)
    assert len([element for element in root if element.tag.endswith("circle")]) == 2 * len(bins)
    assert "\\x1b]0;x" in text


def test_calibrate_writes_the_table_fitted_to_the_file(tmp_path: Path) -> None:
    """A table fitted to these series foretells them better than the one that ships."""
    done = scored(tmp_path, "--calibrate", "table.json")
    table = json.loads((tmp_path / "table.json").read_text(encoding="utf-8"))
    past = read_past(past_of(12), "past.csv")
    fitted = fit(judged := episodes(past))

    assert done.code == 0
    assert table == {"schema": "aiplus.calibration/1", **fitted._asdict()}
    ours, theirs = (backtest(past, judged, dict.fromkeys(past, one)).methods[3] for one in (fitted, TABLE))
    assert ours.balanced.scores.brier < theirs.balanced.scores.brier


def test_a_perfect_forecast_scores_zero_and_a_wrong_one_one() -> None:
    """On a straight line, linear is right about every target below it and above it."""
    rows = ["series,year,value", *(f"a,{2000 + n},{10 + 3 * n}" for n in range(12))]
    linear = backtest(past := read_past("\n".join(rows).encode(), "x"), episodes(past)).methods[0]

    assert (linear.method, linear.pooled.scores.brier, linear.pooled.scores.accuracy) == ("linear", 0.0, 1.0)


def test_fitting_without_its_packages_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only who fits needs numpy and scipy; nobody else notices."""
    monkeypatch.delitem(sys.modules, "aiplus_cli.judge.fit")
    monkeypatch.delattr(judge, "fit")
    monkeypatch.setitem(sys.modules, "numpy", None)
    for options, code in (([], 0), (["--folds", "2"], 4), (["--calibrate", "out.json"], 4)):
        done = scored(tmp_path, *options)

        assert done.code == code, done.err
        assert ("pip install 'aiplus-cli[fit]'" in done.err) == (code == 4)
    assert not (tmp_path / "out.json").exists()
