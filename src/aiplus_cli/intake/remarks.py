"""What a table says around its figures of who published them, when, and how certain they are.

`资料来源：…`, `发布日期：…`, `Published …`, `注：2025年为初步数`, `*为初步数`, a title that ends with （快报数）: they
hold where no cell of a figure's own says otherwise, and what else a note says is the note of every figure. What is not
understood is told, and never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from aiplus_cli.errors import Fault, InputProblem, Message, Problem
from aiplus_cli.intake.facts import find_status, find_text
from aiplus_cli.intake.files.cells import Cell, Row, Sheet, text_of
from aiplus_cli.intake.grammar import read_day
from aiplus_cli.intake.layout import Layout, is_note
from aiplus_cli.intake.legends import Legend, read_legend
from aiplus_cli.intake.times import parse_time
from aiplus_cli.plan.periods import Period
from aiplus_cli.plan.texts import LONGEST

_SOURCE = (
    r"(?:(?:资料|数据|统计数据|统计|信息)?来\s*源(?:单位|机构|部门)?|出处|(?:发布|公布)(?:单位|机构|部门)"
    r"|data sources?|sources?|publishers?)"
)
_DATE = (
    r"(?:(?:发布|公布)(?:日期|时间)|release date|date of (?:release|publication)|published(?: on)?|released(?: on)?)"
)
_NOTE = r"(?:注释?|说明|备注|notes?|remarks?)"
_LABEL = re.compile(
    rf"(?:(?<=[\s；;。,，(（|])|\A)(?:(?P<source>{_SOURCE})\s*[:：]|(?P<published>{_DATE})\s*(?:[:：]|(?=\s[0-9A-Z]))"
    rf"|(?P<note>{_NOTE})\s*[0-9]*\s*[:：.、])\s*",
    re.IGNORECASE,
)
_DAY = re.compile(r"[0-9]{4}\s*[-./年]\s*[0-9]{1,2}\s*[-./月]\s*[0-9]{1,2}\s*日?|[0-9]{8}")
_ENGLISH_DAY = re.compile(r"[0-9]{1,2} [A-Za-z]{3,9},? [0-9]{4}|[A-Za-z]{3,9} [0-9]{1,2},? [0-9]{4}")
_ENGLISH_FORMS = ("%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y")
_SAID_AFTER = re.compile(rf"({_DAY.pattern})\s*(?:发布|公布)")
_SEPARATORS = re.compile(r"[；;。，,\n]|(?<=[a-z])\.(?:\s|\Z)")
_WORD = re.compile(
    "(初步(?:核算|统计)?|快报|估[计算]|预计|预测|provisional|preliminary|estimate[ds]?|forecasts?|projected)"
    "(?:数据|数值|数|值|结果)?",
    re.IGNORECASE,
)
_SPAN = re.compile(r"((?:19|20)[0-9]{2})年?\s*[-–—~至到]\s*((?:19|20)[0-9]{2})年?")
_PERIOD = re.compile(
    r"(?:19|20)[0-9]{2}(?:年?(?:上半年|下半年|第?[一二三四1-4]季度|[0-9]{1,2}月份?)|[-]?[QHqh][1-4]|-[0-9]{2}|年度?)?"
)
_FILLER = re.compile(
    r"本表|表中|表内|上表|以上|所列|各项|全部|所有|指标|数据|数值|数字|数|值|均|皆|都|为|是|系|属|的|及|与|和|、|年"
    r"|\b(?:all|the|of|in|this|table|figures?|data|values?|are|is|for|and|years?|these)\b|[\s（）()“”\"'：:、.-]+",
    re.IGNORECASE,
)
_LONGEST_MARK = 3
_SEMICOLON = "；"
_NUMBERED = re.compile(r"\A\s*[0-9]{1,2}\s*[.．、)）]\s*")
_TITLE = re.compile(r"[(（]([^()（）]+)[)）]\s*\Z|(初步核算(?:数据?|结果)?|快报数?)\s*\Z")


class Claim(NamedTuple):
    """A status that is said of the figures of some periods; of all where it names none."""

    status: str
    spans: tuple[tuple[date, date], ...]

    def covers(self, period: Period) -> bool:
        """Whether the figures of a period are among those that it speaks of."""
        return not self.spans or any(start <= period.start and period.end <= end for start, end in self.spans)


class Remark(NamedTuple):
    """What a table says, by its row, and what it was taken for.

    `unused` where it was not understood or not wanted; `unclear` where it is the note, and speaks of a status that was
    not understood; `mark` for a mark that no note explains.
    """

    row: int
    kind: Literal["source", "published", "status", "note", "unclear", "mark", "unused"]
    text: str


class Remarks(NamedTuple):
    """What holds for the figures of a table where no cell of theirs says otherwise, and what is to be told of it."""

    source: str = ""
    published: date | None = None
    note: str = ""
    claims: tuple[Claim, ...] = ()
    legends: Mapping[str, str] = MappingProxyType({})
    told: tuple[Remark, ...] = ()

    def facts(self) -> dict[str, Any]:
        """The facts of every figure."""
        said = {"source": self.source, "published": self.published, "note": self.note}
        return {name: value for name, value in said.items() if value}

    def status(self, period: Period) -> str:
        """What is said of the figures of a period; empty where nothing is."""
        return next((claim.status for claim in self.claims if claim.covers(period)), "")


NOTHING_SAID = Remarks()


class _Piece(NamedTuple):
    """One statement: its row, its kind (source, published, note, title), and what stands behind its label.

    `is_around` is whether it stands above the header or below the last figure, and not among the figures.
    """

    row: int
    kind: str
    text: str
    is_around: bool = True


class _Reading(NamedTuple):
    """What a note says: the statuses of periods and of marks, and the `rest`; `is_unclear` where a status is in it."""

    claims: tuple[Claim, ...] = ()
    legends: tuple[Legend, ...] = ()
    rest: str = ""
    is_unclear: bool = False

    @property
    def statuses(self) -> list[str]:
        """Each status once."""
        said = [claim.status for claim in self.claims] + [legend.status for legend in self.legends]
        return list(dict.fromkeys(said))


def find_remarks(sheet: Sheet, head: Sequence[Row], layout: Layout, today: date, given: frozenset[str]) -> Remarks:
    """What titles and notes say; the facts `given` are those that somebody says for the whole table, who knows better.

    Raises InputProblem where two of them contradict each other, and for a day that has not come.
    """
    if layout.own or sheet.keys:
        return NOTHING_SAID
    pieces = list(_pieces(sheet, head, layout))
    sources = {piece: _clean_source(piece.text) for piece in pieces if piece.kind == "source"}
    days = {piece: _day_in(piece.text) for piece in pieces if piece.kind == "published"}
    readings = {piece: _read_note(piece, given) for piece in pieces if piece.kind in ("note", "title")}
    notes = {} if "note" in given else _notes(readings)
    found: dict[str, dict[_Piece, Any]] = {"source": sources, "published": days}
    wanted = {name: {} if name in given else _said(said) for name, said in found.items()}
    problems = [problem for name in ("source", "published") for problem in _doubts(sheet, layout, name, wanted[name])]
    problems += [*_too_late(sheet, wanted["published"], today), *_two_meanings(sheet, readings)]
    if problems:
        raise InputProblem(*problems)
    wanted |= {"note": notes, "reading": readings}
    return Remarks(
        next(iter(wanted["source"].values()), ""),
        next(iter(wanted["published"].values()), None),
        _joined_notes(list(dict.fromkeys(notes.values()))),
        tuple(claim for said in readings.values() for claim in said.claims),
        {mark: status for said in readings.values() for mark, status in said.legends},
        tuple(remark for piece in pieces for remark in _told(piece, wanted)),
    )


def _said(found: dict[_Piece, Any]) -> dict[_Piece, Any]:
    return {piece: said for piece, said in found.items() if said}


def _notes(readings: Mapping[_Piece, _Reading]) -> dict[_Piece, str]:
    """The notes of the whole table, as many as there is room for in an entry."""
    found: dict[_Piece, str] = {}
    for piece, reading in readings.items():
        text = find_text(reading.rest) if piece.kind == "note" and piece.is_around else ""
        length = sum(map(len, found.values())) + len(found)
        if isinstance(text, str) and text and length + len(text) <= LONGEST:
            found[piece] = text
    return found


def _joined_notes(texts: list[str]) -> str:
    return _SEMICOLON.join([*(text.rstrip("。；;") for text in texts[:-1]), *texts[-1:]])


def _told(piece: _Piece, wanted: Mapping[str, Mapping[_Piece, Any]]) -> Iterator[Remark]:
    """What a statement was taken for; a title says mostly other things."""
    reading = wanted["reading"].get(piece, _Reading())
    for name in ("source", "published"):
        if piece in wanted[name]:
            yield Remark(piece.row, name, str(wanted[name][piece]))
            return
    if reading.statuses:
        yield Remark(piece.row, "status", f"{'/'.join(reading.statuses)}: {piece.text}")
    if piece in wanted["note"]:
        yield Remark(piece.row, "unclear" if reading.is_unclear else "note", wanted["note"][piece])
    elif piece.kind == "note" and reading.rest:
        yield Remark(piece.row, "unused", reading.rest)
    elif piece.kind in ("source", "published"):
        yield Remark(piece.row, "unused", piece.text)


def _two_meanings(sheet: Sheet, readings: Mapping[_Piece, _Reading]) -> Iterator[Problem]:
    """Marks that stand for two statuses."""
    known: dict[str, str] = {}
    for piece, reading in readings.items():
        for mark, status in reading.legends:
            if known.setdefault(mark, status) != status:
                what = Message("the mark '{mark}' stands for two statuses", mark=mark)
                yield Problem(sheet.where(piece.row), what, Message("correct the one that is wrong"))


def _doubts(sheet: Sheet, layout: Layout, name: str, found: dict[_Piece, Any]) -> Iterator[Problem]:
    """Two of a kind, where no column says which holds."""
    if len(set(found.values())) > 1 and layout.role(name) is None:
        first, second = list(dict.fromkeys(found.values()))[:2]
        row = next(piece.row for piece, said in found.items() if said == second)
        what = Message("'{first}' and '{second}': it is not certain which holds", first=str(first), second=str(second))
        yield Problem(sheet.where(row), what, Message("say it with --{name}, or in a column of its own", name=name))


def _too_late(sheet: Sheet, found: dict[_Piece, date], today: date) -> Iterator[Problem]:
    for piece, day in found.items():
        fault = read_day(day.isoformat(), today)
        if isinstance(fault, Fault):
            yield fault.at(sheet.where(piece.row))


# --- statements -----------------------------------------------------------------------------------------------------


def _pieces(sheet: Sheet, head: Sequence[Row], layout: Layout) -> Iterator[_Piece]:
    """The statements above the header and in the notes below it, each once.

    Below the last figure a line that follows a note goes on with it.
    """
    rows = dict(sheet.foot()) | dict(head)
    first, last = layout.header
    tail, noted = _tail(rows, last), -1
    for number, cells in sorted(rows.items()):
        texts = [text for text in map(text_of, cells) if text]
        is_below = number > last and (is_note(cells) or _is_labelled(texts))
        for text in _joined(texts) if number < first or is_below else ():
            for piece in _split(number, text):
                goes_on = piece.kind == "title" and number >= tail and noted == number - 1
                kind = "note" if is_below and (goes_on or _is_on_status(piece)) else piece.kind
                noted = number if kind == "note" else noted
                yield piece._replace(kind=kind, is_around=number < first or number >= tail)


def _tail(rows: Mapping[int, list[Cell]], last: int) -> int:
    """The first row behind the last that may have a figure."""
    full = [number for number, cells in rows.items() if number > last and not _is_text(cells)]
    return max(full, default=last) + 1


def _is_text(cells: Sequence[Cell]) -> bool:
    return is_note(cells) or _is_labelled([text for text in map(text_of, cells) if text])


def _is_on_status(piece: _Piece) -> bool:
    """Whether a line without a label is a note on how certain figures are."""
    return piece.kind == "title" and (_WORD.search(piece.text) is not None or read_legend(piece.text) is not None)


def _is_labelled(texts: Sequence[str]) -> bool:
    """Whether a row has a label or a mark and what it is for, each in a cell of its own: 资料来源：and CNNIC."""
    if len(texts) != 2:
        return False
    is_label = texts[0].endswith((":", "：")) and _LABEL.match("".join(texts)) is not None
    return is_label or (len(texts[0]) <= _LONGEST_MARK and read_legend(" ".join(texts)) is not None)


def _joined(texts: Sequence[str]) -> Iterator[str]:
    """The texts of a row; a label or a mark and what stands in the next cell are one."""
    if _is_labelled(texts):
        yield " ".join(texts)
        return
    waiting = ""
    for text in texts:
        if text.endswith((":", "：")):
            waiting += text
        else:
            yield waiting + text
            waiting = ""
    if waiting:
        yield waiting


def _split(row: int, text: str) -> Iterator[_Piece]:
    """A text at its labels; what stands before the first is a title."""
    labels = list(_LABEL.finditer(text))
    start = text[: labels[0].start()] if labels else text
    if said := _SAID_AFTER.search(start):
        yield _Piece(row, "published", said[1])
    elif start.strip():
        yield _Piece(row, "title", start.strip())
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=False):
        if behind := text[label.end() : end].strip():
            yield _Piece(row, label.lastgroup or "", behind)


def _clean_source(text: str) -> str:
    """A source without the bracket or the full stop that ends its statement."""
    found = find_text(text.strip(" \t\u3000。；;，,|"))
    said = found if isinstance(found, str) else ""
    for opening, closing in ("()", "（）"):
        if said.endswith(closing) and said.count(opening) < said.count(closing):
            said = said[:-1]
    return said


def _day_in(text: str) -> date | None:
    """The day that a text gives, in figures or in English; None where it gives none."""
    figures, words = _DAY.search(text), _ENGLISH_DAY.search(text)
    if words:
        return next((day for form in _ENGLISH_FORMS if (day := _english_day(words[0], form))), None)
    try:
        period = parse_time(figures[0], where="", dates="day") if figures else None
    except InputProblem:
        return None
    return period.end if period and period.start == period.end else None


def _english_day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text.replace(",", ""), form).date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None


# --- statuses -------------------------------------------------------------------------------------------------------


def _read_note(piece: _Piece, given: frozenset[str]) -> _Reading:
    """What a note or a title says; a status only where it is certain of which figures, and nobody knows better."""
    if piece.kind == "title":
        return _Reading(
            () if "status" in given else tuple(_title_claims(piece.text)), tuple(_title_legends(piece.text))
        )
    clauses = [clause.strip() for clause in _SEPARATORS.split(piece.text) if clause.strip()]
    bare = {clause: _NUMBERED.sub("", clause) for clause in clauses}
    legends = {clause: found for clause in clauses if (found := read_legend(bare[clause]))}
    speaking = [clause for clause in clauses if clause not in legends and _WORD.search(clause)]
    claims = {clause: claim for clause in speaking if (claim := _claim(bare[clause]))}
    is_clear = len(claims) == len(speaking)
    if not is_clear or "status" in given:
        claims = {}
    rest = [clause for clause in clauses if clause not in legends and clause not in claims]
    is_whole = not (legends or claims)
    text = piece.text.strip() if is_whole else _SEMICOLON.join(rest)
    return _Reading(tuple(claims.values()), tuple(legends.values()), text, not is_clear)


def _title_claims(text: str) -> Iterator[Claim]:
    match = _TITLE.search(text)
    status = find_status((match[1] or match[2]).strip()) if match else ""
    if isinstance(status, str) and status not in ("", "A"):
        yield Claim(status, tuple(_spans(text)))


def _title_legends(text: str) -> Iterator[Legend]:
    found = (read_legend(clause) for clause in _SEPARATORS.split(text))
    yield from (legend for legend in found if legend)


def _claim(clause: str) -> Claim | None:
    """`2025年为初步数` and `本表数据均为快报数`; None where more is said than that."""
    words = {find_status(match[1].rstrip("s")) for match in _WORD.finditer(clause)}
    rest = _PERIOD.sub("", _SPAN.sub("", _WORD.sub("", clause)))
    if len(words) != 1 or _FILLER.sub("", rest):
        return None
    return Claim(words.pop(), tuple(_spans(clause)))


def _spans(text: str) -> Iterator[tuple[date, date]]:
    """The first and last days of the periods that a text names."""
    for first, last in _SPAN.findall(text):
        yield date(int(first), 1, 1), date(int(last), 12, 31)
    for name in _PERIOD.findall(_SPAN.sub("", text)):
        try:
            period = parse_time(name, where="")
        except InputProblem:
            continue
        yield period.start, period.end
