"""A line of the ledger: which entry it gives, the id that its content has, and what is said of one that gives none."""

from __future__ import annotations

import re
from datetime import date

import pytest
from made import figure, rating, withdrawal

from aiplus_cli.errors import Message, Problem
from aiplus_cli.ledger.lines import decode, encode, id_of, line_problem
from conftest import LEDGER

WHERE = "progress.jsonl:7"
MERGED = Message("a merge left its mark here")
BOTH = Message("remove the marks and keep the entries of both sides; repeated lines count once")
ONLY = Message("write the ledger with 'aiplus record' only")
RESTORE = Message("restore the line as it was recorded; docs/ledger.md describes the fields")


@pytest.mark.parametrize("entry", [figure(), figure("50", bound=">"), rating("met"), withdrawal("0123456789abcdef")])
def test_what_was_written_is_read(entry: object) -> None:
    """A figure, a rating and a withdrawal are told apart by what they say."""
    assert decode(encode(entry)) == entry  # type: ignore[arg-type]


def test_the_id_of_a_content_stays_what_it_always_was() -> None:
    """That of the lines that ledgers have by now, and of a withdrawal."""
    lines = [decode(line.encode()) for line in LEDGER.splitlines(keepends=True)]
    assert [id_of(entry) for entry in lines] == [entry.id for entry in lines]
    gone = withdrawal("4e85ddec1941a32e", reason="wrong table", published=date(2026, 11, 24))
    assert gone.id == "c52af83c47186ae9"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("50", "50.0"),
        ("50", "5E+1"),
        ("50", "050"),
        ("0.5", "5E-1"),
        ("1000", "1E+3"),
        ("1E+999", "1" + "0" * 999),
        ("1E-999", "0." + "0" * 998 + "1"),
    ],
)
def test_numbers_of_the_same_value_are_the_same_content(one: str, other: str) -> None:
    """However they are written."""
    assert id_of(figure(one)) == id_of(figure(other))


@pytest.mark.parametrize(
    ("one", "other"), [("50", "5"), ("50", "500"), ("0.5", "5"), ("1E+1000", "1" + "0" * 1000), ("-5", "5")]
)
def test_other_numbers_are_other_contents(one: str, other: str) -> None:
    """Zeros count where they say something; what is beyond a thousand digits is taken as it is written."""
    assert id_of(figure(one)) != id_of(figure(other))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('"50.0"', "the value is a text; a number stands without quotes"),
        ('"Infinity"', "the value is not a finite number"),
        ('"AT_RISK"', "Invalid decimal string"),
        ('"at risk"', "Invalid decimal string"),
        ("null", "Expected `decimal`, got `null`"),
    ],
)
@pytest.mark.parametrize("blank", [b"", b" "])
def test_a_value_is_a_number_or_the_word_of_a_rating(value: str, said: str, blank: bytes) -> None:
    """With or without a blank before it."""
    raw = re.sub(rb'"value":[^,]*', b'"value":' + blank + value.encode(), encode(figure()))
    with pytest.raises(ValueError, match=re.escape(said)):
        decode(raw)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (
            b"x" * 65537,
            Problem(
                WHERE,
                Message("the line has 65537 bytes"),
                Message("an entry is at most 64 KiB; cut this line out of the file"),
            ),
        ),
        (b"<<<<<<< HEAD\n", Problem(WHERE, MERGED, BOTH, "<<<<<<< HEAD")),
        (b"=======\n", Problem(WHERE, MERGED, BOTH, "=======")),
        (b">>>>>>> side\n", Problem(WHERE, MERGED, BOTH, ">>>>>>> side")),
        (b"||||||| base\n", Problem(WHERE, MERGED, BOTH, "||||||| base")),
        (b'{"id":"\xff"}\n', Problem(WHERE, Message("not UTF-8"), ONLY)),
        (
            b'{"id":"01',
            Problem(
                WHERE,
                Message("the last line is torn: it was cut off while being written and was never acknowledged"),
                Message("cut this line out of the file into another one, then record its figure again"),
                '{"id":"01',
            ),
        ),
        (
            b"[" * 3 + b"\n",
            Problem(
                WHERE,
                Message("not an entry of the ledger: {why}", why="the text breaks off"),
                RESTORE,
                "[[[",
            ),
        ),
        (
            b"{\x07" + b"y" * 200 + b"\n",
            Problem(
                WHERE,
                Message("not an entry of the ledger: no JSON from byte 1 on"),
                RESTORE,
                "{·" + "y" * 118,
            ),
        ),
    ],
)  # fmt: skip
def test_a_line_that_is_no_entry_is_named_with_its_cause_and_the_way_out(raw: bytes, problem: Problem) -> None:
    """Too long, a mark of a merge, other bytes than UTF-8, torn, or something else; with its first 120 signs."""
    with pytest.raises((ValueError, RecursionError)) as fault:
        decode(raw)
    assert line_problem(WHERE, raw, fault.value) == problem
