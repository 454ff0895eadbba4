"""The door of `record` and `withdraw`: one entry, read by the grammar and decided on as those of a file are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from aiplus_cli.errors import Fault, InputProblem, Message, Problem, need_choice
from aiplus_cli.intake.bulk import Dated, Spool
from aiplus_cli.intake.decision import Advance, Clash, Revision, Steps, decide
from aiplus_cli.intake.facts import SAY_UNIT, find_text
from aiplus_cli.intake.grammar import SAY_EARLY, SAY_NAME, Context, Grammar, read_day, say_cleaned
from aiplus_cli.intake.headers import Vocabulary
from aiplus_cli.intake.mapping import FileMapping
from aiplus_cli.intake.times import SAY_CUMULATIVE, SAY_DATES
from aiplus_cli.ledger.entries import Entry, FigureBound, Published, RatingWord, Status, Withdrawal, as_published
from aiplus_cli.ledger.jsonl import Ledger
from aiplus_cli.ledger.lines import with_id
from aiplus_cli.ledger.soundness import ledger_problems
from aiplus_cli.ledger.vintages import dead_ids
from aiplus_cli.plan.records import Plan

_ARGUMENTS = {"indicator": "INDICATOR", "value": "VALUE"}
_FIRST = ("indicator", "period", "region", "published", "source", "url", "note", "status")
"""The order in which what is wrong is told; the value comes last."""
_FIXES = {
    SAY_DATES.template: Message("write 2025-06 for the month, or add --dates day (or month, year)"),
    SAY_CUMULATIVE.template: Message("write {month} where the value stands at its end, or the one period it is for"),
    SAY_UNIT.template: Message("write {percent}%, or {value}% where that is meant"),
    SAY_EARLY.template: Message("correct --period or --published, or record a forecast with --status F"),
    SAY_NAME.template: Message("'aiplus plan' lists the indicators; add new ones to targets.yaml"),
}
"""What is done at this door, for what is done in a file or its mapping."""
STATUS_WORDS = {
    "P": Message("P, provisional"),
    "E": Message("E, estimated"),
    "F": Message("F, a forecast"),
    "B": Message("B, a break in the series"),
}


class Recorded(NamedTuple):
    """What was appended, or would be, and what is to be said of it."""

    entries: list[Entry]
    said: list[Message]


class Told(NamedTuple):
    """An entry as it was told, and what is known of its date; `cleaned` are texts that were not taken as given.

    `sourced` is whether its source was told, too.
    """

    entry: Published
    dated: Dated
    cleaned: tuple[str, ...] = ()
    sourced: bool = True


def read_entry(plan: Plan, texts: Mapping[str, str], context: Context, *, dates: str = "") -> Told:
    """The entry that texts describe, by the names of its fields; raises InputProblem with every one that is wrong.

    A text that is empty is one that was not given. `dates` says what a date on the first of a month stands for:
    day, month or year; raises UsageProblem for anything else.
    """
    if dates:
        need_choice("--dates", dates, ("day", "month", "year"))
    grammar = Grammar(Vocabulary(plan, FileMapping.model_validate({"dates": dates})), context)
    facts, bad = grammar.constants(), list[Problem]()
    for name in _FIRST:
        if name in ("indicator", "period") or texts.get(name):
            found = grammar.readers[name](texts[name])
            if type(found) is Fault:
                bad.append(_problem(name, found))
            else:
                facts[name] = found
    fault = grammar.add_value(facts, texts["value"])
    if fault:
        bad.append(_problem("value", fault))
    elif not bad and (early := grammar.too_early(facts)):
        bad.append(_problem("period", early))
    if bad:
        raise InputProblem(*bad)
    entry = msgspec.structs.replace(grammar.entry(facts), replaces=texts.get("replaces", ""))
    dated = Dated.AGAIN if context.again else Dated(bool(texts.get("published")))
    return Told(with_id(entry), dated, tuple(grammar.cleaned), bool(texts.get("source")))


def _problem(name: str, fault: Fault) -> Problem:
    fix = _FIXES.get(fault.fix.template) if fault.fix else None
    mended = Message(fix.template, **fault.fix.values) if fix and fault.fix else fault.fix
    return Fault(fault.what, mended).at(_ARGUMENTS.get(name, f"--{name}"))


def record(plan: Plan, ledger: Ledger, told: Told, *, dry_run: bool = False) -> Recorded:
    """What to append to the ledger, and what to say of it; raises InputProblem where it contradicts what is there."""
    if problems := _problems(plan, ledger):
        raise InputProblem(*problems)
    entry, old = told.entry, None
    if entry.replaces:
        target = find_entry(ledger, entry.replaces, where="--replaces")
        entry = with_id(msgspec.structs.replace(entry, replaces=target.id))
        old = None if entry.id in ledger.ids() else _corrected(ledger, entry)
    with Spool(in_memory=True) as new:
        new.add([entry], [told.dated])
        decision = decide(ledger.entries, new)
        if known := decision.unchanged.get(0):
            return Recorded([], [_known(find_entry(ledger, known), entry)])
        for clash in decision.clashes:
            raise InputProblem(_contradiction(clash))
        steps = Steps(plan, new, decision)
        followed = [(steps.step(number, before), is_jump) for number, before, is_jump in steps]
    values = {"indicator": entry.indicator, "region": entry.region, "period": entry.period, "value": shown_value(entry)}
    first = (
        Message("would record {indicator} {region} {period}: {value}", **values)
        if dry_run
        else Message("recorded {indicator} {region} {period}: {value}", **values)
    )
    said = [*_took_place(old, decision.revised.get(0)), *_follows(followed)]
    said += [*_by_whom(told), *say_cleaned(told.cleaned)]
    return Recorded([entry], [first, *said])


def _known(old: Entry, entry: Published) -> Message:
    """What is said of a figure that the ledger has; it may be of another day."""
    if old.published == entry.published:
        return Message("already recorded as {id}; nothing was written", id=old.id)
    return Message(
        "already recorded as {id}, published {day}; nothing was written; --republished records it again",
        id=old.id,
        day=old.published,
    )


def _by_whom(told: Told) -> list[Message]:
    """Whose the figure is said to be, where nobody told."""
    if told.sourced:
        return []
    if not told.entry.source:
        return [Message("it has no source; --source says who published it")]
    return [Message("source: {source}, as nobody said another; --source does", source=told.entry.source)]


def _took_place(old: Published | None, revision: Revision | None) -> list[Message]:
    """What the entry corrects, or else revises or confirms."""
    if old is not None:
        return [Message("corrects {old} ({period}), published {day}", **_named(old))]
    if revision and revision.confirms:
        return [Message("confirms {old} ({period}), published {day}", **_named(revision.old))]
    return [Message("revises {old} ({period}), published {day}", **_named(revision.old))] if revision else []


def _named(old: Published) -> dict[str, Any]:
    return {"old": shown_value(old), "period": old.period, "day": old.published}


def _follows(followed: list[tuple[Advance, bool]]) -> list[Message]:
    said = []
    for step, is_jump in followed:
        values = {"old": shown_value(step.old), "period": step.old.period}
        if step.change is None:
            said.append(Message("follows {old} ({period}): the change is not known", **values))
        else:
            said.append(Message("follows {old} ({period}): {change}", **values, change=step.change))
        said += [Message("warning: an unusual jump; check the unit and the period at the source")] if is_jump else []
    return said


def shown_value(entry: Published) -> Message | str:
    """What an entry says, with its sign, and its status unless that is the ordinary one: `>50.0 (P, provisional)`."""
    return said_value(entry.bound, entry.value, entry.status)


def said_value(bound: FigureBound, value: Decimal | RatingWord, status: Status) -> Message | str:
    """The same of its parts."""
    text = as_published(bound, value)
    return text if status == "A" else Message("{text} ({detail})", text=text, detail=STATUS_WORDS[status])


def _value(entry: Published) -> str:
    return as_published(entry.bound, entry.value)


def _problems(plan: Plan, ledger: Ledger, *new: Entry) -> list[Problem]:
    """Everything that is wrong with the ledger, new entries at its end included."""
    entries = [*ledger.entries, *new]
    last = ledger.lines[-1] if ledger.lines else 0
    lines = [*ledger.lines, *range(last + 1, last + 1 + len(new))]
    return [*ledger.problems, *ledger_problems(plan, ledger.name, entries, lines)]


def _need_mending(plan: Plan, ledger: Ledger, entry: Withdrawal) -> None:
    """Raise InputProblem for a withdrawal that leaves the ledger unsound, unless less so than it was."""
    after = _problems(plan, ledger, entry)
    before = _problems(plan, ledger) if after else []
    if after and len(after) >= len(before):
        raise InputProblem(*(before or after))


def _corrected(ledger: Ledger, entry: Published) -> Published:
    """The entry that this one replaces; raises InputProblem for one of something else, or one out of force."""
    old = find_entry(ledger, entry.replaces, where="--replaces")
    if isinstance(old, Withdrawal) or (old.indicator, old.region) != (entry.indicator, entry.region):
        what = Message(
            "{entry} is no figure of {indicator} {region}",
            entry=named_entry(old),
            indicator=entry.indicator,
            region=entry.region,
        )
        fix = Message("withdraw it with 'aiplus withdraw {id}', then record the right one", id=old.id)
        raise InputProblem(Problem("--replaces", what, fix))
    if not is_in_force(ledger, old):
        what = Message("{entry} is no longer in force", entry=named_entry(old))
        fix = Message("correct the one in force, see 'aiplus show {indicator}'", indicator=entry.indicator)
        raise InputProblem(Problem("--replaces", what, fix))
    return old


def _contradiction(clash: Clash) -> Problem:
    entry, other = clash.entry, clash.other
    if isinstance(entry, Withdrawal) or other is None:  # its target was found in the ledger
        raise AssertionError(clash)
    return Problem(
        "VALUE",
        Message(
            "{old} is already recorded for {indicator} {region} {period} from the same source and day",
            old=_value(other),
            indicator=entry.indicator,
            region=entry.region,
            period=entry.period,
        ),
        Message("if that one is wrong, add --replaces {id}", id=other.id),
    )


# --- withdrawals -----------------------------------------------------------------------------------------------


def _read_reason(reason: str) -> str:
    """Why an entry is taken back; raises InputProblem for a text that is empty or does not fit a line."""
    found = find_text(reason) or Fault(Message("it is empty"), Message("say why the entry is taken back"))
    if isinstance(found, Fault):
        raise InputProblem(found.at("--reason"))
    said: str = found
    return said


def read_published(text: str | None, today: date, *, where: str = "--published") -> date:
    """The day that was given, today by default; raises InputProblem for no date and for a day to come."""
    found = read_day(text, today) if text else today
    if isinstance(found, Fault):
        raise InputProblem(found.at(where))
    day: date = found
    return day


def withdraw(
    plan: Plan, ledger: Ledger, start: str, reason: str, context: Context, *, dry_run: bool = False
) -> Recorded:
    """Take back the entry whose id starts so; raises InputProblem where that cannot be.

    An unsound ledger takes a withdrawal that mends it, such as that of one of two contradicting figures.
    """
    why, target, day = _read_reason(reason), find_entry(ledger, start), context.published
    if not is_in_force(ledger, target):
        what = Message("{entry} is no longer in force; nothing was written", entry=named_entry(target))
        return Recorded([], [what])
    if day < target.published:
        what = Message("{day} is before the entry was published, {published}", day=day, published=target.published)
        raise InputProblem(Problem("--published", what, Message("give that day or a later one")))
    blank = Withdrawal(
        id="",
        withdraws=target.id,
        reason=why,
        published=day,
        recorded_at=context.recorded_at,
        recorded_by=context.recorded_by,
    )
    entry = with_id(blank)
    _need_mending(plan, ledger, entry)
    values, said = {"entry": named_entry(target), "reason": why}, say_cleaned([why] if why != reason else [])
    if dry_run:
        return Recorded([entry], [Message("{entry} would be withdrawn: {reason}", **values), *said])
    return Recorded([entry], [Message("{entry} is withdrawn: {reason}", **values), *said])


def find_entry(ledger: Ledger, start: str, *, where: str = "ID") -> Entry:
    """The entry whose id starts so; raises InputProblem when none or several do."""
    found = {entry.id: entry for entry in ledger.entries if entry.id.startswith(start)}
    if len(found) == 1 and len(start) >= 4:
        return next(iter(found.values()))
    what = Message("{n} entries have an id that starts with '{start}'", n=len(found), start=start)
    if len(start) < 4:
        what = Message("'{start}' is too short for an id", start=start)
    raise InputProblem(Problem(where, what, Message("'aiplus log' shows the ids; give at least 4 characters of one")))


def is_in_force(ledger: Ledger, entry: Entry) -> bool:
    """Whether no later line replaces or withdraws the entry."""
    return entry.id not in dead_ids(ledger.entries, date.max)


def named_entry(entry: Entry) -> str:
    """An entry by its id and what it says: `3f9c… users CN 2025-06 >5.15`."""
    if isinstance(entry, Withdrawal):
        return f"{entry.id} withdraws {entry.withdraws}"
    return f"{entry.id} {entry.indicator} {entry.region} {entry.period} {_value(entry)}"
