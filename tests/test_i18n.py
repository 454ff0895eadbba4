"""Chinese for every sentence: the catalogue and the program say the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages import Message as Entry

import catalogue
from aiplus_cli.errors import Message
from aiplus_cli.words.enums import WORDS
from aiplus_cli.words.i18n import text, translate, word
from conftest import LEDGER, PLAN, run_aiplus, write_workspace

ENTRIES = [entry for entry in catalogue.kept() if entry.id]


def english(entry: Entry) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def test_every_sentence_has_its_chinese_and_no_other_is_kept() -> None:
    """Whatever the program can say in English it can say in Chinese, with the same values, checked by somebody."""
    found = {text for text, _ in catalogue.gathered()}

    assert {"Definition", "Milestones", "Verdict", "did you mean {near}?", "Only this indicator.", "on track"} <= found
    assert catalogue.faults() == []


def test_the_catalogue_is_written_as_make_words_writes_it() -> None:
    """Sorted, a sentence a line, without places or dates: `make words` on a complete catalogue changes nothing."""
    assert catalogue.PO.read_bytes() == catalogue.po_text(catalogue.kept())


def test_translations_fit_a_gbk_terminal() -> None:
    """A Chinese Windows terminal, which writes GBK, can show every translation."""
    for chinese in map(catalogue.chinese_of, ENTRIES):
        assert chinese.encode("gbk").decode("gbk") == chinese


@pytest.mark.parametrize("name", WORDS)
def test_every_word_is_said_in_both_languages(name: str) -> None:
    """Each verdict, freshness and status is a word in English and another in Chinese."""
    assert word(name, "en").isascii()
    assert not word(name, "zh").isascii()


# --- punctuation ------------------------------------------------------------------------------------------------

_CODE = re.compile(r"'[^']*'|`[^`]*`|\[[^\]]*\]|https?://\S+|docs/\S+")
_HAN = r"[\u3000-\u9fff\uff00-\uffef“”]"
_HALF = re.compile(rf"{_HAN} ?[,:;?!()]|[,:;?!()] ?{_HAN}")


def half_width(chinese: str) -> list[str]:
    """Marks of half width that stand next to hanzi; code, addresses and intervals in brackets are as they are."""
    return _HALF.findall(_CODE.sub("码", chinese))


@pytest.mark.parametrize("chinese", ["普及率: 无", "普及率 (2025)", "可用:无", "好(a", "(好", "是否?", "一, 二"])
def test_a_mark_of_half_width_is_found(chinese: str) -> None:
    """`普及率: 无` is English punctuation in a Chinese sentence."""
    assert half_width(chinese)


def test_chinese_sentences_have_chinese_punctuation() -> None:
    """`普及率：`, not `普及率:`; a value counts as hanzi, for it may be some."""
    said = {chinese: half_width(re.sub(r"\{\w+\}", "值", chinese)) for chinese in map(catalogue.chinese_of, ENTRIES)}

    assert {chinese: marks for chinese, marks in said.items() if marks} == {}


@pytest.mark.parametrize(
    "command",
    [
        "status", "status --compare", "status --format markdown", "show gen --explain", "show users", "plan", "log",
        "methods", "due", "diff 2025-10-01 2026-10-31", "forecast gen", "check --list", "check --format text",
        "check --format markdown", "record gen 51 --period 2026-H1 --dry-run", "status --area nowhere",
    ],
)  # fmt: skip
def test_what_is_put_together_has_chinese_punctuation(command: str, tmp_path: Path) -> None:
    """Names, values and sentences are joined by the marks of the language too."""
    write_workspace(tmp_path, {"targets.yaml": PLAN, "progress.jsonl": LEDGER})
    done = run_aiplus([*command.split(), "--lang", "zh"], tmp_path)
    lines = (done.out + done.err).splitlines()

    assert lines
    assert {line: half_width(line) for line in lines if half_width(line) and "waivers" not in line} == {}


# --- what is gathered -------------------------------------------------------------------------------------------

CODE = """
Message("one {n}", n=1)
self.say("either" if chosen else "or")
errors.Message.plural("{n} day", "{n} days", n=n)
EnumWord("verdict", "met")
other("nothing"), Message(variable), say(Message("inner"), lang)
"""


def test_sentences_are_gathered_where_they_are_said() -> None:
    """From `Message`, `say`, `Message.plural` and `Word`, whichever way they are called."""
    expected = {
        ("one {n}", None),
        ("either", None),
        ("or", None),
        (("{n} day", "{n} days"), None),
        ("met", "verdict"),
        ("inner", None),
    }

    assert set(catalogue.texts_of(CODE)) == expected


def entries() -> Iterator[tuple[Entry, str]]:
    yield Entry("{n} days", "{n} 天", flags=["fuzzy"]), "fuzzy, check its Chinese and remove the mark"
    yield Entry("{n} days", ""), "without Chinese"
    yield Entry("{n} days", "{m} 天"), "names other values than the English"
    yield Entry(("{n} day", "{n} days"), ("天",)), "names other values than the English"


@pytest.mark.parametrize(("entry", "fault"), list(entries()))
def test_what_is_wrong_with_a_translation_is_said(entry: Entry, fault: str) -> None:
    """A guess nobody has checked, an empty one, one with other values."""
    assert list(catalogue.entry_faults(entry)) == [f"{fault}: {entry.id!r}"]


# --- how it is said ---------------------------------------------------------------------------------------------


def test_a_sentence_within_a_sentence_is_translated_too() -> None:
    """The reason of the system stands in the language of the sentence around it."""
    message = Message("cannot be read: {why}", why=Message("permission denied"))

    assert translate(message, "zh") == "无法读取：没有权限"
    assert translate(message, "en") == str(message) == "cannot be read: permission denied"


def test_a_list_is_said_with_the_commas_of_the_language() -> None:
    """`a, b` and `a、b`; its items may be sentences."""
    message = Message("use one of: {allowed}", allowed=["json", Message("Ledger")])

    assert translate(message, "en") == str(message) == "use one of: json, Ledger"
    assert translate(message, "zh") == "可用：json、台账"


def test_one_and_many_read_differently_in_english() -> None:
    """`1 day`, `2 days`, `0 days`."""
    said = [str(Message.plural("{n} day", "{n} days", n=n)) for n in (0, 1, 2)]

    assert said == ["0 days", "1 day", "2 days"]


def test_an_empty_text_stays_empty() -> None:
    """Gettext would answer with the header of the catalogue."""
    assert text("", "zh") == ""
