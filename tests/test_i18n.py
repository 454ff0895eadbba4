"""Chinese for every sentence: the catalogue and the program say the same things."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from babel.messages import Message as Entry

import catalogue
from aiplus_cli.errors import Message
from aiplus_cli.words.enums import WORDS
from aiplus_cli.words.i18n import text, translate, word

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


# --- what is gathered -------------------------------------------------------------------------------------------

CODE = """
Message("one {n}", n=1)
self.say("either" if chosen else "or")
errors.Message.plural("{n} day", "{n} days", n=n)
Word("verdict", "met")
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


def test_one_and_many_read_differently_in_english() -> None:
    """`1 day`, `2 days`, `0 days`."""
    said = [str(Message.plural("{n} day", "{n} days", n=n)) for n in (0, 1, 2)]

    assert said == ["0 days", "1 day", "2 days"]


def test_an_empty_text_stays_empty() -> None:
    """Gettext would answer with the header of the catalogue."""
    assert text("", "zh") == ""
