"""English and Chinese: sentences by their English templates, words by their enum values."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from aiplus_cli.errors import Bilingual, Message, written
from aiplus_cli.words.enums import WORDS, EnumWord

if TYPE_CHECKING:
    from gettext import NullTranslations

_LOCALE = Path(__file__).with_name("locale")


def translate(message: Message, lang: str) -> str:
    """The sentence in a language, with the messages and lists among its values."""
    template = _template(message) if lang == "zh" else message.english
    return template.format(**{key: _said(value, lang) for key, value in message.values.items()})


def _said(value: object, lang: str) -> object:
    if isinstance(value, Message):
        return translate(value, lang)
    if isinstance(value, list):
        return translate(Message(", "), lang).join(str(_said(item, lang)) for item in value)
    if isinstance(value, Bilingual):
        return value.zh if lang == "zh" else value.en
    if isinstance(value, EnumWord):
        return _word(value, lang)
    return written(value) if isinstance(value, Decimal) else value


def word(name: str, lang: str) -> str:
    """The word for an enum value."""
    return _word(WORDS[name], lang)


def _word(found: EnumWord, lang: str) -> str:
    return _chinese().pgettext(*found) if lang == "zh" else found.english


def text(english: str, lang: str, *, context: str | None = None) -> str:
    """A text without values, such as one of --help; where it is in no catalogue, as it is."""
    if lang != "zh" or not english:  # the empty text is what gettext keeps the head of a catalogue under
        return english
    return _chinese().gettext(english) if context is None else _chinese().pgettext(context, english)


def _template(message: Message) -> str:
    if message.many is None:
        return _chinese().gettext(message.template)
    return _chinese().ngettext(message.template, message.many, message.n)


@cache
def _chinese() -> NullTranslations:
    """The compiled catalogue, read when the first sentence needs it."""
    from gettext import translation

    return translation("aiplus", _LOCALE, ["zh"])
