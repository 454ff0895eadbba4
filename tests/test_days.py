"""Which day it is: the plan's, wherever a job runs; and figures that are dated after it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from aiplus_cli import InputProblem, Workspace
from aiplus_cli.ledger import jsonl
from aiplus_cli.workspace import dates
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

IN_SHANGHAI = PLAN.replace("issued: 2025-08-21", "issued: 2025-08-21, timezone: Asia/Shanghai")
EVENING = datetime(2026, 10, 31, 20, 0, tzinfo=UTC)
"""The last day of October in London, the first of November in Shanghai."""
FIRST = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _evening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "moment", lambda: EVENING)


def test_every_question_is_asked_on_the_day_of_the_plan(tmp_path: Path) -> None:
    """A job in London on the evening of the 31st asks on the 1st, when that day has begun in Shanghai."""
    room = Workspace.open(write_workspace(tmp_path, {"targets.yaml": IN_SHANGHAI, "progress.jsonl": LEDGER}))

    assert room.status().today == FIRST
    assert room.show("gen").today == FIRST
    assert room.check().today == FIRST
    assert room.forecast("gen").today == FIRST
    assert room.due().today == FIRST
    assert room.export().assess().today == FIRST
    assert room.diff().to.today == FIRST
    assert room.snapshot().path.stem == "2026-11"


def test_what_is_recorded_is_dated_with_the_day_of_the_plan(tmp_path: Path) -> None:
    """By default, by every door; and the day that has begun there has come."""
    table = "指标,时期,数值\nusers,2024,4\n"
    room = Workspace.open(write_workspace(tmp_path, {"targets.yaml": IN_SHANGHAI, "t.csv": table}))
    first = room.record("users", "5", period="2025").entries[0]
    room.record("users", "6", period="2026-06", published="2026-11-01")
    room.import_(tmp_path / "t.csv")
    last = room.withdraw(first.id, reason="a slip").entries[0]

    assert {entry.published for entry in jsonl.read(tmp_path / "progress.jsonl").entries} == {FIRST}
    assert (last.published, last.recorded_at) == (FIRST, EVENING)


def test_the_command_line_has_the_day_of_the_plan_unless_a_variable_sets_it(tmp_path: Path) -> None:
    """`AIPLUS_TODAY` wins over every clock."""
    folder = write_workspace(tmp_path, {"targets.yaml": IN_SHANGHAI, "progress.jsonl": LEDGER})
    for told, day in (("", "2026-11-01"), ("2026-11-24", "2026-11-24")):
        done = run_aiplus(["due", "--format", "json"], folder, {"AIPLUS_TODAY": told})

        assert json.loads(done.out)["today"] == day


def test_a_plan_without_a_time_zone_has_the_day_of_the_computer(tmp_path: Path) -> None:
    """And a clock that a program brings knows best."""

    class Stopped:
        def today(self) -> date:
            return date(2026, 12, 24)

        def now(self) -> datetime:
            return EVENING

    folder = write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})

    assert Workspace.open(folder).due().today == EVENING.astimezone().date()
    write_workspace(folder, {"targets.yaml": IN_SHANGHAI})
    assert Workspace.open(folder, clock=Stopped()).due().today == date(2026, 12, 24)


def test_a_time_zone_that_is_changed_counts_from_the_next_question_on(tmp_path: Path) -> None:
    """Every question reads the plan as it is then."""
    folder = write_workspace(tmp_path, {"targets.yaml": IN_SHANGHAI, "progress.jsonl": LEDGER})
    room = Workspace.open(folder)

    assert room.due().today == FIRST
    write_workspace(folder, {"targets.yaml": IN_SHANGHAI.replace("Asia/Shanghai", "Europe/London")})
    assert room.snapshot().path.stem == "2026-10"
    assert room.due().today == date(2026, 10, 31)


@pytest.mark.parametrize("name", ["Asia/Shangai", "Beijing", "UTC+8", "../etc/passwd", "Asia", "''", "中国"])
def test_a_name_of_no_time_zone_is_refused_at_its_line(name: str, tmp_path: Path) -> None:
    """With the names that are like it, or one to begin with."""
    folder = write_workspace(tmp_path, {"targets.yaml": IN_SHANGHAI.replace("Asia/Shanghai", name)})
    with pytest.raises(InputProblem) as caught:
        Workspace.open(folder).status()
    (problem,) = caught.value.problems

    assert problem.where == "targets.yaml:3"
    assert "is no time zone" in str(problem.what)
    assert "Asia/Shanghai" in str(problem.fix) or "did you mean" in str(problem.fix)


def test_a_figure_dated_after_today_is_named_wherever_the_ledger_is_read(tmp_path: Path) -> None:
    """It counts only from its day on, and nobody is left to wonder; the exit code is not changed by it."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    run_aiplus(["record", "gen", "55", "--period", "2026-06"], folder, {"AIPLUS_TODAY": "2027-01-05"})
    said = "warning: progress.jsonl:1: published on 2027-01-05, after today, 2026-11-24"
    for command in (["status"], ["validate"], ["show", "gen"], ["due"], ["record", "users", "5", "--period", "2025"]):
        done = run_aiplus(command, folder)

        assert (done.code, said in done.err) == (0, True), done.err
    (row,) = json.loads(run_aiplus(["validate", "--format", "json"], folder).out)["warnings"]

    assert row["where"] == "progress.jsonl:1"
    assert said not in run_aiplus(["status"], folder, {"AIPLUS_TODAY": "2027-01-05"}).err


def test_only_the_first_figures_dated_after_today_are_named(tmp_path: Path) -> None:
    """The others are counted."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    for year in range(2015, 2023):
        run_aiplus(["record", "users", "5", "--period", str(year)], folder, {"AIPLUS_TODAY": "2027-01-05"})
    done = run_aiplus(["status"], folder)

    assert (done.err.count("warning:"), "3 more are dated after today" in done.err) == (6, True), done.err


def test_a_figure_dated_after_today_is_not_recorded(tmp_path: Path) -> None:
    """Nobody knows today what is published tomorrow."""
    folder = write_workspace(tmp_path, {"targets.yaml": PLAN})
    done = run_aiplus(["record", "gen", "55", "--period", "2026-06", "--published", "2026-11-25"], folder)

    assert (done.code, "has not come yet" in done.err) == (3, True)
