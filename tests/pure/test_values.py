"""Values of tables, in the indicator's unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made import indicator

from aiplus_cli.errors import InputProblem
from aiplus_cli.intake.values import (
    english_unit,
    is_missing,
    is_share,
    parse_value,
    split_unit,
    without_footnote,
)

USERS = {"zh": "亿人", "en": "100m people"}
PEOPLE = {"zh": "人", "en": "people"}


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("3百", "人", "300"),
        ("3百人", "人", "300"),
        ("12百万人", "人", "12000000"),
        ("4千", "人", "4000"),
        ("4千万人", "人", "40000000"),
        ("5万人", "人", "50000"),
        ("6亿人", "人", "600000000"),
        ("6千亿元", "元", "600000000000"),
        ("1.2万亿元", "元", "1200000000000"),
        ("300人", "百人", "3"),
        ("23000万", "亿人", "2.3"),
        ("5百万", "万人", "500"),
        ("0万", "亿人", "0"),
        ("5.150亿人", "亿人", "5.15"),
        ("5.150", "亿人", "5.150"),
        ("70%", "%", "70"),
        (".5", "%", "0.5"),
        ("+52", "%", "52"),
        ("1,234,567人", "人", "1234567"),
        ("1 234 567人", "人", "1234567"),
        ("(1,5)", "%", None),
        ("(1.5)", "%", "-1.5"),
        ("(1.5%)", "%", "-1.5"),
        ("−1.5", "%", "-1.5"),
    ],
)
def test_a_scale_is_converted_to_that_of_the_unit(text: str, unit: str, number: str | None) -> None:
    """百 is a hundred, 万 ten thousand; zeros that come from the scale go, those that were published stay."""
    if number is None:
        with pytest.raises(InputProblem):
            parse_value(text, indicator(unit))
    else:
        assert str(parse_value(text, indicator(unit)).number) == number


def test_a_hundred_is_no_part_of_percentage_points() -> None:
    """百 scales a number, but 百分点 is another unit, and no scale."""
    assert split_unit("百人") == ("百", "人")
    assert split_unit("百分点") == ("", "百分点")
    with pytest.raises(InputProblem, match="not in the unit"):
        parse_value("3百分点", indicator("%"))


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("7 people", PEOPLE, "7"),
        ("7people", PEOPLE, "7"),
        ("7", PEOPLE, "7"),
        ("7人", PEOPLE, "7"),
        ("7万人", PEOPLE, "70000"),
    ],
)
def test_a_value_may_carry_the_english_unit(text: str, unit: dict[str, str], number: str) -> None:
    """Whoever writes English gets the same number."""
    assert str(parse_value(text, indicator(unit)).number) == number


def test_the_english_unit_of_a_table_is_the_unit_of_the_indicator() -> None:
    """`100m people` over a column is 亿人, and the number stays as it is."""
    assert english_unit(indicator(USERS)) == "100mpeople"
    assert english_unit(indicator("%")) == ""
    assert str(parse_value("5.15", indicator(USERS), unit="100m people").number) == "5.15"


@pytest.mark.parametrize("text", ["7 persons", "7 万people", "7 %", "7元"])
def test_another_unit_is_refused(text: str) -> None:
    """Nothing is converted that may be something else."""
    with pytest.raises(InputProblem, match="is not in the unit of share, 人"):
        parse_value(text, indicator(PEOPLE))


@pytest.mark.parametrize(
    ("text", "table", "number"),
    [
        ("5784", "万元", "57840000"),
        ("5784", "元", "5784"),
        ("5784", "", "5784"),
        ("5784万", "万元", "57840000"),
        ("5784万元", "万元", "57840000"),
        ("5784万元", "元", "57840000"),
        ("5784万", "元", "57840000"),
        ("5784元", "万元", None),
        ("5784亿元", "万元", None),
        ("5784人", "元", None),
        ("5784", "人", None),
    ],
)
def test_the_unit_of_a_table_holds_for_numbers_without_one(text: str, table: str, number: str | None) -> None:
    """A cell that names another scale or noun than its table is a contradiction, never a guess."""
    if number is None:
        with pytest.raises(InputProblem):
            parse_value(text, indicator("元"), unit=table)
    else:
        assert str(parse_value(text, indicator("元"), unit=table).number) == number


def test_what_is_wrong_with_a_value_names_it_its_place_and_the_way_out() -> None:
    """Three kinds of refusal: no value, another unit, a contradiction with the table."""
    cases = [
        (("abc", "%", ""), "'abc' is no value", "write a number such as 42.8, 42.8%, >50% or 5.15亿"),
        (("3 cm", "亿元", ""), "'3 cm' is not in the unit of share, 亿元", "convert it to that unit"),
        (("3人", "亿元", "人"), "'3人' is not in the unit of share, 亿元", "convert it to that unit"),
        (("3", "亿元", "cm"), "'3cm' is not in the unit of share, 亿元", "convert it to that unit"),
        (
            ("3亿元", "亿元", "万元"),
            "'3亿元' and the unit 万元 of the table contradict each other",
            "correct the one that is wrong",
        ),
    ]
    for (text, unit, table), what, fix in cases:
        with pytest.raises(InputProblem) as refused:
            parse_value(text, indicator(unit), where="C7", unit=table)
        (problem,) = refused.value.problems
        assert (problem.where, str(problem.what), str(problem.fix)) == ("C7", what, fix)
    with pytest.raises(InputProblem) as refused:
        parse_value("", indicator())
    assert refused.value.problems[0].where == "VALUE"


@pytest.mark.parametrize(
    ("text", "unit", "table", "bare"),
    [
        ("50", "%", "", True),
        ("50%", "%", "", False),
        ("50", "%", "%", False),
        ("5亿", "亿人", "", False),
        (">50", "%", "", True),
    ],
)
def test_a_bare_number_is_one_whose_unit_nobody_said(text: str, unit: str, table: str, bare: bool) -> None:  # noqa: FBT001
    """Neither in the cell nor in the table."""
    assert parse_value(text, indicator(unit), unit=table).bare is bare


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        *((word + "50", ">") for word in ("超过", "突破", "超", "逾", "高于", "大于", "多于", ">", "＞")),
        *((word + "50", "<") for word in ("接近", "逼近", "低于", "不足", "不到", "小于", "近", "<")),
        *((word + "50", "~") for word in ("大约", "约为", "约", "~", "≈")),
        *((word + "50", ">=") for word in ("不低于", "不少于", "至少", "≥", ">=", "at least ", "No less than ")),
        *(
            (word + "50", "<=")
            for word in ("不超过", "不高于", "不多于", "至多", "≤", "<=", "at most ", "No more than ")
        ),
        *((word + "50", ">") for word in ("more than ", "More than")),
        *((word + "50", "<") for word in ("less than ", "少于", "不满")),
        *(("50" + word, ">=") for word in ("以上", "及以上", "%以上", " or more")),
        *(("50" + word, "<=") for word in ("以下", "及以下", "以内", "%以下", " or less")),
        ("50多", ">"),
        ("50左右", "~"),
        ("50上下", "~"),
        ("50", ""),
    ],
)
def test_words_before_and_after_a_number_bound_it(text: str, bound: str) -> None:
    """超 is a floor, 近 a ceiling, 约 neither; 以上 and 以下 include the number itself."""
    value = parse_value(text, indicator("%"))

    assert (value.number, value.bound) == (Decimal(50), bound)


@pytest.mark.parametrize(
    "mark", ["[1]", "[注1]", "［12］", "【3】", "〔4〕", "*", "＊", "注1", "(注2)", "（注）", "[1]*"]
)
def test_the_mark_of_a_footnote_is_no_part_of_a_number(mark: str) -> None:
    """42.8[1] is 42.8."""
    assert str(parse_value(f"42.8{mark}", indicator("%")).number) == "42.8"


@pytest.mark.parametrize("mark", ["①", "¹", "[1]", "［注1］", "*", "(注2)", " ①", "①②", "⑴", "⒈", "❶", "①*"])
def test_the_mark_of_a_footnote_is_no_part_of_a_name(mark: str) -> None:
    """普及率① is 普及率."""
    assert without_footnote(f" 普及率{mark} ").strip() == "普及率"


@pytest.mark.parametrize("mark", ["²", "₂", "①", "⑴", "⒈", "❶", "½", "Ⅳ", "ⅳ", "〇", "٤", "४", "𝟒", "㈠", "🄁"])
@pytest.mark.parametrize(
    "text", ["42.8{}", "42.8{}%", "42{}.8", "42.8%{}", "{}42.8", "{}", "4.2{}万", "超50{}%", "42.8 {}"]
)
def test_what_is_no_digit_is_neither_read_as_one_nor_left_out(text: str, mark: str) -> None:
    """Raised, enclosed, Roman, of another script: nobody can say whether a digit is meant, or a footnote."""
    text = text.format(mark)
    with pytest.raises(InputProblem) as refused:
        parse_value(text, indicator("%"), where="C7")
    (problem,) = refused.value.problems

    assert (problem.where, str(problem.what)) == ("C7", f"'{text}' has {mark} in it, and only 0-9 are digits")
    assert str(problem.fix) == "write the number in plain digits, and a footnote into the note"


@pytest.mark.parametrize(
    ("text", "unit"), [("5 km²", "km²"), ("5万km²", "km²"), ("5", "km²"), ("5 m3", "m3"), ("5", "CO₂")]
)
def test_a_unit_may_have_digits_and_marks_of_its_own(text: str, unit: str) -> None:
    """Square kilometres are no footnote."""
    assert parse_value(text, indicator(unit)).number in (5, 50000)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("9" * 24, "元", "9" * 24),
        ("0." + "1" * 24, "元", "0." + "1" * 24),
        ("1" + "0" * 23 + "元", "元", "1" + "0" * 23),
        ("0.000000000000000000000001", "%", "0.000000000000000000000001"),
        ("9" * 25, "元", None),
        ("9" * 29 + "%", "%", None),
        ("1." + "1" * 24, "元", None),
        ("1." + "0" * 27 + "1", "元", None),
        ("9" * 5000, "元", None),
    ],
)
def test_a_number_is_kept_to_its_last_digit_or_refused(text: str, unit: str, number: str | None) -> None:
    """At most 24 digits; nothing is rounded."""
    if number is None:
        with pytest.raises(InputProblem, match="is not a number of at most 24 digits"):
            parse_value(text, indicator(unit))
    else:
        assert f"{parse_value(text, indicator(unit)).number:f}" == number


def test_a_scale_never_rounds_and_never_breaks() -> None:
    """Twenty-four digits of 万亿 are too many for the ledger, and still are what they are."""
    assert f"{parse_value('9' * 24 + '万亿', indicator('元')).number:f}" == "9" * 24 + "0" * 12
    assert f"{parse_value('0.' + '1' * 23, indicator('亿元'), unit='元').number:f}" == "0." + "0" * 8 + "1" * 23


@pytest.mark.parametrize(
    "text",
    ["42 8", "1 2", "1. 5", "12 34 567", "+", "-", ".", "%", "1 234 56", "五十"],
)
def test_what_may_mean_two_things_is_no_value(text: str) -> None:
    """A blank may have lost its comma, and words are not counted."""
    with pytest.raises(InputProblem, match="is no value"):
        parse_value(text, indicator("%"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "--",
        "—",
        "——",
        "–",
        "―",
        "…",
        "……",
        "...",
        "..",
        "/",
        " N/A ",
        "NA",
        "null",
        "None",
        "NaN",
        "无",
        "暂无",
        "缺",
    ],
)
def test_a_cell_that_says_that_there_is_no_figure_is_missing(text: str) -> None:
    """Dashes, dots and words of statistical tables, in either case."""
    assert is_missing(text)


@pytest.mark.parametrize("text", ["0", "-1", "x", "---", "无人"])
def test_a_cell_with_anything_else_is_not_missing(text: str) -> None:
    """Zero is a figure."""
    assert not is_missing(text)


@pytest.mark.parametrize(
    ("text", "scale", "noun"),
    [
        ("亿元", "亿", "元"),
        (" 亿 元 ", "亿", "元"),
        ("亿", "亿", ""),
        ("元", "", "元"),
        ("％", "", "%"),
        ("Percent", "", "%"),
        ("百分比", "", "%"),
        ("percentage", "", "percentage"),
        ("千亿元", "千亿", "元"),
        ("", "", ""),
    ],
)
def test_a_unit_is_a_scale_and_a_noun(text: str, scale: str, noun: str) -> None:
    """亿元 is 亿 and 元; per cent has three names."""
    assert split_unit(text) == (scale, noun)


def test_a_share_is_what_is_measured_in_per_cent() -> None:
    """In one language or two; a number of people is none."""
    assert is_share(indicator("%"))
    assert is_share(indicator({"zh": "百分比", "en": "percent"}))
    assert not is_share(indicator("人"))
    assert not is_share(indicator("百%"))
