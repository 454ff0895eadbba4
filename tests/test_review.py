"""The monthly review: every change has its cause, the steps add up, and what is awaited is said."""

from __future__ import annotations

import itertools
import json
import os
import re
import shlex
import shutil
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from aiplus_cli.judge.assess import Selection, assess_plan
from aiplus_cli.judge.records import Goal, Outcome, ResultKey, Series
from aiplus_cli.ledger.entries import Entry, Figure, Rating, Withdrawal
from aiplus_cli.ledger.lines import with_id
from aiplus_cli.ledger.vintages import current
from aiplus_cli.plan.load import load
from aiplus_cli.plan.periods import next_period, parse_days, parse_period
from aiplus_cli.plan.records import Indicator, Plan
from aiplus_cli.review.diff import review, standings
from aiplus_cli.review.due import awaited
from aiplus_cli.review.records import Moment, Review, Standing, Step
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

REPOSITORY = Path(__file__).parent.parent
FIRST, LAST = date(2024, 12, 31), date(2026, 10, 31)
EVERYWHERE = Selection(regions=None)


def month_ends() -> list[date]:
    """The last day of every month from FIRST to LAST."""
    months = [divmod(number, 12) for number in range(2024 * 12 + 11, 2026 * 12 + 10)]
    return [date(year, month + 1, monthrange(year, month + 1)[1]) for year, month in months]


MONTHS = month_ends()


@cache
def program(*arguments: str) -> Any:
    """The JSON that a command prints in the repository's own workspace."""
    done = run_aiplus([*arguments, "--format", "json"], REPOSITORY)
    assert (done.code, done.err) == (0, "")
    return json.loads(done.out, parse_float=Decimal)


@cache
def schema(name: str) -> Draft202012Validator:
    """The published schema of an output."""
    document = json.loads(run_aiplus(["schema", name], REPOSITORY).out)
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document, format_checker=FormatChecker())


def problems_of(name: str, document: Any) -> list[str]:
    """What the published schema finds wrong in a document."""
    plain = json.loads(json.dumps(document, default=float))
    return [error.message for error in schema(name).iter_errors(plain)]


def status_rows(as_of: date) -> dict[tuple[str, str, str | None], dict[str, Any]]:
    """What `aiplus status` says on a day, in the words of a diff."""
    document = program("status", "--as-of", str(as_of), "--region", "all")
    rows: dict[tuple[str, str, str | None], dict[str, Any]] = {}
    same: tuple[str, ...] = (
        "verdict",
        "freshness",
        "period",
        "probability",
        "op",
        "due",
        "lead_proxy",
        "value",
        "probability_bound",
        "awaited_until",
        "provisional",
        "position",
    )
    for row in document["results"]:
        metric = (row["metric"] or {}).get("value")
        target = row["clause"] if row["target"] is None else row["target"]
        known = {"bound": row["bound"] or "", "status": row["status"] or "A", "metric": metric, "target": target}
        known["metric_bound"] = (row["metric"] or {}).get("bound")
        rows[row["indicator"], row["region"], row["milestone"]] = {key: row[key] for key in same} | known
    same = ("freshness", "period", "value")
    for row in document["context"]:
        known = {"bound": row["bound"] or "", "status": row["status"] or "A"}
        absent: dict[str, Any] = dict.fromkeys(
            (
                *("verdict", "probability", "probability_bound", "op", "due", "lead_proxy", "metric", "metric_bound"),
                *("target", "awaited_until", "position"),
            )
        )
        absent["provisional"] = False
        rows[row["indicator"], row["region"], None] = {key: row[key] for key in same} | known | absent
    return rows


@pytest.mark.parametrize(("old", "new"), [*itertools.pairwise(MONTHS), (FIRST, LAST)])
def test_every_change_of_the_real_months_is_explained_and_the_causes_add_up(old: date, new: date) -> None:
    """What differs between two months' status pages is what diff lists, and its steps lead from one to the other."""
    document = program("diff", "--from", str(old), "--to", str(new), "--region", "all")
    before, after = status_rows(old), status_rows(new)
    changes = {
        (row["indicator"], row["region"], row["milestone"]): row for row in document["changes"] + document["context"]
    }
    different = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}

    assert problems_of("diff", document) == []
    assert changes.keys() == different
    for key, change in changes.items():
        check_steps(change)
        assert (without_reason(change["before"]), without_reason(change["after"])) == (before.get(key), after.get(key))
    assert document["summary"]["changed"] == len(different)


def without_reason(side: dict[str, Any] | None) -> dict[str, Any] | None:
    """A standing without its sentence, which is made from what is compared."""
    return side and {key: value for key, value in side.items() if key != "because"}


def check_steps(change: dict[str, Any]) -> None:
    """Steps without a gap, none empty, each with a cause, and sums that are those of the whole."""
    steps = change["steps"]
    assert steps[0]["before"] == change["before"]
    assert steps[-1]["after"] == change["after"]
    for first, second in itertools.pairwise(steps):
        assert first["after"] == second["before"]
    for step in steps:
        cause = step["cause"]
        assert step["before"] != step["after"]
        assert cause["entry"] or cause["keys"] or cause["kind"] == "time"
    for key in ("value_change", "probability_change"):
        parts = [step[key] for step in steps]
        if change[key] is not None and None not in parts:
            assert sum(parts) == change[key]


def test_the_real_months_show_a_verdict_that_a_new_figure_changed() -> None:
    """In October 2025 the penetration doubled, and with it the verdict that linear gives of its target."""
    document = program("diff", "--from", "2025-09-30", "--to", "2025-10-31", "--region", "all", "--method", "linear")
    row = next(item for item in document["changes"] if item["indicator"] == "genai-penetration")
    (step,) = row["steps"]

    assert (row["before"]["verdict"], row["after"]["verdict"]) == ("off_track", "on_track")
    assert (step["kind"], step["cause"]["entry"]["period"]) == ("new_period", "2025-06")
    assert step["value_change"] == row["value_change"] == Decimal("18.8")


def test_a_revision_has_its_own_step_beside_a_new_figure() -> None:
    """The revised figure for 2024-12 moved the chance, as the one for 2025-12 did, and stands before it."""
    document = program("diff", "--from", "2026-01-31", "--to", "2026-02-28")
    (steps,) = (
        change["steps"]
        for change in document["changes"]
        if (change["indicator"], change["milestone"]) == ("genai-penetration", "2027")
    )

    revision, new = steps
    assert (revision["kind"], revision["cause"]["entry"]["period"]) == ("revision", "2024-12")
    assert (revision["cause"]["old"]["value"], revision["cause"]["entry"]["value"]) == (
        Decimal("17.7"),
        Decimal("17.6"),
    )
    assert (new["kind"], new["cause"]["entry"]["period"]) == ("new_period", "2025-12")


# --- any ledger -------------------------------------------------------------------------------------------------

PERIODS = ("2024", "2024-12", "2025-06", "2025-H1", "2025-12", "2026-06", "2027-12", "2028-06")
DAYS = tuple(date(2025, 1, 1) + timedelta(days=97 * step) for step in range(16))


@cache
def plan(*changes: tuple[str, str]) -> Plan:
    """The small plan of conftest, with some texts exchanged."""
    import tempfile

    text = PLAN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "targets.yaml"
        path.write_text(text, encoding="utf-8")
        return load(path)


PLANS = (
    plan(),
    plan(('op: ">", value: 70', 'op: ">", value: 40')),
    plan(("due: 2027-12-31", "due: 2026-12-31"), ("frequency: semiannual", "frequency: quarterly")),
    plan((", basis: proxy, proxy_for: head", ", basis: context")),
    plan(("issued: 2025-08-21", "issued: 2026-08-21"), ("{id: role,", "{id: duty,")),
)


def entry(number: int, indicator: str, period: str, published: date, value: Decimal, **more: Any) -> Figure:
    """A figure recorded as the n-th."""
    fields: dict[str, Any] = {"region": "CN", "source": f"source {number}", "recorded_by": "tester", **more}
    recorded = datetime(2028, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    made = Figure(
        id="", indicator=indicator, period=period, value=value, published=published, recorded_at=recorded, **fields
    )
    return with_id(made)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """Figures, ratings, revisions, corrections, forecasts, breaks and withdrawals, in no order of publication."""
    found: list[Entry] = []
    for number in range(draw(st.integers(0, 14))):
        day = draw(st.sampled_from(DAYS))
        earlier = [item.id for item in found]
        if earlier and draw(st.integers(0, 4)) == 0:
            target = draw(st.sampled_from(earlier))
            recorded = datetime(2028, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
            taken = Withdrawal(
                id="", withdraws=target, reason=f"no {number}", published=day, recorded_at=recorded, recorded_by="x"
            )
            found.append(with_id(taken))
            continue
        place = draw(st.sampled_from(["CN", "CN", "CN-HN"]))
        replaces = draw(st.sampled_from(["", "", *earlier]))
        more = {"region": place, "replaces": replaces, "status": draw(st.sampled_from("AAAAPFB"))}
        value = Decimal(draw(st.integers(0, 1000))) / 10
        names = st.sampled_from(["gen", "gen", "gen", "head", "users"])
        found.append(entry(number, draw(names), draw(st.sampled_from(PERIODS)), day, value, **more))
    if draw(st.booleans()):
        recorded = datetime(2028, 1, 2, tzinfo=UTC)
        rating = Rating(
            id="",
            indicator="role",
            region="CN",
            period="2025",
            value=draw(st.sampled_from(["met", "off_track"])),
            published=draw(st.sampled_from(DAYS)),
            source="analyst",
            recorded_at=recorded,
            recorded_by="x",
        )
        found.append(with_id(rating))
    return found


def report(entries: list[Entry], moment: Moment, selection: Selection) -> dict[ResultKey, Standing]:
    """All standings, worked out at once."""
    figures = current(entries, moment.day, wanted=selection.regions)
    return standings(
        assess_plan(moment.plan, figures, as_of=moment.day, today=moment.day, method=moment.method, selection=selection)
    )


def steps_of(found: Review) -> dict[ResultKey, tuple[Step, ...]]:
    """The steps by row."""
    return {
        ResultKey(change.indicator.id, change.region, change.milestone.id if change.milestone else ""): change.steps
        for change in found.changes
    }


SELECTIONS = st.sampled_from([EVERYWHERE, Selection(), Selection(regions=("CN-HN",)), Selection(indicators=("gen",))])


@given(
    ledgers(), st.sampled_from(PLANS), st.sampled_from(DAYS), st.sampled_from(DAYS), SELECTIONS, st.sampled_from([1, 2])
)
def test_applying_the_steps_to_the_old_report_gives_the_new_one(
    entries: list[Entry], later_plan: Plan, one: date, other: date, selection: Selection, share: int
) -> None:
    """From any ledger and plan to any other: no step is empty or missing, each begins where the last ended."""
    old = Moment(plan(), min(one, other), "linear")
    new = Moment(later_plan, max(one, other), "linear")
    recorded = {item.id for item in entries[::share]} if share > 1 else None
    base = [item for item in entries if recorded is None or item.id in recorded]
    state, after = report(base, old, selection), report(entries, new, selection)

    found = review(old, new, entries, selection=selection, recorded=recorded)
    steps = steps_of(found)

    assert found.compared >= len(state.keys() | after.keys())
    assert {row for row in state.keys() | after.keys() if state.get(row) != after.get(row)} == steps.keys()
    for row, path in steps.items():
        assert path[0].before == state.get(row)
        assert path[-1].after == after.get(row)
        assert all(first.after == second.before for first, second in itertools.pairwise(path))
        assert all(step.before != step.after for step in path)
        assert all(step.cause.entry or step.cause.keys or step.cause.kind == "time" for step in path)


@given(ledgers(), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_every_entry_that_came_in_between_is_a_cause_or_said_to_be_without_effect(
    entries: list[Entry], one: date, other: date
) -> None:
    """No entry published between the two days goes unmentioned, not even one that was taken back again."""
    old, new = Moment(plan(), min(one, other), "linear"), Moment(plan(), max(one, other), "linear")
    found = review(old, new, entries, selection=EVERYWHERE)
    between = {item.id for item in entries if old.day < item.published <= new.day}
    quiet = {cause.entry.id for cause in found.quiet if cause.entry}
    causes = {step.cause.entry.id for change in found.changes for step in change.steps if step.cause.entry}

    assert quiet | causes == between
    assert quiet & causes == set()


@given(ledgers(), st.sampled_from(DAYS))
def test_nothing_changes_between_a_day_and_itself(entries: list[Entry], day: date) -> None:
    """A report compared with itself has no change and no cause."""
    moment = Moment(plan(), day, "linear")
    found = review(moment, moment, entries, selection=EVERYWHERE)

    assert (found.changes, found.quiet) == ((), ())


@given(st.permutations(range(6)))
def test_the_order_of_the_lines_in_the_file_changes_nothing(order: list[int]) -> None:
    """Two branches may have appended in any order."""
    entries: list[Entry] = [
        entry(number, "gen", period, DAYS[number // 2 + 1], Decimal(number))
        for number, period in enumerate(("2024-12", "2025-06", "2024-12", "2025-12", "2025-06", "2026-06"))
    ]
    moments = Moment(plan(), DAYS[0], "linear"), Moment(plan(), DAYS[8], "linear")
    expected = review(*moments, entries, selection=EVERYWHERE)
    actual = review(*moments, [entries[index] for index in order], selection=EVERYWHERE)

    assert expected == actual


def test_the_steps_of_numbers_of_any_length_add_up_exactly() -> None:
    """Sums are not rounded, even for numbers longer than usual arithmetic keeps."""
    from aiplus_cli.contract.diff import diff_document

    texts = ("0.000000000000000000000000000001", "123456789012345678901234.5", "7", "0.3")
    entries: list[Entry] = [
        entry(number, "users", "2025-06", DAYS[number], Decimal(text)) for number, text in enumerate(texts)
    ]
    moments = Moment(plan(), DAYS[0], "linear"), Moment(plan(), DAYS[5], "linear")
    (change,) = diff_document(review(*moments, entries, selection=EVERYWHERE), same_targets=True).context
    parts = [step.value_change for step in change.steps if step.value_change is not None]
    with localcontext() as context:
        context.prec = 100

        assert sum(parts) == change.value_change == Decimal(texts[-1]) - Decimal(texts[0])


class Pessimist:
    """A method that never believes in anything, and says how likely it thinks so."""

    NEEDS_RANGE = False
    JUDGES_WORDS = False

    def judge(self, goal: Goal, series: Series) -> Outcome:
        del goal
        return Outcome("off_track", "doubt", series.latest.figure.value, probability=Decimal("0.125"))


def test_a_changed_method_is_a_cause_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another method says of the same figures is put down to the method, last of all."""
    from aiplus_cli.judge.methods import METHODS, Method

    monkeypatch.setitem(METHODS, "pessimist", cast("Method", Pessimist()))
    entries: list[Entry] = [
        entry(number, "gen", period, DAYS[number], Decimal(20 * number))
        for number, period in enumerate(("2024-12", "2025-06", "2025-12"), start=1)
    ]
    moments = Moment(plan(), DAYS[2], "linear"), Moment(plan(), DAYS[3], "pessimist")
    steps = steps_of(review(*moments, entries, selection=Selection()))[ResultKey("gen", "CN", "2027")]

    assert [step.kind for step in steps] == ["new_period", "method"]
    assert steps[-1].cause.keys == ("linear", "pessimist")
    assert steps[-1].after is not None
    assert (steps[-1].after.verdict, steps[-1].after.probability) == ("off_track", Decimal("0.125"))


# --- due --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "months", "following"),
    [
        ("2025", 12, "2026"),
        ("2025-H1", 6, "2025-H2"),
        ("2025-H2", 6, "2026-H1"),
        ("2025-Q4", 3, "2026-Q1"),
        ("2025-Q1", 6, "2025-Q3"),
        ("2025-06", 6, "2025-12"),
        ("2024-02", 12, "2025-02"),
        ("2025-12-31", 6, "2026-06-30"),
        ("2025", 6, "2026-06"),
        ("2025-H1", 3, "2025-09"),
        ("9999", 12, None),
    ],
)
def test_the_next_period_is_written_as_the_last_one_was(period: str, months: int, following: str | None) -> None:
    """A half-year follows a half-year; where the form does not fit, a month stands for the end."""
    found = next_period(parse_period(period), months)

    assert following == (found.text if found else None)


@pytest.mark.parametrize(("text", "days"), [("30d", 30), ("30", 30), (" 7天 ", 7), ("0d", 0)])
def test_days_are_read_as_people_write_them(text: str, days: int) -> None:
    """A number alone is days too."""
    assert days == parse_days(text, where="--within")


def silent_plan() -> Plan:
    """The small plan with an excuse for the users series."""
    return plan(("{id: users,", "{id: users, owner: 李四, no_data_until: {date: 2026-12-31, reason: 口径调整},"))


@pytest.mark.parametrize(
    ("today", "state", "due", "days"),
    [
        (date(2026, 1, 1), "awaited", date(2026, 12, 31), 364),
        (date(2026, 4, 1), "excused", date(2026, 12, 31), 274),
        (date(2026, 12, 31), "excused", date(2026, 12, 31), 0),
        (date(2027, 1, 1), "overdue", date(2026, 12, 31), -1),
    ],
)
def test_an_excuse_holds_until_its_day_and_no_longer(today: date, state: str, due: date, days: int) -> None:
    """Before the day the series is not overdue and not stale; after it, it is."""
    entries: list[Entry] = [entry(1, "users", "2025-06", DAYS[3], Decimal(5))]
    figures = current(entries, today)
    row = next(row for row in awaited(silent_plan(), figures, today=today) if row.period == "2025-12")
    found = assess_plan(silent_plan(), figures, as_of=today, today=today, method="linear", selection=EVERYWHERE)

    assert (state, due, days, "2025-12") == (row.state, row.due, row.days, row.period)
    assert [context.evidence.freshness == "stale" for context in found.context] == [state == "overdue"]


def test_the_real_overdue_series_are_named() -> None:
    """At the end of October 2026 four series were late, and four had holes since the plan was issued."""
    document = program("due", "--today", "2026-10-31")
    late = [
        (row["indicator"], row["period"], row["overdue_since"])
        for row in document["awaited"]
        if row["state"] == "overdue"
    ]

    assert problems_of("due", document) == []
    assert late == [
        ("genai-services-filed", "2025-09", "2025-10-15"),
        ("intelligent-compute", "2025-09", "2025-10-25"),
        ("daily-token-usage", "2025-09", "2025-12-29"),
        ("l2-new-car-share", "2025-12", "2026-03-01"),
        ("genai-services-filed", "2026-03", "2026-04-15"),
        ("internet-penetration", "2026-06", "2026-08-29"),
        ("online-gov-users", "2026-06", "2026-08-29"),
        ("genai-services-filed", "2026-09", "2026-10-15"),
        ("intelligent-compute", "2026-09", "2026-10-25"),
    ]
    assert document["summary"]["total"] == len(document["awaited"])


@given(ledgers(), st.sampled_from(DAYS), st.integers(0, 400))
def test_within_leaves_out_only_what_is_due_later(entries: list[Entry], today: date, within: int) -> None:
    """What is overdue or has no figure stays in every list."""
    figures = current(entries, today)
    everything = awaited(plan(), figures, today=today)
    listed = awaited(plan(), figures, today=today, within=within)
    left_out = [row for row in everything if row not in listed]

    assert [row for row in everything if row in listed] == list(listed)
    assert all(row.days is not None and row.days > within for row in left_out)
    assert all(row.days is None or row.days <= within for row in listed)


# --- snapshot ---------------------------------------------------------------------------------------------------


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the real workspace."""
    for name in ("targets.yaml", "progress.jsonl"):
        shutil.copy(REPOSITORY / name, tmp_path / name)
    return tmp_path


def test_a_run_is_what_its_schema_says_and_the_same_to_the_byte(workspace: Path, tmp_path_factory: Any) -> None:
    """The same files and dates give the same run, wherever and whenever it is taken."""
    other = tmp_path_factory.mktemp("other")
    for name in ("targets.yaml", "progress.jsonl"):
        shutil.copy(workspace / name, other / name)
    done = [run_aiplus(["snapshot", "--as-of", "2026-10-31"], folder) for folder in (workspace, other)]
    first, second = ((folder / "runs" / "2026-10.json").read_bytes() for folder in (workspace, other))
    document = json.loads(first)
    told = json.loads(run_aiplus(["status", "--as-of", "2026-10-31", "--region", "all", "--format", "json"], other).out)

    assert [result.code for result in done] == [0, 0]
    assert first == second
    assert problems_of("run", document) == []
    assert document["status"] == told
    assert problems_of("status", document["status"]) == []


def test_a_run_is_written_once_a_month_and_replaced_only_when_asked(workspace: Path) -> None:
    """A second run says that nothing was written; after a new figure it keeps the first and says what changed."""
    path = workspace / "runs" / "2026-10.json"
    results = [run_aiplus(["snapshot", "--today", "2026-10-05"], workspace)]
    first = path.read_bytes()
    results.append(run_aiplus(["snapshot", "--today", "2026-10-25"], workspace))
    same = path.read_bytes()
    figure = ["record", "genai-users", "8", "--period", "2026-06", "--published", "2026-10-20"]
    run_aiplus(figure, workspace)
    results.append(run_aiplus(["snapshot", "--today", "2026-10-25"], workspace))
    kept = path.read_bytes()
    results.append(run_aiplus(["snapshot", "--today", "2026-10-25", "--replace"], workspace))

    assert [result.code for result in results] == [0, 0, 0, 0]
    assert "wrote" in results[0].err
    assert "nothing was written" in results[1].err
    assert "progress.jsonl" in results[2].err
    assert first == same == kept
    assert json.loads(path.read_bytes())["today"] == "2026-10-25"
    assert [item.name for item in path.parent.iterdir()] == ["2026-10.json"]


def test_a_run_of_another_vintage_is_not_from_the_same_inputs(workspace: Path) -> None:
    """A run that looked back is named as such, and written anew when asked."""
    run_aiplus(["snapshot", "--today", "2026-10-31", "--as-of", "2025-12-01"], workspace)
    kept = run_aiplus(["snapshot", "--today", "2026-10-31"], workspace)
    run_aiplus(["snapshot", "--today", "2026-10-31", "--replace"], workspace)
    document = json.loads((workspace / "runs" / "2026-10.json").read_bytes())

    assert "since then changed: as_of" in kept.err
    assert document["as_of"] == "2026-10-31"


def test_a_diff_without_a_date_is_from_the_last_run_and_knows_what_was_recorded_late(workspace: Path) -> None:
    """A figure published before the last review and recorded after it is explained, not lost between the two."""
    run_aiplus(["snapshot", "--as-of", "2026-09-30"], workspace)
    figure = ["record", "genai-penetration", "48", "--period", "2026-06", "--published", "2026-09-30"]
    run_aiplus([*figure, "--source", "CNNIC"], workspace)
    said = run_aiplus(["diff", "--to", "2026-10-31", "--format", "json"], workspace)
    document = json.loads(said.out)
    row = next(item for item in document["changes"] if item["indicator"] == "genai-penetration")

    assert (said.code, said.err) == (0, "")
    assert document["from"]["as_of"] == "2026-09-30"
    assert [step["kind"] for step in row["steps"]] == ["revision"]
    assert (row["before"]["value"], row["after"]["value"]) == (50.0, 48)
    assert run_aiplus(["diff", "--from", "2026-09-30", "--to", "2026-10-31"], workspace).out.count("48") == 0
    assert run_aiplus(["diff", "--from", "runs/2026-09.json", "--to", "2026-10-31"], workspace).out.count("48") > 0


def test_a_diff_says_when_the_files_of_a_run_are_not_those_of_today(workspace: Path) -> None:
    """A changed plan, and a ledger that no longer begins as it did, are said with their remedy."""
    run_aiplus(["snapshot", "--as-of", "2026-09-30"], workspace)
    ledger = workspace / "progress.jsonl"
    ledger.write_bytes(b"".join(reversed(ledger.read_bytes().splitlines(keepends=True))))
    targets = workspace / "targets.yaml"
    shutil.copy(targets, workspace / "old.yaml")
    targets.write_text(targets.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    plain = run_aiplus(["diff", "--to", "2026-10-31"], workspace)
    given = run_aiplus(["diff", "--to", "2026-10-31", "--from-targets", "old.yaml"], workspace)

    assert plain.code == given.code == 0
    assert "--from-targets" in plain.err
    assert "no longer begins" in plain.err
    assert "--from-targets" not in given.err


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"schema":"aiplus.status/1"}', "\x00", '{"schema":"aiplus.run/1","as_of":1}', "[" * 9999],
)
def test_what_is_no_run_is_named_and_never_overwritten(workspace: Path, content: str) -> None:
    """A file in the place of a run that is none is bad input, with the way out."""
    path = workspace / "runs" / "2026-09.json"
    write_workspace(workspace, {"runs/2026-09.json": content})
    taken = run_aiplus(["snapshot", "--as-of", "2026-09-30"], workspace)
    compared = run_aiplus(["diff", "--to", "2026-10-31"], workspace)

    assert (taken.code, compared.code) == (3, 3)
    assert "not a recorded run" in taken.err
    assert "not a recorded run" in compared.err
    assert path.read_text(encoding="utf-8") == content


def test_a_folder_that_cannot_be_written_is_an_environment_problem(workspace: Path) -> None:
    """A file in the place of the folder stops the snapshot and stays as it is."""
    (workspace / "runs").write_text("mine", encoding="utf-8")
    done = run_aiplus(["snapshot", "--as-of", "2026-10-31"], workspace)

    assert done.code == 4
    assert (workspace / "runs").read_text(encoding="utf-8") == "mine"


def test_the_last_run_is_that_of_the_latest_month_and_its_age_is_known(workspace: Path) -> None:
    """`last_run` ignores other files, can leave the current month out, and tells the days since."""
    from aiplus_cli.workspace.runs import last_run, runs_until

    for day in ("2026-08-31", "2026-10-05", "2026-09-30"):
        run_aiplus(["snapshot", "--as-of", day], workspace)
    write_workspace(workspace, {"runs/2026-11.json.bak": "x", "runs/notes.txt": "x", "runs/2026-13.json": "x"})
    latest, before = last_run(workspace / "runs", before="2026-11"), last_run(workspace / "runs", before="2026-10")

    assert latest is not None
    assert before is not None
    assert (latest.month, before.month) == ("2026-10", "2026-09")
    assert latest.past[ResultKey("genai-penetration", "CN", "2027")].value == 50
    assert ("default", "at_risk", "genai-penetration", "CN", "2027") in latest.found
    assert [run.month for run in runs_until(workspace / "runs", date(2026, 10, 5))] == ["2026-10", "2026-09", "2026-08"]
    assert [run.month for run in runs_until(workspace / "runs", date(2026, 10, 4))] == ["2026-09", "2026-08"]
    assert last_run(workspace / "none", before="2026-11") is None


# --- every format -----------------------------------------------------------------------------------------------

HOSTILE = "=cmd|' /C calc'!A0 [31m<script>alert(1)</script> ]]> ::error::%0A | `x`"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format_name", ["table", "markdown", "json", "csv"])
def test_hostile_text_harms_no_format(tmp_path: Path, format_name: str, lang: str) -> None:
    """Names, reasons, sources and owners are shown as text: no escape code, no tag, no formula, no row of their own."""
    text = PLAN.replace("en: GenAI", "en: 'GenAI | <b>*x*</b>'").replace(
        "{id: users,",
        "{id: users, owner: '=1+1|<i>', publisher: '@x', no_data_until: {date: 2027-12-31, reason: '::error::|<u>'},",
    )
    taken = with_id(
        Withdrawal(
            id="",
            withdraws="a27c26e8d8c32f54",
            reason=HOSTILE,
            published=date(2026, 10, 1),
            recorded_at=datetime(2026, 10, 1, tzinfo=UTC),
            recorded_by=HOSTILE,
        )
    )
    from aiplus_cli.ledger.lines import encode

    write_workspace(tmp_path, {"targets.yaml": text, "progress.jsonl": LEDGER + encode(taken).decode()})
    commands = [["due", "--today", "2026-11-24"]]
    if format_name != "csv":
        commands.append(["diff", "--from", "2026-09-30", "--to", "2026-11-24"])
    for command in commands:
        done = run_aiplus([*command, "--format", format_name, "--lang", lang], tmp_path)

        assert done.code == 0
        assert "\x1b" not in done.out
        if format_name == "markdown":
            assert "<script" not in done.out
            assert "<i>" not in done.out
            for block in done.out.split("\n\n"):
                assert len({len(split_cells(line)) for line in block.splitlines() if line.startswith("|")}) <= 1
        if format_name == "csv":
            assert ",=" not in done.out
            assert ",@" not in done.out
        if format_name == "json":
            json.loads(done.out)


def split_cells(line: str) -> list[str]:
    """The cells of a Markdown row, as a renderer splits them."""
    return line.replace("\\|", "").split("|")


@pytest.mark.parametrize("command", [("diff", "--from", "2025-09-30", "--to", "2026-10-31"), ("due",)])
@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_no_stream_is_too_poor_for_a_review(command: tuple[str, ...], encoding: str) -> None:
    """A GBK or ASCII terminal gets the page too."""
    done = run_aiplus([*command, "--lang", "zh"], REPOSITORY, encoding=encoding)

    assert done.code == 0
    assert "2026" in done.out


def test_an_indicator_may_have_an_excuse() -> None:
    """`no_data_until` needs a day and a reason."""
    found = silent_plan().indicator("users")

    assert isinstance(found, Indicator)
    assert found.no_data_until is not None
    assert (found.no_data_until.until, found.no_data_until.reason) == (date(2026, 12, 31), "口径调整")


@pytest.mark.parametrize("name", ["review.md", "review.zh.md"])
def test_the_screens_in_the_description_are_real(workspace: Path, name: str) -> None:
    """What docs/review.md shows is what the program prints; AIPLUS_UPDATE=1 writes it anew."""
    path = REPOSITORY / "docs" / name
    text = path.read_text(encoding="utf-8")

    def screen(match: re.Match[str]) -> str:
        done = run_aiplus(shlex.split(match[1])[1:], workspace, {"COLUMNS": "120"})
        said = (done.err + done.out).replace(f"{workspace}/", "")
        return f"```console\n$ {match[1]}\n{said}```\n"

    actual = re.sub(r"```console\n\$ (.*)\n[^`]*```\n", screen, text)
    if os.environ.get("AIPLUS_UPDATE"):
        path.write_text(actual, encoding="utf-8")

    assert actual.count("```console") == 3
    assert path.read_text(encoding="utf-8") == actual


# --- edges ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("old", "new"), [("-0", "0"), ("0", "-0"), ("5.0", "5"), ("-0.00", "0")])
def test_a_value_that_stays_has_a_change_of_zero_without_a_sign(old: str, new: str) -> None:
    """Where nothing was added to the value, the change is 0, never -0."""
    from aiplus_cli.contract.diff import diff_document

    entries: list[Entry] = [
        entry(1, "users", "2024-12", DAYS[0], Decimal(old)),
        entry(2, "users", "2025-06", DAYS[1], Decimal(new)),
    ]
    moments = Moment(plan(), DAYS[0], "linear"), Moment(plan(), DAYS[3], "linear")
    (row,) = diff_document(review(*moments, entries, selection=EVERYWHERE), same_targets=True).context

    assert [row.value_change, *(step.value_change for step in row.steps)] == [Decimal(0)] * (1 + len(row.steps))
    assert row.value_change is not None
    assert not row.value_change.is_signed()


def figures_of(*values: str) -> list[Entry]:
    """A figure of each half-year, with its sign, published in successive months."""
    halves = ("2024-12", "2025-06", "2025-12")
    found: list[Entry] = []
    for number, text in enumerate(values):
        value = text.lstrip("<>~")
        sign = text.removesuffix(value)
        found.append(entry(number, "users", halves[number], DAYS[number], Decimal(value), bound=sign))
    return found


@pytest.mark.parametrize(
    ("values", "change", "bound"),
    [
        (("50", "60"), "10", ""),
        (("50", ">60"), "10", ">"),
        ((">50", "60"), "10", "<"),
        (("50", "<60"), "10", "<"),
        (("<50", ">60"), "10", ">"),
        (("50", "~60"), "10", "~"),
        ((">50", ">50"), None, None),
        ((">50", ">60"), None, None),
        (("<50", "<60"), None, None),
        ((">50", "60", ">70"), None, None),
    ],
)
def test_what_was_added_between_bounds_is_a_bound_or_not_known(
    values: tuple[str, ...], change: str | None, bound: str | None
) -> None:
    """From 50 to >60 at least 10 were added, from >50 to 60 at most; between two floors nobody knows, not even 0."""
    from aiplus_cli.contract.diff import diff_document

    moments = Moment(plan(), DAYS[0], "linear"), Moment(plan(), DAYS[3], "linear")
    (row,) = diff_document(review(*moments, figures_of(*values), selection=EVERYWHERE), same_targets=True).context

    assert (row.value_change, row.value_change_bound) == (change and Decimal(change), bound)


def test_the_same_bounded_figure_on_both_days_has_no_change() -> None:
    """Whatever >50 is worth, nothing was added to it by the time that passed."""
    from aiplus_cli.contract.diff import diff_document

    moments = Moment(plan(), DAYS[0], "linear"), Moment(plan(), date(2026, 12, 31), "linear")
    (row,) = diff_document(review(*moments, figures_of(">50"), selection=EVERYWHERE), same_targets=True).context

    assert (row.value_change, row.value_change_bound) == (Decimal(0), "")


def test_the_chances_of_one_change_have_the_same_decimals_in_all_its_steps() -> None:
    """5 % → 8 % beside 8.21 % would be two roundings of one number."""
    page = run_aiplus(["diff", "--from", str(FIRST), "--to", str(LAST), "--format", "markdown"], REPOSITORY).out
    (changes,) = re.findall(r"## Changes\n(.*?)\n## ", page, re.DOTALL)
    header, _, *rows = [split_cells(line) for line in changes.splitlines() if line.startswith("|")]
    place = header.index(" Probability ")
    decimals: dict[tuple[str, str], set[int]] = {}
    for row in rows:
        found = re.findall(r"\d+(?:\.(\d+))? %", row[place])
        decimals.setdefault((row[1], row[2]), set()).update(map(len, found))

    assert len(decimals) > 5
    assert [key for key, found in decimals.items() if len(found) > 1] == []
