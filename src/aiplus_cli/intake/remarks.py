"""What a table says around its figures of who published them, when, and how certain they are.

`资料来源：…`, `发布日期：…`, `Published …`, `注：2025年为初步数`, a title that ends with （快报数）: they hold where no
cell of a figure's own says otherwise. What is not understood is told, and never passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from aiplus_cli.errors import Fault, InputProblem, Message, Problem
from aiplus_cli.intake.facts import find_status, find_text
from aiplus_cli.intake.files.cells import Row, Sheet, text_of
from aiplus_cli.intake.grammar import read_day
from aiplus_cli.intake.layout import Layout, is_note
from aiplus_cli.intake.times import parse_time
from aiplus_cli.plan.periods import Period

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
    """What a table says, by its row, and what it was taken for; `unused` where it was not understood or not wanted."""

    row: int
    kind: Literal["source", "published", "status", "unused"]
    text: str


class Remarks(NamedTuple):
    """What holds for the figures of a table where no cell of theirs says otherwise, and what is to be told of it."""

    source: str = ""
    published: date | None = None
    claims: tuple[Claim, ...] = ()
    told: tuple[Remark, ...] = ()

    def facts(self) -> dict[str, Any]:
        """The facts of every figure."""
        said = {"source": self.source, "published": self.published}
        return {name: value for name, value in said.items() if value}

    def status(self, period: Period) -> str:
        """What is said of the figures of a period; empty where nothing is."""
        return next((claim.status for claim in self.claims if claim.covers(period)), "")


NOTHING_SAID = Remarks()


class _Piece(NamedTuple):
    """One statement: its row, its kind (source, published, note, title), and what stands behind its label."""

    row: int
    kind: str
    text: str


def find_remarks(sheet: Sheet, head: Sequence[Row], layout: Layout, today: date, given: frozenset[str]) -> Remarks:
    """What titles and notes say; the facts `given` are those that somebody says for the whole table, who knows better.

    Raises InputProblem where two of them contradict each other, and for a day that has not come.
    """
    if layout.own or sheet.keys:
        return NOTHING_SAID
    pieces = list(_pieces(sheet, head, layout))
    sources = {piece: _clean_source(piece.text) for piece in pieces if piece.kind == "source"}
    days = {piece: _day_in(piece.text) for piece in pieces if piece.kind == "published"}
    claims = {piece: list(_claims(piece)) for piece in pieces if piece.kind in ("note", "title")}
    found: dict[str, dict[_Piece, Any]] = {"source": sources, "published": days, "status": claims}
    wanted = {name: {} if name in given else _said(said) for name, said in found.items()}
    problems = [problem for name in ("source", "published") for problem in _doubts(sheet, layout, name, wanted[name])]
    problems += list(_too_late(sheet, wanted["published"], today))
    if problems:
        raise InputProblem(*problems)
    told = [_told(piece, wanted) for piece in pieces]
    return Remarks(
        next(iter(wanted["source"].values()), ""),
        next(iter(wanted["published"].values()), None),
        tuple(claim for said in wanted["status"].values() for claim in said),
        tuple(remark for remark, piece in zip(told, pieces, strict=True) if _is_worth_telling(remark, piece)),
    )


def _said(found: dict[_Piece, Any]) -> dict[_Piece, Any]:
    return {piece: said for piece, said in found.items() if said}


def _told(piece: _Piece, wanted: dict[str, dict[_Piece, Any]]) -> Remark:
    """What a statement was taken for."""
    if piece in wanted["status"]:
        statuses = dict.fromkeys(claim.status for claim in wanted["status"][piece])
        return Remark(piece.row, "status", f"{'/'.join(statuses)}: {piece.text}")
    if piece in wanted["source"]:
        return Remark(piece.row, "source", wanted["source"][piece])
    if piece in wanted["published"]:
        return Remark(piece.row, "published", str(wanted["published"][piece]))
    return Remark(piece.row, "unused", piece.text)


def _is_worth_telling(remark: Remark, piece: _Piece) -> bool:
    """A title says mostly other things."""
    return piece.kind != "title" or remark.kind != "unused"


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
    """The statements above the header and in the notes below it, each once."""
    rows = dict(sheet.foot()) | dict(head)
    first, last = layout.header
    for number, cells in sorted(rows.items()):
        texts = [text for text in map(text_of, cells) if text]
        is_below = number > last and (is_note(cells) or _is_labelled(texts))
        for text in _joined(texts) if number < first or is_below else ():
            for piece in _split(number, text):
                yield piece._replace(kind="note") if is_below and _is_on_status(piece) else piece


def _is_on_status(piece: _Piece) -> bool:
    """Whether a line without a label is a note on how certain figures are."""
    return piece.kind == "title" and _WORD.search(piece.text) is not None


def _is_labelled(texts: Sequence[str]) -> bool:
    """Whether a row has a label and what it is for, each in a cell of its own: 资料来源：and CNNIC."""
    return len(texts) == 2 and texts[0].endswith((":", "：")) and _LABEL.match("".join(texts)) is not None


def _joined(texts: Sequence[str]) -> Iterator[str]:
    """The texts of a row; a label and what stands in the next cell are one."""
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


def _claims(piece: _Piece) -> Iterator[Claim]:
    """The statuses that a note or a title says; none where it says none, or not certainly of which figures."""
    if piece.kind == "title":
        match = _TITLE.search(piece.text)
        status = find_status((match[1] or match[2]).strip()) if match else ""
        if isinstance(status, str) and status not in ("", "A"):
            yield Claim(status, tuple(_spans(piece.text)))
        return
    clauses = [clause for clause in _SEPARATORS.split(piece.text) if _WORD.search(clause)]
    found = [_claim(_NUMBERED.sub("", clause)) for clause in clauses]
    yield from (claim for claim in found if claim) if all(found) else ()


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
