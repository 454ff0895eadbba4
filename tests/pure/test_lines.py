"""A line of the ledger: which entry it gives, the id that its content has, and what is said of one that gives none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import figure, rating, withdrawal

from aiplus_cli.errors import Message, Problem
from aiplus_cli.ledger.entries import Entry, Figure
from aiplus_cli.ledger.lines import (
    MAX_LINE,
    decode,
    decode_figures,
    encode,
    encode_all,
    id_of,
    ids_of,
    line_problem,
    with_id,
)
from conftest import LEDGER

WHERE = "progress.jsonl:7"
MERGED = Message("a merge left its mark here")
BOTH = Message("remove the marks and keep the entries of both sides; repeated lines count once")
ONLY = Message("write the ledger with 'aiplus record' only")
RESTORE = Message("restore the line as it was recorded; docs/ledger.md describes the fields")


@pytest.mark.parametrize(
    "entry", [figure(), figure("-0"), figure("50", bound=">"), rating("met"), withdrawal("0123456789abcdef")]
)
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
        ("-0", "0"),
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


# --- many lines at once -----------------------------------------------------------------------------------------------

TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('"\\/\n\t\x00\x7f统计“”ée+-.0')), max_size=8
)
NUMBERS = st.from_regex(r"-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,6})?([eE][+-]?[0-9]{1,4})?", fullmatch=True)
FIGURES = st.builds(
    figure,
    NUMBERS,
    TEXTS,
    indicator=TEXTS,
    region=TEXTS,
    bound=st.sampled_from(["", ">", "<", "~"]),
    status=st.sampled_from("APEFB"),
    published=st.dates(date(1, 1, 1)),
    source=TEXTS,
    url=TEXTS,
    note=TEXTS,
    replaces=TEXTS,
    recorded_by=TEXTS,
)
WRITTEN: list[Callable[[dict[str, object]], str]] = [
    json.dumps,
    lambda fields: json.dumps(fields, ensure_ascii=False, separators=(",", ":")),
    lambda fields: json.dumps(fields, sort_keys=True),
    lambda fields: " " + json.dumps(fields, separators=(" , ", " :  ")) + " \t",
]
"""The same figure as other programs write it: escaped, compact, in another order, with blanks."""


def otherwise(entry: Figure, write: Callable[[dict[str, object]], str]) -> bytes:
    """The line of a figure, its number as it is, in another form."""
    fields = json.loads(encode(entry), parse_float=str, parse_int=str)
    number = fields["value"]
    return write({**fields, "value": 0.5}).replace(": 0.5", f": {number}").replace(":0.5", f":{number}").encode()


def looked_at_one_by_one(lines: list[bytes]) -> list[Figure] | None:
    """What the lines are, read one after the other: None where one of them is no figure under its own id."""
    entries = [entry for line in lines if (entry := read_alone(line))]
    return entries if len(entries) == len(lines) else None


def read_alone(line: bytes) -> Figure | None:
    try:
        entry = decode(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, Figure) and id_of(entry) == entry.id else None


@given(st.lists(FIGURES, min_size=1, max_size=4))
def test_figures_read_together_are_those_read_one_by_one(figures: list[Figure]) -> None:
    """With any texts, numbers and bounds."""
    assert decode_figures([encode(entry) for entry in figures]) == figures


@given(FIGURES, st.sampled_from(WRITTEN))
def test_figures_are_read_together_however_they_are_written(
    entry: Figure, write: Callable[[dict[str, object]], str]
) -> None:
    """With escapes, blanks and keys in another order: as one by one."""
    line = otherwise(entry, write)

    assert decode_figures([line]) == looked_at_one_by_one([line])


@given(FIGURES, FIGURES, st.data())
def test_a_changed_line_is_never_accepted_together_with_others(
    entry: Figure, other: Figure, data: st.DataObject
) -> None:
    """Whatever byte of it was changed, cut out or put in: nothing passes that would not pass alone."""
    line = encode(entry)
    at = data.draw(st.integers(0, len(line) - 2))
    put = data.draw(st.binary(max_size=2))
    changed = line[:at] + put + line[at + data.draw(st.integers(0, 2)) :]

    lines = [encode(other), changed]

    assert decode_figures(lines) == looked_at_one_by_one(lines)


@pytest.mark.parametrize(
    "line",
    [
        encode(figure("52.25")).replace(b"52.25", b"52.26"),
        encode(figure("52.25")).replace(b"52.25", b'"52.25"'),
        encode(figure("52.25")).replace(b"52.25", b' "52.25"'),
        encode(figure("52.25", id="0123456789abcdef")),
        encode(figure("52.25")).replace(b"{", b"{" + b" " * MAX_LINE),
        encode(rating("met")),
        encode(withdrawal("0123456789abcdef")),
        b"\n",
        b"[" * 5000,
    ],
)
def test_a_line_that_needs_a_closer_look_is_not_read_together_with_others(line: bytes) -> None:
    """An edited, forged, quoted, overlong or empty one, and whatever is no figure."""
    assert decode_figures([encode(figure()), line, encode(figure("41"))]) is None


ENTRIES = st.one_of(
    FIGURES,
    st.builds(rating, st.sampled_from(["met", "at_risk"]), note=TEXTS, replaces=TEXTS),
    st.builds(withdrawal, TEXTS, reason=TEXTS, recorded_by=TEXTS),
    st.sampled_from([figure(source='","'), figure(source='{"id":"","x"', note='"replaces":"",', url="a\nb\r")]),
)


@given(st.lists(st.tuples(ENTRIES, st.booleans()), max_size=5))
def test_entries_written_together_are_those_written_one_by_one(entries: list[tuple[Entry, bool]]) -> None:
    """Figures, ratings and withdrawals with any texts, whether they have the id of their content yet or none."""
    given_ids = [entry if has_id else msgspec.structs.replace(entry, id="") for entry, has_id in entries]

    assert encode_all(given_ids, ids_of(given_ids)) == [encode(with_id(entry)) for entry in given_ids]
