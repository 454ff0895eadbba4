"""The marks that a table puts on its figures, and what its notes say of them: `*为初步数`, `p = provisional`.

A mark on a value says the status of that figure, one on a label that of its row or column. A mark that no note
explains says nothing, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from aiplus_cli.intake.facts import find_status
from aiplus_cli.intake.files.cells import Cell
from aiplus_cli.plan.numbers import narrow

_SIGN = r"\*{1,3}|[※†‡#△▲☆★]{1,2}|[\u00b9\u00b2\u00b3\u2070-\u2079\u2460-\u249b]|\[[0-9]{1,2}\]"
_LETTER = "[b-hj-zᵖᵉʳᶠ]"
_QUOTES = "[“”\"'‘’]?"
_MARKED_WITH = (
    r"(?:数据|数字)?(?:中|后|上)?(?:带有?|标有|标注|标|加有?|注有|有|打)"
    r"|(?:figures|values|data) (?:marked )?(?:with )?(?:an? )?"
)
_MEANS = r"均?(?:为|是|系|指|表示|代表)|means?|denotes?|indicates?|stands? for|are|is|[=:\-—–]"
_LEGEND = re.compile(
    rf"(?:{_MARKED_WITH})?\s*{_QUOTES}[(\[]?(?P<mark>{_SIGN}|{_LETTER})[)\]]?{_QUOTES}\s*"
    rf"(?:符?号|标记)?(?:的|者)?(?:数据|数值|数字|指标|数)?\s*(?:{_MEANS})*\s*(?:(?:the|an?)\s)?(?P<word>.+)\Z",
    re.IGNORECASE | re.DOTALL,
)
_NOUN = re.compile(r"\s*(?:数据|数值|数字|数|值|结果|figures?|data|values?|numbers?)\Z", re.IGNORECASE)
_MARKED = re.compile(
    rf"(?P<text>.*?\S)\s*(?:(?P<sign>{_SIGN})|\((?P<inside>{_SIGN}|{_LETTER})\)"
    rf"|(?:(?<=[0-9%亿万年月度元人])|(?<=[0-9%]\s)|\^\s*)(?P<letter>{_LETTER}))\Z",
    re.IGNORECASE | re.DOTALL,
)
_RAISED = str.maketrans("ᵖᵉʳᶠ", "perf")


class Legend(NamedTuple):
    """A mark, and the status of the figures that have it."""

    mark: str
    status: str


def read_legend(clause: str) -> Legend | None:
    """`*为初步数`, `（P）表示初步核算数`, `e：估计`; None for what says anything else."""
    match = _LEGEND.match(narrow(clause).strip(" ()"))
    status = _status_of(match["word"]) if match else ""
    return Legend(_plain(match["mark"]), status) if match and status else None


def _status_of(text: str) -> str:
    """The status that a text is, with or without the noun behind it; empty where it is none."""
    word = text.strip(" .()").casefold()
    for said in (word, _NOUN.sub("", word)):
        found = find_status(said) if len(said) > 1 else ""
        if isinstance(found, str) and found:
            return found
    return ""


def split_mark(cell: Cell, legends: Mapping[str, str]) -> tuple[Cell, str]:
    """A text without the mark at its end that a legend explains, and the status it stands for; else empty."""
    if not legends or not isinstance(cell, str):
        return cell, ""
    match = _MARKED.match(narrow(cell).strip())
    mark = next(filter(None, match.group("sign", "inside", "letter")), "") if match else ""
    status = legends.get(_plain(mark), "")
    return (match["text"], status) if match and status else (cell, "")


def _plain(mark: str) -> str:
    return mark.translate(_RAISED).casefold()
