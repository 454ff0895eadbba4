"""The grammar of a figure: the texts or cells that say it -> an entry of the ledger, or why not.

There is one for `record` and `import`: they differ only in where their texts come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiplus_cli.errors import Fault, InputProblem, Message
from aiplus_cli.intake.facts import (
    find_action,
    find_bound,
    find_status,
    find_text,
    join_bound,
    read_value,
    split_status,
    tried,
)
from aiplus_cli.intake.files.cells import Cell, DayCell, text_of
from aiplus_cli.intake.headers import Vocabulary
from aiplus_cli.intake.times import day_text, parse_day
from aiplus_cli.intake.values import split_unit
from aiplus_cli.ledger.entries import Figure, Published, Rating
from aiplus_cli.ledger.soundness import early_fault, indicator_problem
from aiplus_cli.plan.periods import read_period
from aiplus_cli.plan.records import NATION, Indicator

SAY_NAME = Message("name it under 'indicators' of a mapping, or under 'skip'")
_FIRST_CLEANED = 3
SAY_EARLY = Message("correct the period or the date, or give the status F for a forecast")


@dataclass(frozen=True)
class Context:
    """What holds for every figure where its texts do not say otherwise.

    `dated` is whether anything says when the figures were published; if not, `published` is the day of recording.
    `again` is whether they are said to have been published again. `publisher_stands` is whether the indicator's
    publisher stands for a source that nobody gave. `cleaned` are texts that were not taken as they were given.
    """

    today: date
    published: date
    dated: bool
    recorded_at: datetime
    recorded_by: str
    source: str = ""
    again: bool = False
    publisher_stands: bool = False
    cleaned: tuple[str, ...] = ()


class Grammar:
    """Reads what is said of a figure, one fact after the other, each from its own cell; a Fault says why not.

    A fact is known by its name: those of a figure's fields, `unit`, `action` (what SDMX asks to be done), and `told`
    for a bound that stands apart from the value. `cleaned` are the texts that had characters nobody sees.
    """

    def __init__(self, words: Vocabulary, context: Context) -> None:
        self.words, self.context = words, context
        self.cleaned: dict[str, None] = {}
        self.ordinary_status = find_status(words.mapping.always.status or "")
        self.readers: Mapping[str, Callable[[Any], Any]] = {
            "indicator": self.indicator, "region": self.region, "period": self.period, "published": self.published,
            "status": find_status, "bound": find_bound, "unit": text_of, "action": find_action,
            "source": self.text, "url": self.text, "note": self.text,
        }  # fmt: skip

    def indicator(self, cell: Cell) -> Any:
        """The indicator that a text names, and the unit beside its name."""
        text = text_of(cell)
        found, unit = self.words.indicator(text)
        if found is not None:
            return found, unit
        what, fix = indicator_problem(self.words.plan, text)
        return Fault(what, fix if fix and "{near}" in fix.template else SAY_NAME)

    def region(self, cell: Cell) -> Any:
        """The code of a place."""
        return tried(lambda: self.words.region(text_of(cell)))

    def text(self, cell: Cell) -> Any:
        """A text as people see it; one that was cleaned for it is kept among `cleaned`."""
        found = find_text(cell)
        if isinstance(cell, str) and isinstance(found, str) and found != cell:
            self.cleaned[found] = None
        return found

    def period(self, text: str) -> Any:
        """The period that a text names."""
        return tried(lambda: read_period(self.words.period(text)))

    def published(self, cell: Cell) -> Any:
        """The day of publication, which must have come."""
        text = cell.moment.date().isoformat() if isinstance(cell, DayCell) else day_text(cell)
        return read_day(text, self.context.today)

    def constants(self) -> dict[str, Any]:
        """What holds for every figure unless something nearer to it says otherwise."""
        always, words = self.words.mapping.always, self.words
        indicator = words.plan.indicator(always.indicator) if always.indicator else None
        found: dict[str, Any] = {
            "region": words.region(always.region) if always.region else NATION,
            "published": parse_day(always.published, where="") if always.published else self.context.published,
            "status": self.ordinary_status,
            "source": self.context.source or always.source or "",
            "url": always.url or "",
            "note": always.note or "",
        }
        found |= {"indicator": (indicator, "")} if indicator else {}
        return found | ({"period": read_period(words.period(always.period))} if always.period else {})

    def add_value(self, facts: dict[str, Any], cell: Cell, *, column_unit: str = "", table_unit: str = "") -> Any:
        """Put value, bound and a status beside them among the facts, or say why not; None also without an indicator."""
        if "indicator" not in facts:
            return None
        cell, status = split_status(cell)
        if status and facts["status"] not in (self.ordinary_status, status):
            what = Message("the statuses contradict each other: {statuses}", statuses=[facts["status"], status])
            return Fault(what, Message("keep the one that the source gives"))
        facts["status"] = status or facts["status"]
        indicator, unit = facts["indicator"]
        units = {split_unit(said): said for said in (facts.get("unit"), column_unit, unit) if said}
        if len(units) > 1:
            return Fault(Message("the units contradict each other: {units}", units=list(units.values())))
        found = read_value(cell, indicator, next(iter(units.values()), table_unit))
        if type(found) is Fault:
            return found
        facts["value"], bound = (found, "") if isinstance(found, str) else found
        facts["bound"] = join_bound(facts.get("told", ""), bound)
        return facts["bound"] if type(facts["bound"]) is Fault else None

    def too_early(self, facts: Mapping[str, Any]) -> Fault | None:
        """Why a figure that is no forecast cannot have been published when it is said to have been."""
        what = early_fault(facts["period"].text, facts["published"], facts["status"])
        return Fault(what, SAY_EARLY) if what else None

    def entry(self, facts: Mapping[str, Any]) -> Published:
        """The entry that the facts make, all of them sound; its id is yet to be made."""
        (indicator, _), value = facts["indicator"], facts["value"]
        shared: dict[str, Any] = {
            "id": "",
            "indicator": indicator.id,
            "region": facts["region"],
            "period": facts["period"].text,
            "status": facts["status"],
            "published": facts["published"],
            "source": facts["source"] or self._source_of(indicator, facts["region"]),
            "url": facts["url"],
            "note": facts["note"],
            "recorded_at": self.context.recorded_at,
            "recorded_by": self.context.recorded_by,
        }
        if isinstance(value, str):
            return Rating(value=value, **shared)  # type: ignore[arg-type]
        return Figure(value=value, bound=facts["bound"], **shared)

    def _source_of(self, indicator: Indicator, region: str) -> str:
        """Whose a figure is for which nobody gave a source; never another body's, so it may be nobody's.

        A rating is by who records it. What the publisher of an indicator publishes is the nation's figure, and a file
        may hold anybody's.
        """
        if indicator.measure == "rating":
            return self.context.recorded_by
        return (indicator.publisher or "") if self.context.publisher_stands and region == NATION else ""


def say_cleaned(texts: Iterable[str]) -> list[Message]:
    """What is said of texts that were not recorded as they were given."""
    shown = list(texts)[:_FIRST_CLEANED]
    if not shown:
        return []
    return [Message("characters that nobody sees, and blanks at the ends, were taken out of: {texts}", texts=shown)]


def read_author(name: str) -> str:
    """By whom entries are recorded, as people see it; raises InputProblem for a name that cannot be one."""
    found = find_text(name)
    if isinstance(found, Fault):
        raise InputProblem(found.at("AIPLUS_RECORDED_BY"))
    author: str = found
    return author


def read_day(text: str, today: date) -> Any:
    """A day of publication, which must have come, or why it is none."""
    found = tried(lambda: parse_day(text, where=""))
    if isinstance(found, date) and found > today:
        return Fault(
            Message("{day} has not come yet; today is {today}", day=found, today=today),
            Message("give the day on which the figure was published"),
        )
    return found
