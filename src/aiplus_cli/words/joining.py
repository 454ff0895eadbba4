"""How phrases stand together: the colon, the brackets and the commas of each language."""

from __future__ import annotations

from collections.abc import Iterable

from aiplus_cli.errors import Message
from aiplus_cli.words.i18n import translate


def labelled(label: object, text: object, lang: str) -> str:
    """`普及率：尚无数据`."""
    return translate(Message("{label}: {text}", label=label, text=text), lang)


def with_detail(text: object, detail: object, lang: str) -> str:
    """`42.8 %（2025-12）`."""
    return translate(Message("{text} ({detail})", text=text, detail=detail), lang)


def listed(items: Iterable[str], lang: str) -> str:
    """`linear、un`."""
    return translate(Message(", "), lang).join(items)
