"""What a ledger must be before anything is judged on it, and what `validate` says of it besides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, strategies
from made import figure, indicator, rating, withdrawal

from aiplus_cli.errors import Problem
from aiplus_cli.ledger.entries import Entry, Figure
from aiplus_cli.ledger.soundness import (
    conflict_key,
    indicator_problem,
    kind_problem,
    ledger_problems,
    value_problems,
    waiver_problems,
)
from aiplus_cli.plan.load import load
from aiplus_cli.plan.records import Plan
from aiplus_cli.plan.texts import clean, unseen
from conftest import PLAN

LISTED = "'aiplus plan' lists the indicators; add new ones to targets.yaml"
MERGE = "merge the branch that holds that line, or restore it"
MANY = "the value is not a number of at most 24 digits"
PERIODS = "write 2025, 2025-H1, 2025-Q3, 2025-06 or 2025-06-30"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """The small plan that the tests share."""
    path = tmp_path / "targets.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return load(path)


def said(problems: list[Problem]) -> list[tuple[str, str, str]]:
    """Where, what and how to mend it."""
    return [(problem.where, str(problem.what), str(problem.fix)) for problem in problems]


def head(value: str = "40", period: str = "2025-12", **changes: object) -> Figure:
    """A figure of the plan's first indicator, a share from 0 to 100."""
    return figure(value, period, **{"indicator": "head", **changes})


def checked(plan: Plan, *entries: Entry) -> list[tuple[str, str, str]]:
    """What is wrong with entries that stand at the lines 10, 11, …"""
    return said(list(ledger_problems(plan, "p.jsonl", entries, range(10, 10 + len(entries)))))


def test_entries_that_fit_the_plan_are_sound(plan: Plan) -> None:
    """Figures inside their range, both ends included, ratings, and references within the ledger."""
    first, mark = head("0"), rating("met")
    entries: list[Entry] = [first, head("100", "2026"), figure("-7", indicator="users"), mark]

    assert checked(plan, *entries, head("1", replaces=first.id), withdrawal(mark.id)) == []


@pytest.mark.parametrize(
    ("entry", "what", "fix"),
    [
        (head(indicator="hed"), "unknown indicator 'hed'", "did you mean head?"),
        (head(indicator="zzz"), "unknown indicator 'zzz'", LISTED),
        (head("100.1"), "the value 100.1 is outside the range [0, 100]", "check the figure and its unit at the source"),
        (head("-0.1"), "the value -0.1 is outside the range [0, 100]", "check the figure and its unit at the source"),
        (head("1e24", indicator="users"), MANY, "check the figure at its source"),
        (head("-1e24", indicator="users"), MANY, "check the figure at its source"),
        (head("1." + "1" * 30), MANY, "check the figure at its source"),
        (head("1e-31"), MANY, "check the figure at its source"),
        (head(region="Hunan"), "'Hunan' is no region", "write CN, CN-HN, 湖南 or 430000"),
        (head(period="June"), "'June' is no period", PERIODS),
        (head(indicator="role"), "'40' is no value for role", "write a rating: met, on_track, at_risk or off_track"),
        (rating("met", indicator="head"), "'met' is no value for head", "write a number"),
        (head(replaces="x"), "refers to x, which is not in the ledger", MERGE),
        (withdrawal("y"), "refers to y, which is not in the ledger", MERGE),
    ],
)  # fmt: skip
def test_an_entry_that_does_not_fit_is_named_with_its_line(plan: Plan, entry: Entry, what: str, fix: str) -> None:
    """And those before and after it are still looked at."""
    assert checked(plan, head(source="other"), entry, head("50", "2026")) == [("p.jsonl:11", what, fix)]


def test_everything_that_is_wrong_with_an_entry_is_said(plan: Plan) -> None:
    """Value, region and period, and again for the next entry of that place."""
    wrong = head("101", "June", region="x")

    whats = [what for _, what, _ in checked(plan, wrong, wrong)]
    assert whats == ["the value 101 is outside the range [0, 100]", "'x' is no region", "'June' is no period"] * 2


@pytest.mark.parametrize(
    "entry",
    [
        head("101"),
        head("1e-31"),
        head(indicator="nobody"),
        head(indicator="role"),
        rating("met", "2025-12", indicator="head"),
    ],
)
def test_a_place_that_was_sound_once_excuses_nothing(plan: Plan, entry: Entry) -> None:
    """The region and period of a good figure are known; what else it says is looked at each time."""
    later, latest = head(published=date(2026, 2, 1)), head("50", published=date(2026, 2, 2))

    assert len(checked(plan, later, latest, entry)) == 1


@pytest.mark.parametrize("value", ["9e23", "1." + "1" * 23, "1e-24", "-9e23", "0"])
def test_a_number_has_at_most_24_digits_before_and_behind_its_point(value: str) -> None:
    """Together."""
    assert list(value_problems(indicator("人"), Decimal(value))) == []


def test_a_word_for_a_number_says_what_is_expected() -> None:
    """Of the indicator that was named."""
    wrong = kind_problem(indicator(), "many")

    assert (str(wrong.what), str(wrong.fix)) == ("'many' is no value for share", "write a number")
    assert [str(fault.what) for fault in value_problems(indicator(), "many")] == ["'many' is no value for share"]


def test_lines_that_refer_to_each_other_in_a_circle_are_named(plan: Plan) -> None:
    """No real content gives such ids."""
    one, other = head("1", id="a", replaces="b"), head("2", id="b", replaces="a")

    [problem] = checked(plan, one, other)
    assert problem[0] == "p.jsonl"
    assert problem[1].startswith("these lines replace or withdraw each other in a circle: ")
    assert {"a", "b"} <= set(problem[1].rpartition(": ")[2].split(", "))
    assert problem[2] == "such ids were forged; restore the lines as they were recorded"


def test_an_unknown_indicator_is_answered_with_the_nearest_ones(plan: Plan) -> None:
    """Of the plan."""
    assert str(indicator_problem(plan, "user").fix) == "did you mean users?"


# --- validate ------------------------------------------------------------------------------------------------------


def validated(*entries: Entry) -> list[tuple[str, str, str]]:
    """What `validate` says of entries that stand at the lines 10, 11, …"""
    return said(list(ledger_problems(None, "p.jsonl", entries, range(10, 10 + len(entries)))))


def test_a_sound_ledger_has_nothing_to_say() -> None:
    """A correction, a forecast beside its figure, and one more source are no conflict."""
    first = figure("1")
    entries: list[Entry] = [
        first,
        figure("2", replaces=first.id),
        figure("3", status="F"),
        figure("4", source="other"),
        figure("5", published=date(2026, 2, 1)),
        figure("6", region="CN-HN"),
        figure("7", "2026"),
        figure("8", indicator="other"),
    ]

    assert validated(*entries) == []


@pytest.mark.parametrize(
    "entry",
    [
        figure("1", "2026", source="a\x07"),
        figure("1", "2026", url="a\x85"),
        figure("1", "2026", note="a\u2028"),
        figure("1", "2026", recorded_by="a\x1f"),
        withdrawal(figure("1").id, reason="a\x7f"),
        withdrawal(figure("1").id, recorded_by="\x00"),
    ],
)
def test_control_characters_are_named_in_every_text(entry: Entry) -> None:
    """They could hide what a terminal shows."""
    assert validated(figure("1"), entry) == [
        ("p.jsonl:11", "control characters in a text", "withdraw the line and record it again without")
    ]


@pytest.mark.parametrize("changes", [{"indicator": "other"}, {"region": "CN-HN"}])
def test_a_correction_of_another_series_is_named(changes: dict[str, str]) -> None:
    """The id was mistaken."""
    old = figure("1")
    wrong = figure("2", "2026", replaces=old.id, **changes)

    assert validated(old, wrong) == [
        (
            "p.jsonl:11",
            f"replaces {old.id}, which is of share CN",
            f"withdraw this line with 'aiplus withdraw {wrong.id}', then record it without",
        )
    ]
    assert validated(old, wrong, withdrawal(wrong.id)) == []


def test_a_second_correction_of_one_entry_is_named() -> None:
    """So is a correction of what was withdrawn; a correction of the correction is in order, as are two withdrawals."""
    old = figure("1")
    one, other = figure("2", replaces=old.id), figure("3", replaces=old.id, source="other")
    after = figure("3", replaces=one.id)
    gone, again = withdrawal(old.id), withdrawal(old.id, reason="still wrong")
    what = f"{old.id} is no longer in force: line 11 corrects or withdraws it too"

    assert validated(old, one, other) == [
        ("p.jsonl:12", what, f"withdraw the wrong one: aiplus withdraw {other.id} (or {one.id}) --reason …")
    ]
    assert [problem[:2] for problem in validated(old, gone, one)] == [("p.jsonl:12", what)]
    assert validated(old, one, other, withdrawal(other.id)) == []
    assert validated(old, one, after) == []
    assert validated(old, gone, again) == []


def test_a_withdrawal_is_named_that_could_not_have_been_written() -> None:
    """Before the entry was published, without a reason; a correction replaces figures, not withdrawals."""
    old = figure("1", published=date(2026, 2, 1))
    gone = withdrawal(old.id, published=date(2026, 2, 1))

    assert [what for _, what, _ in validated(old, withdrawal(old.id))] == [
        "2026-01-01 is before the entry was published, 2026-02-01"
    ]
    assert [what for _, what, _ in validated(figure("1"), withdrawal(figure("1").id, reason=""))] == [
        "the reason is empty"
    ]
    assert [what for _, what, _ in validated(old, gone, figure("2", replaces=gone.id))] == [
        f"replaces {gone.id}, which is a withdrawal"
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("CN\u200bNIC", "U+200B"),
        ("CNNIC\u200d", "U+200D"),
        ("\ufeffCNNIC", "U+FEFF"),
        ("CN\u202eNIC\u202c", "U+202E, U+202C"),
        ("CN\u2066NIC", "U+2066"),
        ("CN\u00adNIC", "U+00AD"),
        ("CNNIC\U000e0041", "U+E0041"),
        ("CNNIC\ufe0f", "U+FE0F"),
        ("CNNIC\u3164", "U+3164"),
        ("CNNIC\u00a0第57次", "U+00A0"),
        ("CNNIC ", "U+0020"),
        (" CNNIC", "U+0020"),
        ("CNNIC\u3000", "U+3000"),
        ("Caf\u0065\u0301", "U+0065, U+0301"),
    ],
)
def test_characters_that_nobody_sees_are_named_by_their_codes(text: str, codes: str) -> None:
    """Else two sources could look like one; an entry that was withdrawn is named no more."""
    wrong = figure("1", source=text)
    what = f"characters that nobody sees in a text, or a blank at an end: {codes}"

    assert validated(wrong) == [("p.jsonl:10", what, "withdraw the line and record it again without")]
    assert validated(wrong, withdrawal(wrong.id)) == []


def test_what_people_see_is_left_alone() -> None:
    """Chinese with its wide blank and punctuation, accents, emoji without selectors."""
    text = "国家统计局\u3000《公报》，第57次 Café №1 → 😀"

    assert clean(text) == text
    assert unseen(text) == []


@given(strategies.text())
def test_a_cleaned_text_is_clean(text: str) -> None:
    """Cleaning twice changes nothing, and what is clean has nothing that nobody sees."""
    assert clean(clean(text)) == clean(text)
    assert (unseen(text) == []) == (clean(text) == text)


def test_a_figure_cannot_be_published_before_its_period_begins() -> None:
    """Unless it is a forecast; `import` refuses it too."""
    assert [what for _, what, _ in validated(figure("1", "2027"))] == [
        "2027 begins after the figure was published, 2026-01-01"
    ]
    assert validated(figure("1", "2027", status="F")) == []


def test_a_text_has_an_end() -> None:
    """Of 2,000 characters."""
    assert validated(figure("1", note="x" * 2000)) == []
    assert [what for _, what, _ in validated(figure("1", note="x" * 2001))] == [
        "a text of 2001 characters; at most 2000"
    ]


def test_one_figure_said_twice_is_no_conflict() -> None:
    """Two branches may have recorded it, one with a note; another status says something else."""
    assert validated(figure("1"), figure("1.0", note="seen twice")) == []
    assert len(validated(figure("1"), figure("1", status="P"))) == 1
    assert len(validated(figure("1"), figure("1", bound=">"))) == 1


def test_two_values_of_one_source_on_one_day_are_a_conflict() -> None:
    """Unless one was withdrawn; a third is told of the first."""
    one, other, third = figure("1"), figure("2"), figure("3", status="P")

    assert validated(one, other, withdrawal(other.id)) == []
    assert validated(figure("0", "2024"), one, figure("9", "2026"), other, third) == [
        (
            f"p.jsonl:{line}",
            f"share CN 2025-12: {wrong.value} here and 1 at line 11, from one source on one day",
            f"withdraw the wrong one: aiplus withdraw {wrong.id} (or {one.id}) --reason …",
        )
        for line, wrong in ((13, other), (14, third))
    ]


def test_two_forecasts_of_one_source_on_one_day_are_a_conflict_too() -> None:
    """What may be said once is a value for an indicator, region, period, source and day, and one forecast of it."""
    assert conflict_key(figure("1")) == ("share", "CN", "2025-12", "office", date(2026, 1, 1), "")
    assert conflict_key(figure("1", status="F"))[-1] == "F"
    assert len(validated(figure("1", status="F"), figure("2", status="F"))) == 1


def test_ids_in_a_circle_are_not_asked_for_conflicts() -> None:
    """Which of them is in force cannot be said."""
    one, other = figure("1", id="a", replaces="b"), figure("2", id="b", replaces="a")

    assert [where for where, _, _ in validated(one, other)] == ["p.jsonl"]


# --- waivers -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expires", "granted", "long"),
    [("2026-06-30", "", 0), ("2026-07-01", "", 1), ("2026-07-01", "granted: 2026-05-01, ", 0)],
)
def test_a_waiver_without_its_day_lasts_180_days_at_most(tmp_path: Path, expires: str, granted: str, long: int) -> None:
    """From the day on which it is asked about; one that says since when it holds was judged by the plan."""
    path = tmp_path / "targets.yaml"
    waiver = f'{{gate: g, indicator: head, milestone: "2027", {granted}expires: {expires}, reason: r, owner: b}}'
    gate = "policy: {gates: [{id: g, fail: [off_track]}]}"
    path.write_text(f"{PLAN}{gate}\nwaivers:\n  - {waiver}\n", encoding="utf-8")

    found = said(waiver_problems(load(path), "t.yaml", date(2026, 1, 1)))

    line = len(PLAN.splitlines()) + 3
    assert (
        found
        == [
            (
                f"t.yaml:{line}",
                "the waiver expires on 2026-07-01, more than 180 days after 2026-01-01",
                "let it expire by 2026-06-30, or say with 'granted' since when it holds",
            )
        ]
        * long
    )
    assert waiver_problems(load(path), "t.yaml", date(9999, 12, 1)) == []
