"""Documents as JSON text: exact numbers, and nothing in them that a terminal or a job's log obeys."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aiplus_cli.contract.encode import as_text, encode_json, encode_line, harmless
from aiplus_cli.contract.methods import methods_document
from aiplus_cli.contract.values import Amount, Measure, Share
from aiplus_cli.errors import Message
from aiplus_cli.judge.methods import METHODS


def test_a_line_is_compact_and_a_document_is_indented() -> None:
    """Both end with a line end and keep the digits of a number as they were published."""
    content = {"value": Decimal("50.10"), "on": date(2026, 6, 30), "text": "超50%"}

    assert encode_line(content) == '{"value":50.10,"on":"2026-06-30","text":"超50%"}\n'
    assert encode_json(content) == '{\n  "value": 50.10,\n  "on": "2026-06-30",\n  "text": "超50%"\n}\n'


def test_what_is_worked_out_is_written_shorter_than_it_is() -> None:
    """A sentence is its English; amounts and shares have six decimals, a measure fifteen digits."""
    third = Decimal(1) / 3
    said = {"a": Amount(third), "m": Measure(third), "s": Share(third), "why": Message("no {what}", what="figure")}

    assert encode_line(said) == '{"a":0.333333,"m":0.333333333333333,"s":0.333333,"why":"no figure"}\n'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\u202eb", "a\\u202eb"),
        ("\x7f\x9f", "\\u007f\\u009f"),
        ("\u200b\ufeff", "\\u200b\\ufeff"),
        ("\U000e0041", "\\udb40\\udc41"),
        ("##[group]", "\\u0023#[group]"),
        ("##vso[task]", "\\u0023#vso[task]"),
        ("# #[a] ##vsx[", "# #[a] ##vsx["),
        ("普及率 >50%", "普及率 >50%"),
    ],
)
def test_what_a_log_may_obey_or_hide_is_escaped(text: str, written: str) -> None:
    """Direction marks, invisible tags and the commands of a build's log; nothing else is touched."""
    assert harmless(text) == written


@given(text=st.text())
def test_an_escaped_text_comes_out_as_it_was(text: str) -> None:
    """Whoever reads the JSON has the same characters."""
    assert json.loads(encode_json({"text": text})) == {"text": text}
    assert json.loads(encode_line([text])) == [text]


def test_bytes_that_are_no_text_are_written_out() -> None:
    """A file's name may have them."""
    assert as_text("a\udcff") == "a\\udcff"


def test_the_list_of_methods_is_a_document_of_its_name() -> None:
    """Every method stands in it, in their order."""
    found = methods_document()

    assert found.schema == "aiplus.methods/1"
    assert [row.name for row in found.methods] == list(METHODS)
