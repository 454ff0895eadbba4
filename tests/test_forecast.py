"""`aiplus forecast`: what it says agrees with itself, with the status and with the schema."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli.methods import calibrated
from aiplus_cli.periods import day_at, year_position
from aiplus_cli.schemas import SCHEMAS
from conftest import LEDGER, PLAN, run_aiplus, write_workspace
from test_methods import goal_of, series_of

FILES = {"targets.yaml": PLAN, "progress.jsonl": LEDGER}


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_a_day_comes_back_from_the_axis_of_years(day: date) -> None:
    """Where a day ends is on that day."""
    assert day_at(year_position(day)) == day


def test_the_days_of_arrival_have_the_chances_they_are_said_to_have(tmp_path: Path) -> None:
    """Asked as a due date, the earliest day gives 10 %, the expected 50 % and the latest 90 %."""
    folder = write_workspace(tmp_path, FILES)
    found = json.loads(run_aiplus(["forecast", "gen", "--format", "json"], folder).out)
    series = series_of(("2024-06", "16.4"), ("2025-06", "36.5"), ("2026-06", "50.0"))
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

    jsonschema.validate(outlook, json.loads(SCHEMAS["forecast"]()))
    assert len(outlook["milestones"]) == len(status["results"]) == 2
    for one, other in zip(outlook["milestones"], status["results"], strict=True):
        assert one["probability"] == other["probability"]
        assert (one["low"], one["high"]) == (other["interval"]["low"], other["interval"]["high"])
        assert (one["verdict"], one["required_per_year"]) == (other["verdict"], other["required_per_year"])


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_the_chart_fits_any_terminal(encoding: str, tmp_path: Path) -> None:
    """A stream that has no box characters gets plain ones, and no question marks."""
    done = run_aiplus(["forecast", "gen"], write_workspace(tmp_path, FILES), encoding=encoding)

    assert done.code == 0
    assert "?" not in done.out
    assert "*" in done.out if encoding == "ascii" else "●" in done.out


def test_a_target_already_reached_has_its_day(tmp_path: Path) -> None:
    """The day is the end of the figure's period, and nothing more is needed."""
    folder = write_workspace(tmp_path, FILES)
    asked = ["record", "gen", "71", "--period", "2026-09", "--published", "2026-11-01", "--source", "CNNIC"]
    assert run_aiplus(asked, folder).code == 0
    first = json.loads(run_aiplus(["forecast", "gen", "--format", "json"], folder).out)["milestones"][0]

    assert (first["verdict"], first["expected"], first["required_per_year"]) == ("met", "2026-09-30", None)
