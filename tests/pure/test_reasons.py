"""Why a result is judged as it is: one sentence from its numbers, in English and in Chinese."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import assessed, figure, rating

from aiplus_cli.contract.phrases import enough
from aiplus_cli.contract.reasons import because
from aiplus_cli.contract.status import result_row
from aiplus_cli.judge.compare import verdicts_by_method
from aiplus_cli.judge.records import Assessment
from aiplus_cli.ledger.entries import Figure
from aiplus_cli.words.i18n import translate

RISE: dict[str, Any] = {"targets": [{"milestone": "2027", "op": ">", "value": 70}], "unit": "%"}
FALL: dict[str, Any] = {
    "targets": [{"milestone": "2027", "op": "<", "value": 30}],
    "unit": "%",
    "direction": "decrease",
}
GOAL: dict[str, Any] = {"targets": [{"milestone": "2027", "clause": "明显增强"}]}
BEFORE, AFTER = "2026-06-01", "2028-06-01"
Known = tuple[Figure, ...]


def known(*values: str, first: int = 2024, **last: Any) -> Known:
    """Yearly figures from a year on; `last` is what is special about the latest."""
    made = [figure(value, str(first + index)) for index, value in enumerate(values[:-1])]
    return (*made, figure(values[-1], str(first + len(made)), **last))


def judged(figures: Known, asked: dict[str, Any] = RISE, today: str = BEFORE, method: str = "linear") -> Assessment:
    """The series judged by a method on a day."""
    return assessed(today, *figures, method=method, **asked)


@pytest.mark.parametrize(
    ("figures", "asked", "english", "chinese"),
    [
        (
            known("50", "60"),
            RISE,
            (
                "ahead of its path by 3.3 percentage points, and has to rise by 5.0 percentage points a year from here "
                "(0.50 times the pace so far)"
            ),
            "领先于路径3.3个百分点，且此后每年须上升5.0个百分点（为以往速度的0.50倍）",
        ),
        (
            known("50", "53"),
            RISE,
            (
                "behind its path by 3.7 percentage points, and has to rise by 8.5 percentage points a year from here "
                "(2.83 times the pace so far)"
            ),
            "落后于路径3.7个百分点，且此后每年须上升8.5个百分点（为以往速度的2.83倍）",
        ),
        (
            known("50", "50", "56.7", first=2023),
            RISE,
            "on its path, but has to rise by 6.6 percentage points a year from here (1.99 times the pace so far)",
            "符合路径，但此后每年须上升6.6个百分点（为以往速度的1.99倍）",
        ),
        (
            known("50", "50"),
            RISE,
            (
                "behind its path by 6.7 percentage points, and has to rise by 10.0 percentage points a year from here "
                "(so far it has not moved)"
            ),
            "落后于路径6.7个百分点，且此后每年须上升10.0个百分点（以往没有变化）",
        ),
        (
            known("50", "48"),
            RISE,
            (
                "behind its path by 8.7 percentage points, and has to rise by 11.0 percentage points a year from here "
                "(so far it fell by 2.0 percentage points a year)"
            ),
            "落后于路径8.7个百分点，且此后每年须上升11.0个百分点（以往年均下降2.0个百分点）",
        ),
        (
            known("50", "60", bound=">"),
            RISE,
            (
                "ahead of its path by at least 3.3 percentage points, and has to rise by at most 5.0 percentage points "
                "a year from here (at most 0.50 times the pace so far)"
            ),
            "领先于路径至少3.3个百分点，且此后每年须上升至多5.0个百分点（为以往速度的至多0.50倍）",
        ),
        (
            known("50", "60", bound="~"),
            RISE,
            (
                "bounds leave open whether it is ahead of its path, and has to rise by about 5.0 percentage points a "
                "year from here (about 0.50 times the pace so far)"
            ),
            "数据仅为上下限，无法确定是否领先于路径，且此后每年须上升约5.0个百分点（为以往速度的约0.50倍）",
        ),
        (
            known("50", "40"),
            FALL,
            (
                "ahead of its path by 3.3 percentage points, and has to fall by 5.0 percentage points a year from here "
                "(0.50 times the pace so far)"
            ),
            "领先于路径3.3个百分点，且此后每年须下降5.0个百分点（为以往速度的0.50倍）",
        ),
        (
            known("50", "40", bound="<"),
            FALL,
            (
                "ahead of its path by at least 3.3 percentage points, and has to fall by at most 5.0 percentage points "
                "a year from here (at most 0.50 times the pace so far)"
            ),
            "领先于路径至少3.3个百分点，且此后每年须下降至多5.0个百分点（为以往速度的至多0.50倍）",
        ),
        (
            known("50", "52"),
            FALL,
            (
                "behind its path by 8.7 percentage points, and has to fall by 11.0 percentage points a year from here "
                "(so far it rose by 2.0 percentage points a year)"
            ),
            "落后于路径8.7个百分点，且此后每年须下降11.0个百分点（以往年均上升2.0个百分点）",
        ),
        (
            known("75", "68"),
            RISE,
            (
                "worse than the level to hold by 2.0 percentage points, and has to rise by 1.0 percentage points a "
                "year from here (so far it fell by 7.0 percentage points a year)"
            ),
            "劣于应保持的水平2.0个百分点，且此后每年须上升1.0个百分点（以往年均下降7.0个百分点）",
        ),
        (
            known("75", "70"),
            RISE,
            "at the level to hold; moving away from the target",
            "处于应保持的水平；与目标方向相反",
        ),
    ],
)
def test_the_sentence_says_where_it_stands_and_what_is_needed(
    figures: Known, asked: dict[str, Any], english: str, chinese: str
) -> None:
    """Against the pace so far; what speaks otherwise than the clause before it begins with "but"."""
    said = because(judged(figures, asked))
    assert str(said) == english
    assert translate(said, "zh") == chinese


@pytest.mark.parametrize(
    ("figures", "asked", "today", "english", "chinese"),
    [
        (
            known("50", "75", status="P"),
            RISE,
            BEFORE,
            "beyond the target by 5.0 percentage points, which is met since 2025; the figure is not final",
            "优于目标值5.0个百分点，自2025起已达标；数据并非最终数",
        ),
        (
            known("50", "25"),
            FALL,
            BEFORE,
            (
                "beyond the target by 5.0 percentage points, which is met since 2025; its day, 2027-12-31, is still to "
                "come"
            ),
            "优于目标值5.0个百分点，自2025起已达标；尚未到期（2027-12-31）",
        ),
        (
            known("50", "75", "76", first=2025),
            RISE,
            AFTER,
            "beyond the target by 6.0 percentage points, which is met since 2026; its day has passed",
            "优于目标值6.0个百分点，自2026起已达标；已到期",
        ),
        (
            known("50", "65", first=2026),
            RISE,
            AFTER,
            "short of the target by 5.0 percentage points on its day; its day has passed",
            "到期时距目标值尚差5.0个百分点；已到期",
        ),
        (
            known("50", "70", first=2026),
            RISE,
            AFTER,
            "exactly at the target, which is strict; its day has passed",
            "恰好等于目标值，而目标要求优于该值；已到期",
        ),
        (
            known("50", "65", first=2025),
            RISE,
            "2028-01-15",
            (
                "the figure of the period that ended on 2027-12-31 decides; it should be out by 2028-04-29; "
                "the latest is of 2026"
            ),
            "由截至 2027-12-31 的时期的数据决定，应于 2028-04-29 前公布；最新数据为 2026",
        ),
        (
            known("60", first=2025),
            RISE,
            BEFORE,
            "one figure in three years shows no pace; a lone figure has no path",
            "三年内仅有一个数据，无法看出速度；只有一个数据，没有路径",
        ),
    ],
)
def test_what_is_decided_or_cannot_be_says_by_how_much_or_what_is_missing(
    figures: Known, asked: dict[str, Any], today: str, english: str, chinese: str
) -> None:
    """Met: by how much, since when, and whether that can change; missed: by how much; else what is awaited."""
    said = because(judged(figures, asked, today))
    assert str(said) == english
    assert translate(said, "zh") == chinese


@pytest.mark.parametrize(
    ("method", "asked", "english", "chinese"),
    [
        (
            "un",
            RISE,
            ", and at its growth so far, 82.8 % of the way is covered by its day",
            "，且按以往增速，到期可完成所需变化的82.8%",
        ),
        ("open-sdg", RISE, ", and its yearly growth is 0.84 times what is required", "，且年均增速为所需增速的0.84倍"),
        ("open-sdg", GOAL, "its yearly growth towards the goal is 10.0 %", "朝目标方向的年均增速为10.0%"),
    ],
)
def test_a_method_without_a_chance_says_its_measure(method: str, asked: Any, english: str, chinese: str) -> None:
    """In words."""
    said = because(judged(known("50", "55"), asked, method=method))
    assert str(said).endswith(english)
    assert translate(said, "zh").endswith(chinese)


def test_a_chance_is_said_with_its_word_and_what_came_of_past_cases() -> None:
    """After "but" where the figure is ahead and slow enough."""
    result = judged(known("50", "60"), method="calibrated")
    assert result.outcome is not None
    assert ", but the chance to arrive in time is " in str(because(result)) or result.verdict == "on_track"
    assert " past " in str(because(result))


def test_a_rating_is_said_to_be_one() -> None:
    """By whom, and that nothing was measured."""
    result = assessed(BEFORE, rating("at_risk"), measure="rating", direction=None, range=None, **GOAL)
    assert str(because(result)) == "rated by analyst, not measured"


def test_methods_that_differ_are_named() -> None:
    """With what each of them says."""
    result = judged(known("50", "60"), method="calibrated")
    by_method = dict(verdicts_by_method(result)) | {"linear": "on_track", "calibrated": "off_track"}
    said = str(because(result, by_method))
    assert said.startswith(str(because(result)))
    assert "; the verdict hangs on the method (" in said
    assert because(result, dict.fromkeys(by_method, "off_track")) == because(result)


def test_a_unit_that_is_no_share_stands_behind_the_number() -> None:
    """In the language of the sentence."""
    asked = {**RISE, "unit": {"zh": "亿人", "en": "million people"}}
    said = because(judged(known("50", "60"), asked))
    assert "by 5.0 million people a year" in str(said)
    assert "上升5.0 亿人" in translate(said, "zh")


@given(
    st.integers(1, 99),
    st.integers(1, 99),
    st.sampled_from(["linear", "un", "open-sdg", "calibrated", "agreement"]),
    st.sampled_from(["", ">", "<", "~"]),
    st.sampled_from([RISE, FALL]),
)
def test_the_words_agree_with_verdict_and_position(
    first: int, last: int, method: str, bound: Any, asked: dict[str, Any]
) -> None:
    """Whatever the figures are: ahead is said of what is ahead, and only what is met or missed is said to be."""
    result = judged(known(str(first), str(last), bound=bound), asked, method=method)
    said = str(because(result))
    assert said
    starts = {"ahead": ("ahead", "better"), "behind": ("behind", "worse"), "on_path": ("on its path", "at the level")}
    if result.position and result.verdict in ("on_track", "at_risk", "off_track"):
        assert said.startswith(starts[result.position])
    assert said.startswith(("beyond", "at the target")) == (result.verdict == "met")
    assert ("rise" in said) <= (asked is RISE)


@pytest.mark.parametrize(
    ("figures", "asked", "english", "chinese"),
    [
        (known("50", "55"), RISE, "with 57 or more in 2025 it would be on track", "2025若不低于57，即判定为按期"),
        (known("50", "45"), FALL, "with 43 or less in 2025 it would be on track", "2025若不高于43，即判定为按期"),
    ],
)
def test_what_would_have_been_enough_is_said(figures: Known, asked: dict[str, Any], english: str, chinese: str) -> None:
    """As exact as the figure is published."""
    result = judged(figures, asked)
    said = enough(result_row(result), result.indicator)
    assert said is not None
    assert str(said).replace(" %", "") == english
    assert translate(said, "zh").replace(" %", "") == chinese


def test_nothing_is_enough_that_is_on_track_or_cannot_be() -> None:
    """On track nothing is asked; where only the target or no value would do, that is said."""
    fast = judged(known("50", "60"))
    assert enough(result_row(fast), fast.indicator) is None
    full = judged(known("50", "55"), {**RISE, "targets": [{"milestone": "2027", "op": ">", "value": 100}]})
    assert "or more in 2025" in str(enough(result_row(full), full.indicator))
