"""`aiplus check`: every gate fires and stays silent, the codes are those of the design, every format can be read."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from junitparser import Error, Failure, JUnitXml, Skipped, TestSuite

from aiplus_cli.check import PLAIN_WORDS, Question, check_report, override
from aiplus_cli.check.records import RULES
from aiplus_cli.judge.assess import Selection, assess_plan
from aiplus_cli.judge.enough import slack
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.ledger.lines import encode, with_id
from aiplus_cli.ledger.vintages import current
from aiplus_cli.plan.load import load
from aiplus_cli.plan.records import Gate, Plan, Word
from aiplus_cli.render.formats import FORMATS
from conftest import LEDGER, PLAN, closed_pipe, code_of, run_aiplus, write_workspace

REPOSITORY = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
TODAY = "2026-11-24"
FINE = PLAN.replace("value: 70", "value: 20").replace("value: 90", "value: 21").replace("value: 75", "value: 22")
"""The small plan with targets that are met, and one rating that is at risk."""


def workspace(folder: Path, more: str = "", plan: str = PLAN, ledger: str = LEDGER) -> Path:
    """A workspace with the small plan and what is added to it."""
    return write_workspace(folder, {"targets.yaml": plan + more, "progress.jsonl": ledger})


FAR = '"2030"'


def gates(*texts: str) -> str:
    """A policy of gates with the ids g0, g1, …"""
    return "policy:\n  gates:\n" + "".join(f"    - {{id: g{n}, {text}}}\n" for n, text in enumerate(texts))


def waiver(**changes: str) -> str:
    """A waiver for the off_track of `gen` in 2027, with some of its keys exchanged or, where empty, left out."""
    keys = {
        "gate": "g0", "indicator": "gen", "region": "CN", "milestone": '"2027"', "reason": "调查推迟",
        "owner": "李四", "expires": "2027-02-01",
    }  # fmt: skip
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in (keys | changes).items() if value) + "}\n"


def figure(value: str, period: str, published: str, **more: Any) -> Figure:
    """A figure of `gen` as the ledger has it."""
    fields = {"region": "CN", "source": "CNNIC", "recorded_by": "tester", "indicator": "gen", **more}
    moment = datetime(2026, 11, 24, tzinfo=UTC)
    made = Figure(
        id="",
        period=period,
        value=Decimal(value),
        published=date.fromisoformat(published),
        recorded_at=moment,
        **fields,
    )
    return with_id(made)


def lines(*figures: Figure) -> str:
    return "".join(encode(each).decode() for each in figures)


def checked(folder: Path, *options: str) -> Any:
    """The JSON of a check; its exit code is the one that it states."""
    done = run_aiplus(["check", "--format", "json", *options], folder)
    document = json.loads(done.out, parse_float=Decimal)

    assert document["exit_code"] == done.code
    return document


def rules(document: Any) -> set[tuple[str, str, str, str | None]]:
    """What was found: gate, level, rule, indicator."""
    return {(row["gate"], row["level"], row["rule"], row["indicator"]) for row in document["findings"]}


# --- exit codes -------------------------------------------------------------------------------------------------

LATE = ["--as-of", TODAY, "--today", "2027-08-01"]
CODES: list[tuple[str, dict[str, str], list[str], int]] = [
    ("an indicator off track", {}, [], 10),
    ("only warnings", {"plan": FINE}, [], 0),
    ("a warning that --strict promotes", {"plan": FINE}, ["--strict"], 10),
    ("only stale evidence", {"plan": FINE, "more": gates("fail: [off_track, missed, stale]")}, LATE, 11),
    ("progress and evidence", {"more": gates("fail: [off_track, stale]")}, LATE, 10),
    ("filters that fit nothing", {}, ["--area", "sci", "--indicator", "head"], 11),
    ("a gate that fits nothing", {"more": gates("milestones: ['2030'], areas: [sci], fail: [off_track]")}, [], 11),
    ("a report only", {}, ["--exit-zero"], 0),
    ("an empty plan", {"plan": PLAN.split("indicators:")[0] + "indicators: []\n", "ledger": ""}, [], 11),
]


@pytest.mark.parametrize("format_name", FORMATS["check"])
@pytest.mark.parametrize(("files", "options", "code"), [case[1:] for case in CODES], ids=[case[0] for case in CODES])
def test_no_format_changes_the_code(
    tmp_path: Path, files: dict[str, str], options: list[str], code: int, format_name: str
) -> None:
    """10 for progress, 11 for evidence alone or nothing judged, else 0, whatever the format."""
    done = run_aiplus(["check", *options, "--format", format_name], workspace(tmp_path, **files))

    assert done.code == code, done.err
    assert "Traceback" not in done.err


def test_what_could_not_be_assessed_is_no_verdict(tmp_path: Path) -> None:
    """A file that cannot be read ends with 3, no workspace with 4, an unknown option with 2; also with --exit-zero."""
    broken = workspace(tmp_path / "broken", "nonsense: 1\n")
    torn = workspace(tmp_path / "torn", ledger=LEDGER[:-20])
    codes = [
        run_aiplus(["check", *more, "--exit-zero"], folder).code
        for folder, more in ((broken, []), (torn, []), (Path(tmp_path.anchor), []), (broken, ["--nonsense"]))
    ]

    assert codes == [3, 3, 4, 2]


@pytest.mark.parametrize("format_name", FORMATS["check"])
def test_a_closed_pipe_drops_output_and_not_the_code(tmp_path: Path, format_name: str) -> None:
    """`aiplus check | head` has the code that it has without the pipe."""
    said = io.StringIO()
    with closed_pipe() as pipe:
        code = code_of(["check", "--format", format_name], workspace(tmp_path), (None, pipe, said), None)

    assert code == 10
    assert said.getvalue().startswith("check: ")


def test_green_is_silent_but_for_one_line(tmp_path: Path) -> None:
    """When all is well nothing is printed, and standard error says how much was judged."""
    done = run_aiplus(["check", "--milestone", "2030"], workspace(tmp_path, plan=FINE))

    assert (done.code, done.out) == (0, "")
    assert done.err == "check: judged 1; failed 0, warnings 0, waived 0, newly met 0\n"


# --- gates ------------------------------------------------------------------------------------------------------

LOWER = figure("40", "2026-09", "2026-10-30")
HIGHER = figure("58", "2026-09", "2026-10-30")
GATES: list[tuple[str, str, str, set[tuple[str, str]]]] = [
    ("by id", "indicators: [gen], fail: [off_track]", "", {("fail", "off_track")}),
    ("by what it stands for", "indicators: [head], fail: [off_track]", "", {("fail", "off_track")}),
    ("by pattern", "indicators: ['g?n'], fail: [off_track]", "", {("fail", "off_track")}),
    ("by area", "areas: [sci], warn: [at_risk]", "", {("warn", "at_risk")}),
    ("not by another id", "indicators: [role], fail: [off_track]", "", set()),
    ("not by another milestone", "milestones: ['2030'], fail: [off_track]", "", set()),
    ("a probability", "fail_probability_below: 0.35", "", {("fail", "probability")}),
    ("a probability that is there", "indicators: [gen], fail_probability_below: 0.0001", "", set()),
    ("the worse of two probabilities", "fail_probability_below: 0.0001, warn_probability_below: 0.35", "",
     {("warn", "probability")}),
    ("a fall since a day", "fail: [regression], since: 2026-09-30", lines(LOWER), {("fail", "regression")}),
    ("a rise since a day", "fail: [regression], since: 2026-09-30", lines(HIGHER), set()),
    ("a fall within the tolerance", "fail: [regression], since: 2026-09-30, tolerance: 10", lines(LOWER), set()),
    ("a fall beyond it", "fail: [regression], since: 2026-09-30, tolerance: 9.99", lines(LOWER),
     {("fail", "regression")}),
    ("a ratchet", "ratchet: true", lines(LOWER), {("fail", "ratchet")}),
    ("a ratchet within its tolerance", "ratchet: true, tolerance: 10", lines(LOWER), set()),
    ("a ratchet that rises", "ratchet: true", lines(HIGHER), set()),
]  # fmt: skip


@pytest.mark.parametrize(("gate", "more", "found"), [case[1:] for case in GATES], ids=[case[0] for case in GATES])
def test_each_gate_fires_and_stays_silent(tmp_path: Path, gate: str, more: str, found: set[tuple[str, str]]) -> None:
    """A gate finds what it looks for where it looks, and nothing else."""
    document = checked(workspace(tmp_path, gates(gate), ledger=LEDGER + more))

    assert {(row["level"], row["rule"]) for row in document["findings"]} == found
    assert document["exit_code"] == (10 if any(level == "fail" for level, _ in found) else 0)


def test_a_probability_that_nobody_can_tell_is_a_finding(tmp_path: Path) -> None:
    """A gate on a probability is not passed by a method that gives none."""
    folder = workspace(tmp_path, gates("indicators: [gen], fail_probability_below: 0.5"))
    document = checked(folder, "--method", "linear")

    assert rules(document) == {("g0", "fail", "probability", "gen")}
    assert {row["found"] for row in document["findings"]} == {None}
    assert document["exit_code"] == 11


@pytest.mark.parametrize(
    ("least", "code", "said"),
    [("0.5", 10, "is ≤ 0.29, asked is >= 0.5"), ("0.2", 11, "is ≤ 0.29, which leaves open whether it is >= 0.2")],
)
def test_a_chance_from_a_ceiling_fails_where_even_that_is_too_low(
    tmp_path: Path, least: str, code: int, said: str
) -> None:
    """At most so likely proves a failure, and never that the chance is high enough."""
    ledger = lines(figure("22", "2025-06", "2025-06-28"), figure("50", "2026-06", "2026-06-28", bound="<"))
    gate = gates(f"indicators: [gen], milestones: ['2027'], fail_probability_below: {least}")
    document = checked(workspace(tmp_path, gate, ledger=ledger))

    assert document["exit_code"] == code
    assert [row["message"] for row in document["findings"] if said not in row["message"]] == []
    assert len(document["findings"]) == 1


def test_a_gate_that_has_nothing_to_compare_with_is_told(tmp_path: Path) -> None:
    """Where nothing was known on its day a gate fails for want of evidence, also beside one that judged something."""
    since = "fail: [regression], since: 2020-01-01"
    beside = checked(workspace(tmp_path / "beside", gates(since, "fail: [missed]")))
    alone = checked(workspace(tmp_path / "alone", gates(since)))

    assert rules(beside) == {("g0", "fail", "nothing_judged", None)}
    assert (beside["exit_code"], alone["exit_code"]) == (11, 11)


CONTEXT = """  - id: internet-users
    name: {zh: 网民, en: Internet users}
    area: all
    measure: number
    unit: people
    direction: increase
    basis: context
    frequency: semiannual
"""
"""A series without a target."""
WITH_CONTEXT = PLAN.rstrip("\n") + "\n" + CONTEXT
USERS = lines(*(figure(v, p, f"{p}-28", indicator="internet-users") for v, p in (("11", "2025-12"), ("10", "2026-06"))))
CEILINGS = lines(*(figure("90", p, f"{p}-28", region="CN-AH", bound="<") for p in ("2025-12", "2026-06")))
ACCOUNTS: list[tuple[str, str, list[tuple[str, str | None]], int]] = [
    ("no figure", "regions: [CN-HN], indicators: [head], fail: [missed]", [("not_judged", "no_data")], 11),
    ("allowed", "regions: [CN-HN], indicators: [head], fail: [missed], allow: [no_data]", [], 0),
    ("said by a word", "regions: [CN-HN], indicators: [head], fail: [missed], warn: [no_data]",
     [("no_data", None)], 0),
    ("evidence that is not there", "regions: [CN-HN], indicators: [head], fail: [stale]",
     [("not_judged", "no_data")], 11),
    ("a rating with a chance", "indicators: [role], fail_probability_below: 0.5",
     [("not_judged", "not_quantified")], 11),
    ("a series without a target", "indicators: ['internet-*'], fail: [off_track]", [("not_judged", "no_target")], 11),
    ("a series that is stale", "indicators: ['internet-*'], fail: [stale]", [("stale", "2026-06")], 11),
    ("a series that fell", "indicators: ['internet-*'], ratchet: true", [("ratchet", "10")], 10),
    ("a series that fell since", "indicators: ['internet-*'], fail: [regression], since: 2026-01-31",
     [("regression", "10")], 10),
    ("a series whose verdict cannot worsen", "indicators: ['internet-*'], fail: [worsened], since: 2026-01-31",
     [("not_judged", "no_target")], 11),
    ("a series with a chance", "indicators: ['internet-*'], fail: [stale], fail_probability_below: 0.5",
     [("not_judged", "no_target"), ("stale", "2026-06")], 11),
    ("a series of nothing but ceilings", "indicators: [gen], regions: [CN-AH], milestones: ['2027'], ratchet: true",
     [("not_judged", "no_comparison")], 11),
    ("a rating that cannot fall", "indicators: [role], fail: [missed], ratchet: true",
     [("not_judged", "not_quantified")], 11),
    ("a rating beside numbers", "fail: [missed], ratchet: true", [], 0),
    ("a series named beside a milestone", "indicators: [gen, internet-users], milestones: ['2027'], fail: [stale]",
     [("not_judged", "no_target")], 11),
    ("a series that a milestone leaves out", "indicators: ['internet-*'], milestones: ['2027'], fail: [stale]",
     [("nothing_judged", None)], 11),
]  # fmt: skip


@pytest.mark.parametrize(("gate", "found", "code"), [case[1:] for case in ACCOUNTS], ids=[case[0] for case in ACCOUNTS])
def test_a_gate_accounts_for_all_that_it_names(
    tmp_path: Path, gate: str, found: list[tuple[str, str | None]], code: int
) -> None:
    """It judges, or fails for want of evidence unless it allows that, whatever the gate beside it judged."""
    beside = "indicators: [gen], fail: [missed]"
    folder = workspace(tmp_path, gates(gate, beside), plan=WITH_CONTEXT, ledger=LEDGER + USERS + CEILINGS)
    document = checked(folder, "--today", "2027-01-31")
    rows = [(row["rule"], row["found"] and str(row["found"])) for row in document["findings"]]

    assert sorted(set(rows)) == sorted(found)
    assert document["exit_code"] == code


FLOORS: list[tuple[str, str, str, str, list[tuple[str, str | None]]]] = [
    ("the same figure", ">50", "", "pass", []),
    ("a floor above the last value", ">50", ">60", "pass", []),
    ("a floor below the last value", "50", ">40", "not_judged", [("not_judged", "no_comparison")]),
    ("two ceilings", "<50", "<50", "not_judged", [("not_judged", "no_comparison")]),
    ("two rough values", "~50", "~50", "not_judged", [("not_judged", "no_comparison")]),
    ("a ceiling below the last value", "50", "<40", "fail", [("regression", "40")]),
]


@pytest.mark.parametrize(
    ("first", "second", "state", "found"), [case[1:] for case in FLOORS], ids=[c[0] for c in FLOORS]
)
def test_a_fall_that_bounds_leave_open_is_not_judged(
    tmp_path: Path, first: str, second: str, state: str, found: list[tuple[str, str | None]]
) -> None:
    """Neither passed nor failed: for want of evidence, which a gate may allow; it says what it compared."""
    entries = [
        figure(value.lstrip("<>~"), period, f"{period}-28", bound=value.rstrip("0123456789"))
        for value, period in ((first, "2026-06"), (second, "2026-10"))
        if value
    ]
    gate = "indicators: [gen], milestones: ['2027'], fail: [regression], since: 2026-09-01"
    beside = "fail: [stale]"
    document = checked(workspace(tmp_path / "a", gates(gate, beside), ledger=lines(*entries)), "--list")
    allowing = gates(f"{gate}, allow: [no_comparison]", beside)
    allowed = checked(workspace(tmp_path / "b", allowing, ledger=lines(*entries)))
    rows = document["findings"]

    assert [row["state"] for row in document["checks"] if row["gate"] == "g0"] == [state]
    assert [(row["rule"], row["found"] and str(row["found"])) for row in rows] == found
    assert all("bounds" in row["message"] for row in rows if row["rule"] == "not_judged")
    assert [row["rule"] for row in allowed["findings"]] == [rule for rule, _ in found if rule != "not_judged"]


def test_the_list_says_what_was_not_judged(tmp_path: Path) -> None:
    """No row of a series without figures is called passed, and a reader of JUnit is told why it is skipped."""
    folder = workspace(tmp_path, gates("regions: [CN-HN], fail: [missed], allow: [no_data]", "fail: [missed]"))
    rows = [row for row in checked(folder, "--list")["checks"] if row["region"] == "CN-HN"]
    junit = run_aiplus(["check", "--format", "junit"], folder).out

    assert {(row["state"], row["unjudged"]) for row in rows} == {("not_judged", "no_data")}
    assert junit.count('<skipped message="not judged: no data" />') == len(rows)


def test_what_is_not_judged_says_why_and_speaks_of_bounds_only_where_there_are_some(tmp_path: Path) -> None:
    """A single exact figure is too few for a verdict; it leaves nothing open about which is the better."""
    one = LEDGER.splitlines()[0] + "\n"
    found = checked(workspace(tmp_path, gates("indicators: [gen], fail: [missed]"), ledger=one))["findings"]
    assert {row["message"].split(": ")[2].split(";")[0] for row in found} == {"too few figures for a verdict"}


NEAR = '["2027"]'
AWAITED = [
    "status --milestone 2027", "status --milestone 2027 --format markdown", "status --milestone 2027 --format json",
    "show gen", "show gen --format json", "check --list", "check --list --format json",
    "check --format markdown", "check --format sarif", "check --format junit",
    "diff --from 2027-12-31 --to 2028-01-01", "diff --from 2027-12-31 --to 2028-01-01 --format json",
]  # fmt: skip


@pytest.mark.parametrize("command", AWAITED)
def test_every_page_says_until_when_the_figure_is_awaited(tmp_path: Path, command: str) -> None:
    """The day after the due date all of them name the day, and the list of gates does not call it passed."""
    folder = workspace(tmp_path, gates(f"indicators: [gen], milestones: {NEAR}, fail: [missed]"))
    when = [] if command.startswith("diff") else ["--today", "2028-01-01"]
    done = run_aiplus([*command.split(), *when], folder)
    said = done.out.replace("\\", "")

    assert done.code == 0
    assert "awaiting" in said
    assert "2028-04-29" in said
    assert "passed" not in said or command != "check --list"


def test_a_list_of_no_words_is_refused(tmp_path: Path) -> None:
    """A gate that looks for nothing would be green whatever happens."""
    folder = workspace(tmp_path)

    assert [run_aiplus(["check", option, ""], folder).code for option in ("--fail-on", "--warn-on")] == [2, 2]


def test_a_verdict_that_worsened_since_a_day_is_found(tmp_path: Path) -> None:
    """By linear the target was within reach in October, and is not after the fall."""
    folder = workspace(
        tmp_path, gates("fail: [worsened], since: 2026-09-30, allow: [no_comparison]"), ledger=LEDGER + lines(LOWER)
    )
    document = checked(folder, "--method", "linear", "--milestone", "2027")

    assert rules(document) == {("g0", "fail", "worsened", "gen")}
    assert (document["findings"][0]["found"], document["findings"][0]["asked"]) == ("off_track", "on_track")


def test_a_ratchet_is_not_loosened_by_a_later_revision_and_is_by_a_correction(tmp_path: Path) -> None:
    """What was once published as reached counts, unless it is taken back as a mistake."""
    revised = figure("40", "2026-06", "2026-10-30", source="NBS")
    corrected = figure("43", "2026-06", "2026-10-30", replaces="a27c26e8d8c32f54")
    found = [
        rules(checked(workspace(tmp_path / name, gates("ratchet: true"), ledger=LEDGER + lines(entry))))
        for name, entry in (("revised", revised), ("corrected", corrected))
    ]

    assert found == [{("g0", "fail", "ratchet", "gen")}, set()]


def test_a_ratchet_starts_anew_after_a_break(tmp_path: Path) -> None:
    """Figures from before a break cannot be compared with those after it."""
    broken = figure("40", "2026-09", "2026-10-30", status="B")

    assert rules(checked(workspace(tmp_path, gates("ratchet: true"), ledger=LEDGER + lines(broken)))) == set()


def test_a_province_is_judged_where_a_gate_or_an_option_names_it(tmp_path: Path) -> None:
    """Its own target counts, and without a figure that is said."""
    plain = checked(workspace(tmp_path / "a", gates("regions: [CN-HN], fail: [no_data]")))
    glob = checked(workspace(tmp_path / "b", gates("regions: ['CN-*'], fail: [no_data]")))
    option = checked(workspace(tmp_path / "c", gates("fail: [no_data]")), "--region", "湖南")

    expected = {("g0", "fail", "no_data", "head"), ("g0", "fail", "no_data", "gen")}
    assert rules(plain) == rules(glob) == rules(option) == expected


def test_nothing_is_said_twice_of_one_fact(tmp_path: Path) -> None:
    """The verdict that an indicator borrows from its proxy is found once, at the proxy, with what it stands for."""
    document = checked(workspace(tmp_path), "--milestone", "2027")
    found = [row for row in document["findings"] if row["rule"] == "off_track"]

    assert [(row["indicator"], row["stands_for"]) for row in found] == [("gen", "head")]
    assert "stands for head" in found[0]["message"]


def test_flags_override_and_never_add(tmp_path: Path) -> None:
    """--fail-on and --warn-on move words between the lists; a word in neither is not asked about."""
    folder = workspace(tmp_path)
    milder = checked(folder, "--fail-on", "missed", "--warn-on", "off_track")
    other = checked(folder, "--fail-on", "at_risk,none")
    both = run_aiplus(["check", "--fail-on", "stale", "--warn-on", "stale"], folder)
    unknown = run_aiplus(["check", "--fail-on", "laging,nonsense"], folder)

    assert rules(milder) == {("default", "warn", "off_track", "gen")}
    assert rules(other) == {("default", "fail", "at_risk", "role"), ("default", "fail", "at_risk", "gen")}
    assert both.code == 2
    assert unknown.code == 2
    assert unknown.err.count("is not known") == 2


def test_the_worst_is_said_first_and_all_of_it(tmp_path: Path) -> None:
    """Failures before warnings, progress before evidence, missed before off track, near before far."""
    more = gates("fail: [missed, off_track], warn: [at_risk, stale]")
    folder = workspace(tmp_path, more, ledger=LEDGER + lines(figure("51", "2027-12", "2028-02-01")))
    document = checked(folder, "--as-of", "2028-03-01", "--today", "2029-06-01", "--indicator", "gen")
    found = [(row["level"], row["rule"], row["milestone"]) for row in document["findings"]]

    assert found == [
        ("fail", "missed", "2027"),
        ("fail", "off_track", "2030"),
        ("warn", "stale", "2027"),
        ("warn", "stale", "2030"),
    ]


def test_a_finding_says_what_where_since_when_and_what_to_do(tmp_path: Path) -> None:
    """Found against asked with the operator, the figure and its source, the line, a fix and a waiver to copy."""
    folder = workspace(tmp_path)
    row = checked(folder, "--milestone", "2027")["findings"][0]
    source = (folder / "targets.yaml").read_text(encoding="utf-8").splitlines()

    assert (row["found"], row["bound"], row["op"], row["asked"]) == (Decimal("50.0"), ">", ">", 70)
    assert (row["figure_id"], row["source"], row["published"]) == ("a27c26e8d8c32f54", "CNNIC", "2026-09-29")
    assert row["since"] == "2025-10-18"  # the figure before, published then, gave the same verdict
    assert "value: 70" in source[row["line"] - 1]
    assert ">50.0 %" in row["message"]
    assert "> 70 % by 2027-12-31" in row["message"]
    assert "aiplus show gen --explain" in row["fix"]


def test_the_waiver_that_a_finding_offers_excuses_it(tmp_path: Path) -> None:
    """Copied into targets.yaml, with a reason and an owner, it works."""
    offered = [row["waive"] for row in checked(workspace(tmp_path))["findings"]]
    filled = "".join(f"  {line.replace('…', 'x')}\n" for line in offered)
    document = checked(workspace(tmp_path, "waivers:\n" + filled))

    assert document["findings"] == []
    assert len(document["waived"]) == len(offered) == 3


def test_a_newly_met_milestone_is_said(tmp_path: Path) -> None:
    """What was not met a month ago and is now is good news, and is told."""
    done = run_aiplus(
        ["check", "--milestone", "2027"],
        workspace(tmp_path, ledger=LEDGER + lines(figure("71", "2026-09", "2026-11-01"))),
    )

    assert "newly met: 71 % (2026-09) against > 70 % by 2027-12-31; not met on 2026-10-24" in done.out
    assert done.err.endswith("newly met 1\n")


# --- past dates and broken series -------------------------------------------------------------------------------

RISING = lines(
    figure("60", "2026-12", "2027-01-31", source="a"),
    figure("66", "2027-06", "2027-08-31", source="a"),
    figure("72", "2027-12", "2028-01-31", source="a"),
    figure("80", "2028-06", "2028-08-01", source="a"),
    figure("85", "2028-12", "2029-03-01", source="a"),
)


def test_a_past_milestone_that_was_met_fails_no_gate(tmp_path: Path) -> None:
    """Its verdict is that of its day; fall, freshness and chance are those of the series now."""
    more = gates("fail: [missed, stale, regression], since: 2029-02-01, ratchet: true, fail_probability_below: 0.9")
    folder = workspace(tmp_path, more, ledger=RISING)
    options = ["--as-of", "2029-03-15", "--milestone", "2027"]

    assert rules(checked(folder, *options)) == set()
    assert run_aiplus(["status", *options], folder).out.count("fresh") == 2


def test_a_break_after_the_date_does_not_undo_what_was_met(tmp_path: Path) -> None:
    """The figures of periods that ended by then decide, as they were before the break."""
    broken = lines(figure("50", "2028-06", "2028-09-01", status="B"))
    folder = workspace(tmp_path, gates("fail: [missed]"), ledger="".join(RISING.splitlines(keepends=True)[:3]) + broken)

    assert rules(checked(folder, "--as-of", "2028-09-02", "--milestone", "2027")) == set()


def test_a_figure_of_a_later_period_does_not_meet_a_date_that_has_passed(tmp_path: Path) -> None:
    """Without a figure for a period that ended by then, nobody knows."""
    late = lines(figure("80", "2028-06", "2028-08-01"))
    folder = workspace(tmp_path, gates("fail: [no_data, missed]"), ledger=late)
    document = checked(folder, "--as-of", "2029-03-15", "--milestone", "2027")

    assert ("g0", "fail", "no_data", "gen") in rules(document)
    assert "no figure is known for a period that ended by 2027-12-31" in document["findings"][0]["message"]


def test_a_fall_is_of_one_series_and_not_across_a_break(tmp_path: Path) -> None:
    """Where an indicator gets figures of its own, or a series breaks, there is nothing to compare with."""
    own = lines(*(figure(v, p, f"{p}-28", indicator="head") for v, p in (("40", "2025-12"), ("45", "2026-06"))))
    broken = lines(figure("40", "2026-09", "2026-10-30", status="B"))
    more = gates("fail: [regression], since: 2025-11-30", "fail: [missed]")
    found = [
        rules(checked(workspace(tmp_path / name, more, ledger=LEDGER + ledger)))
        for name, ledger in (("own", own), ("broken", broken))
    ]

    assert [{row for row in rows if row[2] == "regression"} for rows in found] == [set(), set()]


def test_a_break_that_is_no_longer_in_force_does_not_loosen_a_ratchet(tmp_path: Path) -> None:
    """A later figure for the same period, without the break, brings the mark back."""
    ledger = LEDGER + lines(
        figure("40", "2026-09", "2026-10-01", status="B", source="a"),
        figure("40.5", "2026-09", "2026-10-30", source="b"),
    )
    document = checked(workspace(tmp_path, gates("ratchet: true"), ledger=ledger))

    assert rules(document) == {("g0", "fail", "ratchet", "gen")}
    assert {row["asked"] for row in document["findings"]} == {50}


def test_an_excuse_of_the_series_moves_the_limit(tmp_path: Path) -> None:
    """`no_data_until` is what check, due and status go by alike."""
    plan = PLAN.replace("{id: gen,", "{id: gen, no_data_until: {date: 2027-09-30, reason: 口径调整},")
    folder = workspace(tmp_path, gates("fail: [stale], warn: [due]"), plan=plan)
    options = ["--as-of", TODAY, "--milestone", "2027", "--indicator", "gen", "--today"]
    found = [
        [(row["rule"], row["asked"]) for row in checked(folder, *options, day)["findings"]]
        for day in ("2027-06-30", "2027-09-30", "2027-10-01")
    ]

    assert found == [[], [], [("stale", "2027-09-30")]]


def test_a_gate_that_compares_with_a_day_to_come_is_told(tmp_path: Path) -> None:
    """Its other words count all the same."""
    document = checked(workspace(tmp_path, gates("fail: [off_track, regression], since: 2027-06-01")))

    assert rules(document) == {("g0", "fail", "off_track", "gen"), ("g0", "fail", "nothing_judged", None)}


def test_a_milestone_newly_met_in_a_region_of_the_policy_is_told(tmp_path: Path) -> None:
    """Wherever a gate looks, good news counts."""
    hunan = lines(*(figure(v, p, f"{p}-28", region="CN-HN") for v, p in (("60", "2026-06"), ("76", "2026-10"))))
    document = checked(workspace(tmp_path, gates("regions: [CN-HN], fail: [missed]"), ledger=LEDGER + hunan))

    assert [(row["indicator"], row["region"]) for row in document["newly_met"]] == [("gen", "CN-HN")]


@pytest.mark.parametrize("today", [TODAY, "2028-11-24"])
def test_a_check_without_any_figure_does_not_pass(tmp_path: Path, today: str) -> None:
    """A job that lost its ledger is no green one."""
    for more in ("", gates("fail: [off_track, missed]")):
        document = checked(workspace(tmp_path, more, ledger=""), "--today", today)

        assert document["exit_code"] == 11
        assert document["summary"]["judged"] == 0


# --- waivers ----------------------------------------------------------------------------------------------------

OFF_TRACK = gates("fail: [off_track]")
WAIVERS: list[tuple[str, dict[str, str], str, int]] = [
    ("in force", {}, "waived", 0),
    ("on its last day", {"expires": TODAY}, "waived", 0),
    ("expired", {"expires": "2026-11-23"}, "expired", 10),
    ("above its floor", {"floor": "50.0"}, "waived", 0),
    ("below its floor", {"floor": "50.1"}, "floor", 10),
    ("not yet granted", {"granted": "2026-11-25"}, "not_yet", 10),
    ("of another gate", {"gate": "g1"}, "unused", 10),
    ("of another region", {"region": "CN-HN"}, "unused", 10),
]


@pytest.mark.parametrize(("changes", "state", "code"), [case[1:] for case in WAIVERS], ids=[w[0] for w in WAIVERS])
def test_a_waiver_excuses_what_it_names_as_long_as_it_holds(
    tmp_path: Path, changes: dict[str, str], state: str, code: int
) -> None:
    """By gate, indicator, region and milestone, until its day, above its floor; else the finding counts."""
    more = gates("milestones: ['2027'], fail: [off_track]", "milestones: ['2030'], fail: [missed]")
    document = checked(workspace(tmp_path, f"{more}waivers:\n{waiver(**changes)}"), "--explain-waivers")

    assert (document["waivers"][0]["state"], document["exit_code"]) == (state, code)
    for row in document["findings"]:
        if row["rule"] == "off_track" and state in ("expired", "floor"):
            assert (row["excuse"], row["waiver_line"]) == (state, document["waivers"][0]["line"])
            assert f"targets.yaml:{row['waiver_line']}" in row["message"]
            assert "李四" in row["message"]


FIRST = waiver(granted="2026-10-01", expires="2026-11-30")
RENEWED = waiver(granted="2026-12-15", expires="2027-03-31", reason="again")
DAYS = [
    ("2026-09-30", ["not_yet", "not_yet"], 10),
    ("2026-10-01", ["waived", "not_yet"], 0),
    ("2026-11-30", ["waived", "not_yet"], 0),
    ("2026-12-14", ["expired", "not_yet"], 10),
    ("2026-12-15", ["renewed", "waived"], 0),
    ("2027-03-31", ["renewed", "waived"], 0),
    ("2027-04-01", ["renewed", "expired"], 10),
]


@pytest.mark.parametrize(("day", "states", "code"), DAYS, ids=[day for day, _, _ in DAYS])
def test_a_waiver_is_renewed_by_another_that_begins_later(
    tmp_path: Path, day: str, states: list[str], code: int
) -> None:
    """Each holds on its days, in whatever order they stand; between them the finding counts, and offers another."""
    more = gates("milestones: ['2027'], fail: [off_track]")
    for name, waivers in (("a", FIRST + RENEWED), ("b", RENEWED + FIRST)):
        folder = workspace(tmp_path / name, f"{more}waivers:\n{waivers}")
        document = checked(folder, "--as-of", "2026-09-30", "--today", day, "--explain-waivers")
        found = sorted(document["waivers"], key=lambda row: row["granted"])

        assert ([row["state"] for row in found], document["exit_code"]) == (states, code)
        assert all((row["waive"] or "").count(f"granted: {day}") for row in document["findings"])


@pytest.mark.parametrize("day", ["2026-11-15", "2026-12-01"])
def test_a_renewal_changes_no_byte_of_an_earlier_check(tmp_path: Path, day: str) -> None:
    """In every format a check of an earlier day says what it said then; so it does beside a first waiver of later."""
    more = gates("milestones: ['2027'], fail: [off_track]", "fail: [missed]")
    later = waiver(gate="g1", granted="2026-12-15", expires="2027-03-31")

    def said(waivers: str) -> list[Any]:
        folder = workspace(tmp_path, f"{more}waivers:\n{waivers}")
        return [run_aiplus(["check", "--as-of", day, "--format", name], folder) for name in FORMATS["check"]]

    assert said(FIRST + RENEWED + later) == said(FIRST)


def test_waivers_that_hold_together_are_refused_with_both_lines(tmp_path: Path) -> None:
    """Nobody could tell which of them excuses; a day between them is needed, none more."""
    first = {"granted": "2026-10-01", "expires": "2026-11-30"}
    on_the_last_day = waiver(**first) + waiver(granted="2026-11-30")
    folder = workspace(tmp_path / "a", f"{OFF_TRACK}waivers:\n{on_the_last_day}")
    line = len((folder / "targets.yaml").read_text(encoding="utf-8").splitlines())
    done = run_aiplus(["check"], folder)
    next_day = workspace(tmp_path / "b", f"{OFF_TRACK}waivers:\n{waiver(**first)}{waiver(granted='2026-12-01')}")
    undated = workspace(tmp_path / "c", f"{OFF_TRACK}waivers:\n{waiver()}{waiver(**first)}")

    assert done.code == 3
    assert f"targets.yaml:{line}: it holds together with the waiver at line {line - 1}" in done.err
    assert "granted: 2026-12-01" in done.err
    assert run_aiplus(["validate"], next_day).code == 0
    assert run_aiplus(["validate"], undated).code == 3


def test_a_series_without_a_target_has_its_waivers(tmp_path: Path) -> None:
    """They name no milestone; the finding offers the line, and those of other indicators need one."""
    more = gates("indicators: ['internet-*'], fail: [stale], ratchet: true")
    plain = workspace(tmp_path / "a", more, plan=WITH_CONTEXT, ledger=LEDGER + USERS)
    offered = {row["waive"].replace("…", "x") for row in checked(plain, "--today", "2027-01-31")["findings"]}
    excused = workspace(tmp_path / "b", f"{more}waivers:\n  {min(offered)}\n", plan=WITH_CONTEXT, ledger=LEDGER + USERS)
    document = checked(excused, "--today", "2027-01-31")
    refused = {
        name: run_aiplus(
            ["validate"], workspace(tmp_path / name, f"{more}waivers:\n{waiver(**changes)}", plan=WITH_CONTEXT)
        ).err
        for name, changes in (("with", {"indicator": "internet-users"}), ("without", {"milestone": ""}))
    }

    assert len(offered) == 1
    assert "milestone" not in min(offered)
    assert ([row["rule"] for row in document["waived"]], document["exit_code"]) == (["ratchet", "stale"], 0)
    assert "internet-users has no target, and so no milestone to be excused for" in refused["with"]
    assert "'milestone' is missing" in refused["without"]


def test_waivers_on_one_line_are_told_apart(tmp_path: Path) -> None:
    """SARIF has the reason of the one that holds."""
    flow = ", ".join(each.strip().removeprefix("- ") for each in (FIRST, RENEWED))
    folder = workspace(tmp_path, gates("milestones: ['2027'], fail: [off_track]") + f"waivers: [{flow}]\n")
    (run,) = json.loads(run_aiplus(["check", "--format", "sarif", "--today", "2026-12-31"], folder).out)["runs"]

    assert [each["suppressions"][0]["justification"] for each in run["results"]] == ["again"]


def test_an_unused_waiver_warns_and_fails_under_strict(tmp_path: Path) -> None:
    """An excuse for what is well is no excuse; a run with filters cannot tell."""
    folder = workspace(tmp_path, f"{OFF_TRACK}waivers:\n{waiver()}", plan=FINE)
    plain, strict = checked(folder), checked(folder, "--strict")
    narrowed = checked(folder, "--milestone", "2030", "--strict")

    assert rules(plain) == {("g0", "warn", "unused_waiver", "gen")}
    assert (plain["exit_code"], strict["exit_code"], narrowed["exit_code"]) == (0, 11, 0)


def test_an_expired_waiver_may_stay(tmp_path: Path) -> None:
    """It was in force once, and a check of an earlier day needs it: nobody asks for its removal."""
    document = checked(workspace(tmp_path, f"{OFF_TRACK}waivers:\n{waiver(expires='2026-11-01')}", plan=FINE))

    assert (document["findings"], document["waivers"][0]["state"]) == ([], "expired")


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"expires": "2027-05-24"}, "more than 180 days after 2026-11-24"),
    ({"granted": "2026-06-01", "expires": "2026-11-29"}, "the waiver lasts 181 days"),
    ({"granted": "2027-03-01"}, "expires before it is granted"),
    ({"expires": ""}, "'expires' is missing"),
    ({"reason": ""}, "'reason' is missing"),
    ({"owner": ""}, "'owner' is missing"),
    ({"gate": "g7"}, "unknown gate 'g7'"),
    ({"indicator": "gem"}, "unknown indicator 'gem'"),
    ({"milestone": '"2028"'}, "unknown milestone '2028'"),
    ({"region": "Mars"}, "'Mars' is no region"),
    ({"until": "2027-01-01"}, "unknown key 'until'"),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED)
def test_a_waiver_that_is_none_is_bad_input(tmp_path: Path, changes: dict[str, str], said: str) -> None:
    """Every waiver has a reason, an owner and a near end; `validate` says so too."""
    folder = workspace(tmp_path, f"{OFF_TRACK}waivers:\n{waiver(**changes)}")
    line = len((folder / "targets.yaml").read_text(encoding="utf-8").splitlines())
    for command in ("check", "validate"):
        done = run_aiplus([command], folder)

        assert done.code == 3
        assert f"targets.yaml:{line}" in done.err
        assert said in done.err


def test_the_longest_waiver_is_180_days(tmp_path: Path) -> None:
    """Counted from today, or from the day on which it was granted."""
    last = str(date.fromisoformat(TODAY) + timedelta(days=180))
    granted = {"granted": "2026-06-01", "expires": "2026-11-28"}
    found = [
        checked(workspace(tmp_path / str(n), f"{OFF_TRACK}waivers:\n{waiver(**changes)}"))["waivers"][0]["state"]
        for n, changes in enumerate(({"expires": last}, granted))
    ]

    assert found == ["waived", "waived"]


def test_the_waivers_are_explained(tmp_path: Path) -> None:
    """--explain-waivers shows what each excuses, until when, and what became of it."""
    more = f"{OFF_TRACK}waivers:\n{waiver()}{waiver(milestone=FAR, expires='2026-11-01')}"
    done = run_aiplus(["check", "--explain-waivers"], workspace(tmp_path, more))

    assert "in force" in done.out
    assert re.search(r"2026-11-01 +-23 .* expired", done.out)
    assert "调查推迟" in done.out
    assert re.search(r"2027-02-01 +69 ", done.out)


# --- the last run -----------------------------------------------------------------------------------------------


def with_run(folder: Path, more: str = "", *, day: str = "2026-10-01", plan: str = PLAN) -> Path:
    """A workspace whose run of that day is recorded, before what comes next."""
    workspace(folder, more, plan=plan)
    assert run_aiplus(["snapshot", "--today", day], folder).code == 0
    return folder


def test_a_fall_since_the_last_run_fails(tmp_path: Path) -> None:
    """--since-last compares values and verdicts with what the last run found."""
    folder = with_run(tmp_path)
    calm = checked(folder, "--since-last", "--fail-on", "missed", "--warn-on", "off_track")
    (folder / "progress.jsonl").write_text(LEDGER + lines(LOWER), encoding="utf-8")
    found = checked(folder, "--since-last", "--fail-on", "missed", "--warn-on", "off_track")
    policy = checked(workspace(folder, gates("fail: [regression], since_last: true"), ledger=LEDGER + lines(LOWER)))

    assert calm["exit_code"] == 0
    assert ("since-last", "fail", "regression", "gen") in rules(found)
    assert found["exit_code"] == 10
    assert rules(policy) == {("g0", "fail", "regression", "gen")}


def test_what_is_new_and_what_is_resolved_since_the_last_run_is_said(tmp_path: Path) -> None:
    """A finding that the last run had is not new; one that is gone is told."""
    folder = with_run(tmp_path, day="2025-09-01")
    document = checked(folder, "--since-last")
    news = {(row["rule"], row["indicator"], row["milestone"]): row["new"] for row in document["findings"]}

    assert news["off_track", "gen", "2027"] is True
    assert {(row["rule"], row["indicator"]) for row in document["resolved"]} == {
        ("insufficient_data", "gen"),
        ("stale", "gen"),
        ("none", "role"),
    }
    assert all(row["new"] is None for row in checked(folder)["findings"])


TOUCHED: dict[str, Callable[[str], str]] = {
    "a comment": lambda text: text + "# a comment\n",
    "empty lines": lambda text: text.replace("areas:\n", "\n\nareas:\n"),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "the order of keys": lambda text: text.replace(
        "    area: all\n    measure: number\n", "    measure: number\n    area: all\n"
    ),
    "quotes": lambda text: text.replace("area: all, measure: number", "area: 'all', measure: \"number\""),
    "a looser target": lambda text: text.replace("value: 70", "value: 30"),
}


@pytest.mark.parametrize("touched", TOUCHED)
def test_a_fall_is_not_forgotten_when_the_plan_is_touched(tmp_path: Path, touched: str) -> None:
    """The base is the run of an earlier month, whatever the bytes of the files: recording a fall excuses it not."""
    folder = with_run(tmp_path)
    (folder / "progress.jsonl").write_text(LEDGER + lines(LOWER), encoding="utf-8")
    run_aiplus(["snapshot"], folder)
    plan = TOUCHED[touched](PLAN)
    (folder / "targets.yaml").write_bytes(plan.encode())
    document = checked(folder, "--since-last")

    assert plan != PLAN
    assert ("since-last", "fail", "regression", "gen") in rules(document)
    assert [row for row in document["resolved"] if row["indicator"] == "gen"] == []


def test_a_looser_target_resolves_nothing(tmp_path: Path) -> None:
    """Resolved is what has recovered: the value, not the target."""
    folder = with_run(tmp_path)
    (folder / "targets.yaml").write_text(FINE, encoding="utf-8")
    loosened = checked(folder, "--since-last")["resolved"]
    (folder / "targets.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "progress.jsonl").write_text(LEDGER + lines(figure("92", "2026-09", "2026-10-20")), encoding="utf-8")
    recovered = checked(folder, "--since-last")["resolved"]

    assert [row for row in loosened if row["indicator"] == "gen"] == []
    assert ("off_track", "gen") in {(row["rule"], row["indicator"]) for row in recovered}


def test_a_milestone_met_since_the_last_run_is_newly_met(tmp_path: Path) -> None:
    """With --since-last, new is what the last run did not have."""
    folder = with_run(tmp_path)
    (folder / "progress.jsonl").write_text(LEDGER + lines(figure("71", "2026-09", "2026-10-20")), encoding="utf-8")
    document = checked(folder, "--since-last")

    assert document["met_since"] == "2026-10-01"
    assert [row["indicator"] for row in document["newly_met"]] == ["gen"]


def test_the_very_first_run_says_that_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    """There are figures, and a waiver whose use nobody can tell yet: neither is said to be wanting."""
    more = gates("indicators: [gen], fail: [regression], since_last: true") + "waivers:\n" + waiver()
    done = run_aiplus(["check"], workspace(tmp_path, more))

    assert done.code == 11
    assert "nothing was judged: nothing earlier is known to compare with" in done.out
    assert "no run is recorded to compare with" in done.out
    assert "a waiver without use" not in done.out


def test_without_a_run_the_comparison_is_said_to_be_missing(tmp_path: Path) -> None:
    """The first month has nothing to compare with: a warning, and a failure under --strict."""
    folder = workspace(tmp_path, plan=FINE)
    plain, strict = (
        checked(folder, "--since-last", "--milestone", "2030"),
        checked(folder, "--since-last", "--milestone", "2030", "--strict"),
    )

    assert rules(plain) == {("since-last", "warn", "no_run", None)}
    assert (plain["exit_code"], strict["exit_code"]) == (0, 11)


@pytest.mark.parametrize(("gap", "code"), [("54d", 0), ("53d", 11), ("53", 11), ("60天", 0)])
def test_a_run_that_is_too_old_fails(tmp_path: Path, gap: str, code: int) -> None:
    """--max-gap notices that a schedule was switched off: 54 days since 1 October."""
    folder = with_run(tmp_path, plan=FINE)
    document = checked(folder, "--max-gap", gap)

    assert document["exit_code"] == code
    assert [row["rule"] for row in document["findings"] if row["level"] == "fail"] == ["old_run"] * (code == 11)


def test_no_run_at_all_is_too_old(tmp_path: Path) -> None:
    """With --max-gap a run is asked for; --dir says where it is."""
    folder = workspace(tmp_path, plan=FINE)
    missing = checked(folder, "--max-gap", "40d")
    run_aiplus(["snapshot", "--dir", "kept", "--today", "2026-11-01"], folder)
    elsewhere = checked(folder, "--max-gap", "40d", "--dir", "kept")

    assert (missing["exit_code"], elsewhere["exit_code"]) == (11, 0)
    assert run_aiplus(["check", "--max-gap", "soon"], folder).code == 2


def test_checking_again_after_the_run_is_recorded_says_the_same(tmp_path: Path) -> None:
    """A run of the very files that are judged is this run, not the last one: a job can be started again."""
    folder = with_run(tmp_path)
    (folder / "progress.jsonl").write_text(LEDGER + lines(LOWER), encoding="utf-8")
    options = ["--since-last", "--fail-on", "missed", "--warn-on", "off_track"]
    before = checked(folder, *options)
    run_aiplus(["snapshot"], folder)
    again = checked(folder, *options)

    assert before["exit_code"] == 10
    assert again == before


def test_another_method_is_no_fall(tmp_path: Path) -> None:
    """A verdict of one method is not held against that of another."""
    folder = workspace(tmp_path)
    run_aiplus(["snapshot", "--today", "2026-10-01", "--method", "linear"], folder)

    assert "worsened" not in {row["rule"] for row in checked(folder, "--since-last")["findings"]}


def test_a_run_from_after_today_is_not_the_last_one(tmp_path: Path) -> None:
    """Looking back, a check knows only the runs of its day."""
    folder = with_run(tmp_path, day="2026-11-20")
    document = checked(folder, "--since-last", "--as-of", "2026-11-01")

    assert ("since-last", "warn", "no_run", None) in rules(document)


# --- formats ----------------------------------------------------------------------------------------------------

HOSTILE = "::error::x %0A ]]> <script>alert(1)</script> | `x` =cmd|' /C calc'!A0 [a](b)"


def hostile(folder: Path) -> Path:
    """A workspace whose names, reasons and sources are attacks."""
    quoted = HOSTILE.replace("'", "''")
    plan = PLAN.replace("en: GenAI", f"en: '{quoted}'").replace("zh: 生成式", f"zh: '{quoted}'")
    more = f"{OFF_TRACK}waivers:\n{waiver(reason=chr(39) + quoted + chr(39), milestone=FAR)}"
    ledger = LEDGER + lines(figure("51", "2026-09", "2026-10-30", source=HOSTILE, note=HOSTILE))
    return workspace(folder, more, plan=plan, ledger=ledger)


REPORTS: dict[str, Callable[[Path], Path]] = {
    "mixed": lambda folder: workspace(folder, f"{OFF_TRACK}waivers:\n{waiver(milestone=FAR)}"),
    "green": lambda folder: workspace(folder, plan=FINE),
    "empty": lambda folder: workspace(folder, plan=PLAN.split("indicators:")[0] + "indicators: []\n", ledger=""),
    "hostile": hostile,
}


@pytest.fixture(params=REPORTS)
def any_report(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A workspace of each kind."""
    return REPORTS[request.param](tmp_path)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format_name", FORMATS["check"])
def test_no_format_lets_a_control_character_through(any_report: Path, format_name: str, lang: str) -> None:
    """Escape codes and changes of direction are written out."""
    done = run_aiplus(["check", "--format", format_name, "--lang", lang], any_report)

    assert done.code in (0, 10, 11)
    assert re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.out) is None


def test_the_json_is_what_its_schema_says(any_report: Path) -> None:
    """Every key is there, in every case; nothing depends on the language."""
    schema = json.loads(run_aiplus(["schema", "check"], any_report).out)
    Draft202012Validator.check_schema(schema)
    texts = [
        run_aiplus(["check", "--list", "--format", "json", "--lang", lang], any_report).out for lang in ("zh", "en")
    ]
    problems = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(json.loads(texts[0]))

    assert [problem.message for problem in problems] == []
    assert texts[0] == texts[1]


def test_junit_is_read_by_a_junit_reader(any_report: Path) -> None:
    """Off track is a failure, what could not be judged an error, waived or without data skipped; the counts add up."""
    document = checked(any_report)
    text = run_aiplus(["check", "--format", "junit"], any_report).out
    xml = JUnitXml.fromstring(text.encode())
    cases = [case for suite in xml for case in suite if isinstance(suite, TestSuite)]
    failed = [case for case in cases if any(isinstance(result, Failure) for result in case.result)]
    errors = [case for case in cases if any(isinstance(result, Error) for result in case.result)]
    progress = {row["indicator"] for row in document["findings"] if (row["level"], row["kind"]) == ("fail", "progress")}

    assert all(len(case.result) <= 1 for case in cases)
    assert {case.name.split()[0] for case in failed} == progress
    assert bool(errors) == any(row["level"] == "fail" and row["kind"] != "progress" for row in document["findings"])
    assert (xml.tests, xml.failures, xml.errors) == (len(cases), len(failed), len(errors))
    assert all(result.message for case in cases for result in case.result)
    skipped = [case.name for case in cases if any(isinstance(result, Skipped) for result in case.result)]
    assert {row["indicator"] for row in document["waived"]} <= {name.split()[0] for name in skipped}


def test_sarif_is_valid_against_the_published_schema(any_report: Path) -> None:
    """Each result has a place in targets.yaml, an identity and a rule that is described; waived are suppressed."""
    document = checked(any_report)
    log = json.loads(run_aiplus(["check", "--format", "sarif"], any_report).out)
    schema = json.loads((DATA / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    problems = Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(log)
    (run,) = log["runs"]
    lines_of = [found["locations"][0]["physicalLocation"]["region"]["startLine"] for found in run["results"]]

    assert [problem.message for problem in problems] == []
    assert lines_of == [row["line"] for row in (*document["findings"], *document["waived"])]
    assert sum("suppressions" in found for found in run["results"]) == len(document["waived"])
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    assert run["invocations"][0]["exitCode"] == document["exit_code"]
    prints = [found["partialFingerprints"]["aiplusIdentity/v1"] for found in run["results"]]
    assert len(set(prints)) == len(prints)


COMMAND = re.compile(r"::(error|warning|notice) file=([^,:]+),line=(\d+),title=([^,:]*)::(.*)\Z")


def unescaped(text: str) -> str:
    """A workflow command's value as a runner reads it."""
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_commands_are_read_as_a_runner_reads_them(any_report: Path) -> None:
    """One command a line, at most ten; titles and messages come out as they were."""
    document = checked(any_report)
    commands = [
        COMMAND.match(line) for line in run_aiplus(["check", "--format", "github"], any_report).out.splitlines()
    ]

    assert all(commands)
    assert len(commands) == min(10, len(document["findings"]) + len(document["newly_met"]))
    for command, row in zip(commands, document["findings"], strict=False):
        assert command is not None
        assert command[1] == {"fail": "error", "warn": "warning"}[row["level"]]
        assert (command[2], int(command[3])) == ("targets.yaml", row["line"])
        assert unescaped(command[5]).startswith(row["message"].replace("\u202e", "\\x202e"))


def test_more_than_ten_findings_end_with_how_many_are_left_out(tmp_path: Path) -> None:
    """Nothing is dropped in silence: the last of ten commands counts the rest."""
    folder = many(tmp_path, 30)
    out = run_aiplus(["check", "--format", "github"], folder).out.splitlines()

    assert len(out) == 10
    assert out[-1].startswith(
        "::error file=targets.yaml,line=1,title=aiplus check::21 more; check: judged 30; failed 30"
    )


def many(folder: Path, count: int) -> Path:
    """A workspace of indicators off track."""
    one = (
        "  - {{id: many-{n}, name: {{zh: 第{n}, en: Number {n}}}, area: sci, measure: number, unit: '%',\n"
        "     range: [0, 100], direction: increase, frequency: annual,\n"
        "     targets: [{{milestone: '2027', op: '>', value: 90}}]}}\n"
    )
    plan = PLAN.split("indicators:")[0] + "indicators:\n" + "".join(one.format(n=n) for n in range(count))
    ledger = [
        figure(value, period, f"{period}-28", indicator=f"many-{n}", source="x" * 300)
        for n in range(count)
        for value, period in (("10", "2025-06"), ("11", "2026-06"))
    ]
    return workspace(folder, plan=plan, ledger=lines(*ledger))


def test_a_step_summary_stays_below_its_limit_and_says_what_it_cuts(tmp_path: Path) -> None:
    """GitHub drops a summary of a mebibyte without a word: ours ends at 900 KiB, after what was there before."""
    folder, before = many(tmp_path, 300), "# before\n" + "x" * (780 << 10)
    summary = tmp_path / "summary.md"
    summary.write_text(before, encoding="utf-8")
    environ = {"GITHUB_STEP_SUMMARY": str(summary)}
    done = run_aiplus(["check", "--format", "github"], folder, environ)
    first = summary.read_text(encoding="utf-8")
    again = run_aiplus(["check", "--format", "github"], folder, environ)

    assert (done.code, again.code) == (10, 10)
    assert first.startswith(f"{before}# Plan")
    assert len(first.encode()) > 890 * 1024
    assert summary.stat().st_size <= 900 * 1024
    assert first.rstrip().endswith("lists all")


def test_a_summary_that_cannot_be_written_changes_no_verdict(tmp_path: Path) -> None:
    """The code stays, and a warning says why."""
    done = run_aiplus(["check", "--format", "github"], workspace(tmp_path), {"GITHUB_STEP_SUMMARY": str(tmp_path)})

    assert done.code == 10
    assert "warning: the step summary cannot be written" in done.err


def test_gitlab_reads_one_issue_a_finding(any_report: Path) -> None:
    """Description, check, fingerprint, severity and place: what GitLab's code quality report needs."""
    document = checked(any_report)
    issues = json.loads(run_aiplus(["check", "--format", "gitlab"], any_report).out)

    assert [issue["location"]["lines"]["begin"] for issue in issues] == [row["line"] for row in document["findings"]]
    assert all(issue["severity"] in ("info", "minor", "major", "critical", "blocker") for issue in issues)
    assert all(issue["description"] and issue["check_name"] for issue in issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_markdown_keeps_its_rows_and_lets_no_tag_through(any_report: Path) -> None:
    """A row a finding, as many cells as the header, whatever the names say."""
    document = checked(any_report)
    text = run_aiplus(["check", "--format", "markdown"], any_report).out
    rows = [line.replace("\\\\", "").replace("\\|", "") for line in text.splitlines() if line.startswith("|")]

    assert len(rows) == (len(document["findings"]) + 2 if document["findings"] else 0)
    assert len({row.count("|") for row in rows}) <= 1
    assert "<script" not in text


ACCOUNT = (
    gates(
        "fail: [off_track], warn: [at_risk, stale]",
        "indicators: [gen], fail: [missed], ratchet: true, allow: [no_comparison]",
        "indicators: ['internet-*', role], fail: [stale], fail_probability_below: 0.5",
        "regions: [CN, CN-HN], fail: [missed, regression], since: 2026-08-01, allow: [no_data]",
        "milestones: ['2027'], areas: [sci], fail_probability_below: 0.5, warn: [at_risk]",
    )
    + f"waivers:\n{waiver(milestone=FAR)}{waiver(gate='g4', indicator='role')}"
)
"""Gates of which something passes, fails, warns, is waived, and is not judged, allowed or not."""
Account = set[tuple[str, str, str]]
"""Gate, what it is about, and what became of it."""


def about(*names: str | None) -> str:
    return " ".join(name for name in names if name)


def account_json(text: str) -> Account:
    """Every row of the list."""
    rows = json.loads(text)["checks"]
    return {(row["gate"], about(row["indicator"], row["region"], row["milestone"]), row["state"]) for row in rows}


def account_table(text: str) -> Account:
    """The first column, the ids, and the last one."""
    states = {"passed": "pass", "warning": "warn", "judged": "not_judged"}
    found = set()
    for row in (line.split() for line in text.splitlines()[2:]):
        place = next(index for index, word in enumerate(row) if word in ("gen", "role", "head", "internet-users"))
        name = about(*(word for word in row[place : place + 3] if word != "-"))
        found.add((row[0], name, states.get(row[-1], row[-1])))
    return found


def account_junit(text: str) -> Account:
    """Every case, by what a reader of JUnit takes it for."""
    found = set()
    for suite in JUnitXml.fromstring(text.encode()):
        for case in suite:
            name = re.sub(r" (evidence|probability|regression|worsened|ratchet)$", "", case.name)
            state = became(next(iter(case.result), None), case.system_out or "")
            found.add((suite.name.removeprefix("aiplus."), name, state))
    return found


def became(result: Any, said: str) -> str:
    if isinstance(result, Skipped):
        return "not_judged" if result.message.startswith("not judged") else "waived"
    if isinstance(result, Failure | Error):
        return "not_judged" if result.type == "not_judged" else "fail"
    return "warn" if said.startswith("warning") else "pass"


def account_sarif(text: str) -> Account:
    """Results, and notes of what was not judged."""
    (run,) = json.loads(text)["runs"]
    found = set()
    for each in run["results"]:
        failed = "not_judged" if each["ruleId"] == "not_judged" else "fail"
        state = "waived" if "suppressions" in each else {"error": failed, "warning": "warn"}[each["level"]]
        name = each["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
        found.add((each["properties"]["gate"], name, state))
    notes = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    return found | {(*noted(note), "not_judged") for note in notes}


def account_markdown(text: str) -> Account:
    """The table of findings, and the lists below it."""
    found, heading = set(), ""
    for line in text.replace("\\", "").splitlines():
        heading = line if line.startswith("## ") else heading
        level, _, rest = line.removeprefix("| ").partition(" | ")
        if level in ("fail", "warning"):
            failed = "not_judged" if ": not judged: " in rest else "fail"
            found.add((*noted(rest), {"fail": failed, "warning": "warn"}[level]))
        elif line.startswith("- "):
            state = {"## Waived": "waived", "## Not judged": "not_judged"}[heading]
            found.add((*noted(line.removeprefix("- ")), state))
    return found


def noted(text: str) -> tuple[str, str]:
    """Gate and row of `gen CN 2027 [g0]: …`."""
    name, _, rest = text.partition(" [")
    return rest.partition("]")[0], name


def test_every_format_accounts_for_the_same_rows(tmp_path: Path) -> None:
    """What the gates named and what became of it is one set in JSON, the list and JUnit; others leave out passes."""
    folder = workspace(tmp_path, ACCOUNT, plan=WITH_CONTEXT, ledger=LEDGER + USERS)
    outputs = [word for name in ("junit", "sarif", "markdown") for word in ("-o", f"{name}={name}")]
    whole = account_json(run_aiplus(["check", "--list", "--format", "json", *outputs], folder).out)
    junit, sarif, markdown = ((folder / name).read_text(encoding="utf-8") for name in ("junit", "sarif", "markdown"))
    noticed = {row for row in whole if row[2] != "pass"}

    assert {state for _, _, state in whole} == {"pass", "fail", "warn", "waived", "not_judged"}
    assert account_table(run_aiplus(["check", "--list", "--lang", "en"], folder).out) == whole
    assert account_junit(junit) == whole
    assert account_sarif(sarif) == noticed
    assert account_markdown(markdown) == noticed


def test_several_formats_at_once_are_each_whole(tmp_path: Path) -> None:
    """Files beside the page on standard output, each as it would be alone."""
    folder = workspace(tmp_path)
    alone = {name: run_aiplus(["check", "--format", name], folder).out for name in FORMATS["check"]}
    outputs = [word for name in FORMATS["check"] for word in ("--output", f"{name}={name}.out")]
    done = run_aiplus(["check", *outputs], folder)
    written = {name: (folder / f"{name}.out").read_text(encoding="utf-8") for name in FORMATS["check"]}

    assert (done.code, done.out) == (10, alone["text"])
    assert written == alone


@pytest.mark.parametrize(
    ("outputs", "code"),
    [
        (["junit="], 2),
        (["pdf=x"], 2),
        ([""], 2),
        (["a", "b"], 2),
        (["json=a", "sarif=a"], 2),
        (["junit=none/x.xml"], 4),
        (["junit=."], 4),
        (["junit=-"], 2),
        (["-", "a"], 2),
    ],
)
def test_an_output_that_cannot_be_is_refused(tmp_path: Path, outputs: list[str], code: int) -> None:
    """An unknown format, no file, or one file for two is usage; a folder that is not there is the environment."""
    words = [word for output in outputs for word in ("--output", output)]
    done = run_aiplus(["check", *words], workspace(tmp_path))

    assert done.code == code
    assert "Traceback" not in done.err


def test_an_output_that_cannot_be_written_costs_no_other(tmp_path: Path) -> None:
    """The other reports, the page and the sentence are there; then each that is not is named, with code 4."""
    folder = workspace(tmp_path)
    outputs = ["-o", "junit=none/a.xml", "-o", "sarif=b.sarif", "-o", "json=none/c.json", "-o", "-"]
    done = run_aiplus(["check", *outputs], folder)

    assert done.code == 4
    assert done.out == run_aiplus(["check"], folder).out
    assert json.loads((folder / "b.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert [line.split(":")[1] for line in done.err.splitlines() if line.startswith("error")] == [
        " none/a.xml",
        " none/c.json",
    ]
    assert "check: judged" in done.err


def test_places_are_told_from_the_top_of_the_checkout(tmp_path: Path) -> None:
    """Annotations need the path as the repository has it, not as the workspace does."""
    folder = workspace(tmp_path / "plans" / "ai")
    done = run_aiplus(["check", "--format", "github"], folder, {"GITHUB_WORKSPACE": str(tmp_path)})

    assert done.out.startswith("::error file=plans/ai/targets.yaml,line=")


PROVINCES = ("AH", "FJ", "GD", "GS", "HB", "HE", "HI", "JL", "JS", "ZJ")
TEN = lines(*(
    figure(value, period, f"{period}-28", region=f"CN-{code}")
    for code in PROVINCES
    for value, period in (("10", "2025-06"), ("11", "2025-12"), ("12", "2026-06"))
))  # fmt: skip


def test_one_line_of_the_plan_may_have_many_alerts(tmp_path: Path) -> None:
    """Ten provinces on one target are ten alerts for GitHub, which tells them by their first fingerprint."""
    folder = workspace(tmp_path, gates("regions: ['CN-*'], indicators: [gen], fail: [off_track]"), ledger=LEDGER + TEN)
    run = json.loads(run_aiplus(["check", "--format", "sarif", "--milestone", "2027"], folder).out)["runs"][0]
    results = [each for each in run["results"] if each["ruleId"] == "off_track"]
    found = [(each["partialFingerprints"]["primaryLocationLineHash"], each["locations"]) for each in results]

    assert len({first for first, _ in found}) == len(found) == 10
    assert len({place[0]["logicalLocations"][0]["fullyQualifiedName"] for _, place in found}) == 10


def test_xml_holds_whatever_the_ledger_holds(tmp_path: Path) -> None:
    """Characters that XML cannot carry are written out."""
    odd = figure("51", "2026-09", "2026-10-30", source="a\ufffeb\uffffc")
    text = run_aiplus(["check", "--format", "junit"], workspace(tmp_path, ledger=LEDGER + lines(odd))).out

    assert "a\\xfffeb\\xffffc" in text
    assert ET.fromstring(text).tag == "testsuites"  # noqa: S314 - our own output


# --- lists ------------------------------------------------------------------------------------------------------


def test_every_gate_is_listed_with_its_slack(tmp_path: Path) -> None:
    """What each gate asks of each result, what is there, and how much is left."""
    more = gates("fail: [off_track], warn: [stale]", "ratchet: true, tolerance: 1", "fail_probability_below: 0.01")
    rows = checked(workspace(tmp_path, more), "--list", "--milestone", "2027", "--indicator", "gen")["checks"]
    found = {(row["gate"], row["aspect"]): row for row in rows}

    assert found["g0", "verdict"]["slack"] < 0
    assert (found["g0", "evidence"]["slack"], found["g0", "evidence"]["slack_in"]) == (157, "days")
    assert (found["g1", "ratchet"]["slack"], found["g1", "ratchet"]["asked"]) == (1, 49)
    assert found["g2", "probability"]["slack"] > 0
    assert [row["state"] for row in found.values()] == ["fail", "pass", "pass", "pass"]


# --- exactly on the line ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("more", "found"), [("0", set()), ("1e-30", {"probability"})])
def test_a_probability_exactly_on_its_gate_passes(tmp_path: Path, more: str, found: set[str]) -> None:
    """`fail_probability_below` asks for the probability itself or more: equal is enough, a hair less is not."""
    plan, day = small_plan(tmp_path), date.fromisoformat(TODAY)
    entries = [figure(value, period, f"{period}-28") for value, period in (("30", "2025-06"), ("50", "2026-06"))]
    wanted = Selection(indicators=("gen",), milestones=("2027",))
    report = assess_plan(plan, current(entries, day), as_of=day, today=day, method="calibrated", selection=wanted)
    (chance,) = (row.outcome.probability for row in report.results if row.outcome and row.outcome.probability)
    with localcontext() as context:
        context.prec = 60
        gate = Gate(id="g").model_copy(update={"fail_probability_below": chance + Decimal(more)})
        checked = check_report(report, Question((gate,)))

    assert {finding.rule for finding in checked.findings} == found


@pytest.mark.parametrize(
    ("gate", "aspect"),
    [
        ("ratchet: true, tolerance: 10", "ratchet"),
        ("fail: [regression], since: 2026-09-30, tolerance: 10", "regression"),
    ],
)
def test_a_tolerance_met_exactly_passes_with_nothing_left(tmp_path: Path, gate: str, aspect: str) -> None:
    """A fall by just the tolerance is allowed: the slack is 0, without a sign, and the gate passes."""
    folder = workspace(tmp_path, gates(gate), ledger=LEDGER + lines(LOWER))
    options = ["--list", "--milestone", "2027", "--indicator", "gen"]
    (row,) = checked(folder, *options)["checks"]
    page = run_aiplus(["check", *options, "--lang", "en"], folder).out

    assert (row["aspect"], row["slack"], row["state"]) == (aspect, 0, "pass")
    assert re.search(r" 0\.0 pp +passed", page)


@pytest.mark.parametrize(("today", "days", "found"), [("2027-04-30", 0, "due"), ("2027-05-01", -1, "stale")])
def test_evidence_is_not_stale_on_the_last_day_of_its_grace(tmp_path: Path, today: str, days: int, found: str) -> None:
    """The grace holds to the end of its last day: nothing is left then, and the next day the evidence is stale."""
    folder = workspace(tmp_path, gates("indicators: [gen], milestones: ['2027'], fail: [stale]"))
    (row,) = checked(folder, "--as-of", TODAY, "--today", today, "--list")["checks"]

    assert (row["found"], row["slack"], row["state"]) == (found, days, "fail" if days < 0 else "pass")


def test_a_list_is_for_people_or_programs(tmp_path: Path) -> None:
    """Other formats have no place for it."""
    done = run_aiplus(["check", "--list", "--format", "junit"], workspace(tmp_path))

    assert done.code == 2
    assert "--list" in done.err


def small_plan(folder: Path) -> Plan:
    return load(write_workspace(folder, {"targets.yaml": PLAN}) / "targets.yaml")


@given(
    values=st.lists(st.decimals(1, 99, places=1), min_size=2, max_size=5),
    method=st.sampled_from(["linear", "open-sdg", "un", "calibrated", "agreement"]),
    failing=st.sampled_from([("off_track",), ("at_risk", "off_track"), ("missed",)]),
    day=st.sampled_from([date(2026, 11, 24), date(2028, 6, 1)]),
)
def test_the_slack_is_where_the_verdict_turns(
    values: list[Decimal], method: str, failing: tuple[Any, ...], day: date, tmp_path_factory: Any
) -> None:
    """With a latest value worse by a little more than the slack the verdict fails; by a little less, it does not."""
    plan = small_plan(tmp_path_factory.mktemp("slack"))
    periods = ("2024-06", "2024-12", "2025-06", "2025-12", "2026-06")[-len(values) :]

    def judged(latest: Decimal) -> Any:
        entries = [
            figure(str(value), period, f"{period}-28")
            for value, period in zip([*values[:-1], latest], periods, strict=True)
        ]
        report = assess_plan(
            plan, current(entries, day), as_of=day, today=day, method=method, selection=Selection(indicators=("gen",))
        )
        return next(row for row in report.results if row.indicator.id == "gen" and row.milestone.id == "2027")

    result = judged(values[-1])
    room = slack(result, failing, day)
    if room is None:
        return
    hair = Decimal("0.000001")

    assert (room < 0) == (result.verdict in failing)
    assert judged(values[-1] - room + hair).verdict not in failing
    assert judged(values[-1] - room - hair).verdict in failing


# --- the pure core ----------------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(PLAIN_WORDS), unique=True, max_size=4)


@given(fail=WORDS, warn=WORDS, asked_fail=st.none() | WORDS, asked_warn=st.none() | WORDS)
def test_overriding_asks_exactly_for_the_words_given(
    fail: list[Word], warn: list[Word], asked_fail: list[Word] | None, asked_warn: list[Word] | None
) -> None:
    """After --fail-on WORDS some gate fails on each of them and no gate on any other."""
    gate = Gate(id="g", fail=tuple(fail), warn=tuple(word for word in warn if word not in fail))
    asked_warn = [word for word in asked_warn if word not in (asked_fail or [])] if asked_warn is not None else None
    found = override(
        (gate,),
        tuple(asked_fail) if asked_fail is not None else None,
        tuple(asked_warn) if asked_warn is not None else None,
    )
    failing = {word for each in found for word in each.fail}
    warning = {word for each in found for word in each.warn}

    assert failing & warning == set()
    if asked_fail is not None:
        assert failing == set(asked_fail)
    if asked_warn is not None:
        assert warning == set(asked_warn)


@given(
    values=st.lists(st.decimals(0, 100, places=1), min_size=1, max_size=6),
    day=st.dates(date(2025, 1, 1), date(2031, 1, 1)),
)
def test_strict_only_ever_adds_failures(values: list[Decimal], day: date, tmp_path_factory: Any) -> None:
    """The findings are the same, all of them fail, and the code is never milder."""
    plan = small_plan(tmp_path_factory.mktemp("strict"))
    periods = ("2024-06", "2024-12", "2025-06", "2025-12", "2026-06", "2026-12")
    entries = [figure(str(v), p, f"{p}-28") for v, p in zip(values, periods, strict=False)]
    report = assess_plan(plan, current(entries, day), as_of=day, today=day, selection=Selection())
    plain, strict = (check_report(report, Question(plan.gates, strict=each)) for each in (False, True))

    assert {finding.identity for finding in plain.findings} == {finding.identity for finding in strict.findings}
    assert all(finding.level == "fail" for finding in strict.findings)
    assert (strict.exit_code != 0) >= (plain.exit_code != 0)


# --- the real workspace -----------------------------------------------------------------------------------------


def month_ends() -> list[str]:
    """The last days of the months from December 2024 to October 2026."""
    firsts = [date(year, month, 1) for year in (2025, 2026) for month in range(1, 13)]
    return [str(first - timedelta(days=1)) for first in firsts if first <= date(2026, 11, 1)]


@pytest.mark.parametrize("day", month_ends())
def test_every_month_of_the_real_workspace_is_checked(day: str) -> None:
    """A finding about a verdict repeats what the status says, and every result off track is found."""
    status = json.loads(run_aiplus(["status", "--as-of", day, "--format", "json"], REPOSITORY).out)
    rows = {(row["indicator"], row["milestone"]): row for row in status["results"]}
    document = checked(REPOSITORY, "--as-of", day)
    found = {(row["indicator"], row["milestone"]): row for row in document["findings"] if row["rule"] == "off_track"}
    off_track = {key for key, row in rows.items() if row["verdict"] == "off_track" and row["lead_proxy"] is None}

    assert found.keys() == off_track
    assert all(rows[key]["verdict"] == row["verdict"] for key, row in found.items())
    assert document["exit_code"] == (10 if off_track else 0)
