"""Chinese and English: sentences by their English templates, words for enum values, and lines that fit hanzi."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from aiplus_cli.errors import Message

WORDS: dict[str, tuple[str, str]] = {
    "met": ("met", "已达标"),
    "on_track": ("on track", "按期"),
    "at_risk": ("at risk", "有风险"),
    "lagging": ("lagging", "落后"),
    "missed": ("missed", "未达标"),
    "insufficient_data": ("too few data", "数据不足"),
    "no_data": ("no data", "无数据"),
    "not_quantified": ("not rated", "未评级"),
    "virtually_certain": ("virtually certain", "几乎确定"),
    "extremely_likely": ("extremely likely", "极有可能"),
    "very_likely": ("very likely", "很可能"),
    "likely": ("likely", "可能"),
    "about_as_likely_as_not": ("about as likely as not", "或许可能"),
    "unlikely": ("unlikely", "不太可能"),
    "very_unlikely": ("very unlikely", "很不可能"),
    "extremely_unlikely": ("extremely unlikely", "极不可能"),
    "exceptionally_unlikely": ("exceptionally unlikely", "几乎不可能"),
    "fresh": ("fresh", "新"),
    "due": ("due", "待更新"),
    "stale": ("stale", "过期"),
    "none": ("none", "无"),
    "overdue": ("overdue", "逾期"),
    "missing": ("no figure yet", "尚无数据"),
    "excused": ("excused", "已说明"),
    "awaited": ("awaited", "待公布"),
    "status_P": ("prov.", "初步"),
    "status_E": ("est.", "估计"),
    "status_F": ("forecast", "预测"),
    "status_B": ("break", "口径变更"),
    "status_A": ("", ""),
}
"""English and Chinese for each enum value shown to people; files and JSON keep the value itself."""


def word(name: str, lang: str) -> str:
    """The word for an enum value."""
    return WORDS[name][1 if lang == "zh" else 0]


def translate(message: Message, lang: str) -> str:
    """The sentence in a language; values that are messages themselves are translated too."""
    from aiplus_cli.words.catalogue import ZH

    values = {
        key: translate(value, lang) if isinstance(value, Message) else value for key, value in message.values.items()
    }
    template = ZH.get(message.template, message.template) if lang == "zh" else message.template
    return template.format(**values)


_OPENING, _CLOSING = r"（《“‘「【", r"，。；：、？！）》”’」】…),.;:\]"
_HANZI = r"\u2e80-\uffef"
_DOCUMENT = r"\(?[\u4e00-\u9fff]{1,4}〔\d+〕\d+号"  # 国发〔2025〕11号 stays in one piece


@cache
def _words() -> re.Pattern[str]:
    """What may not be broken, and blanks; compiled when first needed, as such wide ranges take milliseconds."""
    return re.compile(
        rf"\s+|\[[^\s\]]*\]"
        rf"|[{_OPENING}]*(?:{_DOCUMENT}|[{_HANZI}]|[^\s{_HANZI}{_OPENING}]+)[{_CLOSING}]*"
        rf"|[{_OPENING}]+"
    )


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most that many columns, a longer word apart; broken at blanks and around hanzi.

    A mark that closes never begins a line, and one that opens never ends it.
    """
    lines, line, used = [], "", 0
    for word in _words().findall(text):
        wide = cells(word)
        if used + wide > width and line.strip() and not word.isspace():
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not word.isspace():
            line += word
            used += wide
    return [*lines, line.rstrip()]
