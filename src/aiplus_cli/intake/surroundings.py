"""What stands around a table: units in titles and notes, and regions in titles. What is not certain is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.intake.files.cells import Row, Sheet, text_of
from aiplus_cli.intake.headers import Vocabulary
from aiplus_cli.intake.values import split_unit
from aiplus_cli.plan.places import EN, ZH

_ORGANISATION = re.compile(
    "(?:发布|制表|填报|编制|报送|填表|主管|责任|牵头|联系|调查|提供|公布|主办|承办|统计|来源|编报|综合)单位"
)
_STATEMENT = re.compile(
    r"(?:计量|金额|数据|数量)?单位\s*(?:[:：]|为|是)?\s*(?:人民币)?\s*([^\s，,；;)）、/]+)\s*[)）]?(?:\s+\S.*)?\Z"
)
_ENGLISH = re.compile(r"\W*units?\s*[:：]\s*(.+?)\W*\Z", re.IGNORECASE)
_TITLE_UNIT = re.compile(r"[(（]\s*([^()（）]+?)\s*[)）]\s*\Z")
_UNKNOWN = ""


def table_unit(sheet: Sheet, head: Sequence[Row], header: tuple[int, int], words: Vocabulary) -> str:
    """The unit of the whole table, from a title, or a line such as `单位：亿元`; empty where none is stated.

    Raises InputProblem where a unit is spoken of and not understood, or several are, and the mapping says none.
    """
    if words.mapping.always.unit:
        return words.mapping.always.unit
    found: dict[tuple[str, str], str] = {}
    for number, column, text, unit in _statements(head, header, words):
        if unit == _UNKNOWN or (found and split_unit(unit) not in found):
            raise _not_certain(sheet.where(number, column), text)
        found[split_unit(unit)] = unit
    return next(iter(found.values()), "")


def _not_certain(where: str, text: str) -> InputProblem:
    return InputProblem(
        Problem(
            where,
            Message("the unit is not certain: '{text}'", text=text[:80]),
            Message("say in a mapping which unit holds: under 'always', or for each column"),
        )
    )


def _statements(head: Sequence[Row], header: tuple[int, int], words: Vocabulary) -> Iterator[tuple[int, int, str, str]]:
    """Row, column, text and unit of every place where a unit is spoken of, outside the header and the figures."""
    for number, cells in head:
        is_above = number < header[0]
        if header[0] <= number <= header[1] or (not is_above and sum(cell != "" for cell in cells) != 1):
            continue
        for column, cell in enumerate(cells):
            text = text_of(cell)
            unit = _stated_unit(text, words, is_above=is_above)
            if unit is not None:
                yield number, column, text, unit


def _stated_unit(text: str, words: Vocabulary, *, is_above: bool) -> str | None:
    """The unit that a text states; _UNKNOWN where it speaks of one that is not understood, None where of none."""
    english = _ENGLISH.match(text)
    if english:
        return english[1] if words.is_unit(english[1]) else _UNKNOWN
    plain = _ORGANISATION.sub("", text)
    if "单位" in plain:
        match = _STATEMENT.search(plain) if is_above else _STATEMENT.match(plain.lstrip("(（注：: "))
        return match[1] if match and words.is_unit(match[1]) else _UNKNOWN
    title = _TITLE_UNIT.search(text) if is_above else None
    return title[1] if title and words.is_unit(title[1]) else None


def refuse_region_in_title(sheet: Sheet, head: Sequence[Row], header: int) -> None:
    """Raise InputProblem where a title names a region; for a table that does not say the region of its figures."""
    for number, cells in head:
        if number >= header:
            return
        for column, cell in enumerate(cells):
            text = text_of(cell)
            named = next((code for code, name in ZH.items() if code != "CN" and (name in text or EN[code] in text)), "")
            if named:
                raise InputProblem(
                    Problem(
                        sheet.where(number, column),
                        Message("the title names {region}, and no column says the region", region=named),
                        Message("say the region in a mapping, under 'always'"),
                    )
                )
