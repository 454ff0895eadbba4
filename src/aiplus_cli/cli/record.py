"""`aiplus record` and `aiplus withdraw`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aiplus_cli.cli import clock, options, voice
from aiplus_cli.cli.recording import day_published, refuse_control, who_records
from aiplus_cli.errors import InputProblem, Message, Problem
from aiplus_cli.workspace.files import Files, find_files
from aiplus_cli.workspace.loading import load_workspace, need_indicator

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiplus_cli.ledger.entries import Entry, Figure, Rating
    from aiplus_cli.ledger.jsonl import Ledger
    from aiplus_cli.plan.records import Indicator, Plan


def record(
    indicator: Annotated[
        str, typer.Argument(metavar="INDICATOR", help="Its id.", autocompletion=options.complete_indicator)
    ],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE", help="42.8, 42.8%, 超50%, '>50%', 5.15亿; or a rating: met, on_track, at_risk, lagging."
        ),
    ],
    period: Annotated[str, typer.Option(metavar="PERIOD", help="2025, 2025-H1, 2025-Q3, 2025-06, 2025-06-30.")],
    region: Annotated[
        str, typer.Option(metavar="REGION", help="Code or name.", autocompletion=options.complete_region)
    ] = "CN",
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When the world knew; default today.")] = None,
    source: Annotated[
        str, typer.Option(metavar="TEXT", help="Who published it, and where; default the indicator's publisher.")
    ] = "",
    url: Annotated[str, typer.Option(metavar="URL", help="Where to read it.")] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help="What a reader should know.")] = "",
    status: Annotated[
        str, typer.Option(metavar="CODE", help="A normal, P provisional, E estimated, F forecast, B break.")
    ] = "A",
    replaces: Annotated[str, typer.Option(metavar="ID", help="The id of the wrong entry that this one corrects.")] = "",
    dry_run: options.DryRun = False,
    lang: options.Lang = None,
) -> None:
    workspace = find_files()
    plan, _ = load_workspace(workspace)
    found = need_indicator(plan, indicator)
    named = source or found.publisher or (who_records() if found.measure == "rating" else "")
    texts = {"source": named, "url": url, "note": note}
    entry = read_entry(found, value, period, region, published, status, replaces, texts)

    def decide(ledger: Ledger) -> tuple[list[Entry], list[Message]]:
        return decide_record(plan, found, ledger, entry, dry_run=dry_run)

    _append(workspace, decide, dry_run=dry_run, lang=lang)


def withdraw(
    entry_id: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or its first characters, as `aiplus log` shows.")
    ],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why it is taken back.")],
    published: Annotated[str | None, typer.Option(metavar="DATE", help="From when on; default today.")] = None,
    dry_run: options.DryRun = False,
    lang: options.Lang = None,
) -> None:
    from aiplus_cli.ledger.entries import Withdrawal
    from aiplus_cli.ledger.lines import with_id

    workspace = find_files()
    load_workspace(workspace)
    refuse_control({"--reason": reason})
    if not reason.strip():
        raise InputProblem(Problem("--reason", Message("it is empty"), Message("say why the entry is taken back")))
    day = day_published(published)

    def decide(ledger: Ledger) -> tuple[list[Entry], list[Message]]:
        target = find_entry(ledger, entry_id)
        if not is_in_force(ledger, target):
            return [], [Message("{entry} is no longer in force; nothing was written", entry=named_entry(target))]
        if day < target.published:
            what = Message("{day} is before the entry was published, {published}", day=day, published=target.published)
            raise InputProblem(Problem("--published", what, Message("give that day or a later one")))
        blank = Withdrawal(
            id="",
            withdraws=target.id,
            reason=reason,
            published=day,
            recorded_at=clock.now_utc(),
            recorded_by=who_records(),
        )
        values = {"entry": named_entry(target), "reason": reason}
        if dry_run:
            return [with_id(blank)], [Message("{entry} would be withdrawn: {reason}", **values)]
        return [with_id(blank)], [Message("{entry} is withdrawn: {reason}", **values)]

    _append(workspace, decide, dry_run=dry_run, lang=lang)


def _append(
    workspace: Files,
    decide: Callable[[Ledger], tuple[list[Entry], list[Message]]],
    *,
    dry_run: bool,
    lang: str | None,
) -> None:
    from aiplus_cli.ledger import jsonl

    if dry_run:
        entries, said = decide(jsonl.read(workspace.ledger))
    else:
        with jsonl.writing(workspace.ledger) as writer:
            entries, said = decide(writer.ledger)
            known = writer.ledger.ids()
            entries = [entry for entry in entries if entry.id not in known]
            writer.append(entries)
    for message in said:
        voice.say(message, lang)
    if dry_run:
        voice.say(Message("dry run: nothing was written"), lang)
    for entry in entries:
        voice.write_output(f"{entry.id}\n")


def read_entry(
    indicator: Indicator,
    value: str,
    period: str,
    region: str,
    published: str | None,
    status: str,
    replaces: str,
    texts: dict[str, str],
) -> Figure | Rating:
    """The entry that the arguments describe; raises InputProblem with every argument that is wrong."""
    from aiplus_cli.ledger.entries import Figure, Rating
    from aiplus_cli.ledger.lines import with_id
    from aiplus_cli.plan.periods import parse_period
    from aiplus_cli.plan.places import parse_region

    problems: list[Problem] = []

    def read(parse: Callable[[], Any]) -> Any:
        try:
            return parse()
        except InputProblem as error:
            problems.extend(error.problems)
            return None

    when = read(lambda: parse_period(period))
    place = read(lambda: parse_region(region))
    day = read(lambda: day_published(published))
    read(lambda: refuse_control({f"--{key}": text for key, text in texts.items()}))
    read(lambda: _check_status(status))
    number = read(lambda: _value(indicator, value))
    if when and day and when.start > day and status != "F":
        problems.append(
            Problem(
                "--period",
                Message("{period} begins after the figure was published, {day}", period=when.text, day=day),
                Message("correct --period or --published, or record a forecast with --status F"),
            )
        )
    if problems:
        raise InputProblem(*problems)
    common_fields: dict[str, Any] = {
        "id": "",
        "indicator": indicator.id,
        "region": place,
        "period": when.text,
        "status": status,
        "published": day,
        **texts,
        "replaces": replaces,
        "recorded_at": clock.now_utc(),
        "recorded_by": who_records(),
    }
    if isinstance(number, str):
        return with_id(Rating(value=number, **common_fields))  # type: ignore[arg-type]
    return with_id(Figure(value=number[0], bound=number[1], **common_fields))


def _value(indicator: Indicator, text: str) -> Any:
    from aiplus_cli.intake.values import parse_value
    from aiplus_cli.ledger.soundness import kind_problem, value_problems
    from aiplus_cli.words import i18n

    if indicator.measure == "rating":
        ratings = ("met", "on_track", "at_risk", "lagging")
        spoken = {word: name for name in ratings for word in (name, i18n.word(name, "en"), i18n.word(name, "zh"))}
        rating = spoken.get(text.strip(), text.strip())
        if rating not in ratings:
            raise InputProblem(Problem("VALUE", *kind_problem(indicator, rating)))
        return rating
    parsed = parse_value(text, indicator)
    problems = [Problem("VALUE", *said) for said in value_problems(indicator, parsed.number)]
    if problems:
        raise InputProblem(*problems)
    return parsed.number, parsed.bound


def _check_status(status: str) -> None:
    if status not in ("A", "P", "E", "F", "B"):
        raise InputProblem(
            Problem(
                "--status",
                Message("'{text}' is not known", text=status),
                Message("use one of: {allowed}", allowed=list("APEFB")),
            )
        )


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
    from aiplus_cli.ledger.vintages import dead_ids

    return entry.id not in dead_ids(ledger.entries, date.max)


def named_entry(entry: Entry) -> str:
    """An entry by its id and what it says: `3f9c… users CN 2025-06 >5.15`."""
    from aiplus_cli.ledger.entries import Withdrawal

    if isinstance(entry, Withdrawal):
        return f"{entry.id} withdraws {entry.withdraws}"
    return f"{entry.id} {entry.indicator} {entry.region} {entry.period} {entry.bound}{entry.value}"


def _corrected(ledger: Ledger, entry: Figure | Rating) -> Figure | Rating:
    """The entry that this one replaces; raises InputProblem for one of something else, or one out of force."""
    from aiplus_cli.ledger.entries import Withdrawal

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


def decide_record(
    plan: Plan, indicator: Indicator, ledger: Ledger, entry: Figure | Rating, *, dry_run: bool = False
) -> tuple[list[Entry], list[Message]]:
    """What to append, and what to say of it; raises InputProblem when it contradicts what is recorded."""
    import msgspec

    from aiplus_cli.ledger.entries import Withdrawal
    from aiplus_cli.ledger.lines import with_id
    from aiplus_cli.ledger.soundness import conflict_key, entry_problems
    from aiplus_cli.ledger.vintages import current, dead_ids

    problems = [*ledger.problems, *entry_problems(plan, ledger.name, ledger.entries, ledger.lines)]
    if problems:
        raise InputProblem(*problems)
    old = None
    if entry.replaces:
        target = find_entry(ledger, entry.replaces, where="--replaces")
        entry = with_id(msgspec.structs.replace(entry, replaces=target.id))
    if entry.id in ledger.ids():
        return [], [Message("already recorded as {id}; nothing was written", id=entry.id)]
    if entry.replaces:
        old = _corrected(ledger, entry)
    dead = dead_ids(ledger.entries, date.max)
    for other in ledger.entries:
        if other.id in dead or other.id == entry.replaces or isinstance(other, Withdrawal):
            continue
        if conflict_key(other) == conflict_key(entry):
            raise InputProblem(_contradiction(entry, other))
    key = entry.indicator, entry.region
    before = current(ledger.entries, entry.published).get(key, {})
    values = {"indicator": entry.indicator, "region": entry.region, "period": entry.period}
    value = f"{entry.bound}{entry.value}"
    first = (
        Message("would record {indicator} {region} {period}: {value}", value=value, **values)
        if dry_run
        else Message("recorded {indicator} {region} {period}: {value}", value=value, **values)
    )
    return [entry], [first, *_said(indicator, entry, before, old)]


def _contradiction(entry: Figure | Rating, other: Figure | Rating) -> Problem:
    return Problem(
        "VALUE",
        Message(
            "{old} is already recorded for {indicator} {region} {period} from the same source and day",
            old=f"{other.bound}{other.value}",
            indicator=entry.indicator,
            region=entry.region,
            period=entry.period,
        ),
        Message("if that one is wrong, add --replaces {id}", id=other.id),
    )


def _said(
    indicator: Indicator, entry: Figure | Rating, before: dict[str, Figure | Rating], old: Figure | Rating | None
) -> list[Message]:
    """What the entry corrects or revises, what it follows, and whether that is a jump."""
    from aiplus_cli.judge.series import build_series
    from aiplus_cli.ledger.vintages import period_end
    from aiplus_cli.plan.periods import read_period

    said = []
    same_day = (other for other in before.values() if period_end(other) == period_end(entry))
    revised = before.get(entry.period) or next(same_day, None)
    if old is not None:
        values = {"old": f"{old.bound}{old.value}", "period": old.period, "day": old.published}
        said.append(Message("corrects {old} ({period}), published {day}", **values))
    elif revised is not None and (revised.value, revised.bound) != (entry.value, entry.bound):
        values = {"old": f"{revised.bound}{revised.value}", "period": revised.period, "day": revised.published}
        said.append(Message("revises {old} ({period}), published {day}", **values))
    series = build_series(before.values())
    period = read_period(entry.period)
    earlier = [point for point in series.points if period and point.end < period.end] if series else []
    if earlier and isinstance(entry.value, Decimal):
        last = earlier[-1].figure
        change = entry.value - last.value
        said.append(
            Message("follows {old} ({period}): {change}", old=last.value, period=last.period, change=f"{change:+f}")
        )
        if entry.status != "F" and suspicious(indicator, last.value, entry.value):
            said.append(Message("warning: an unusual jump; check the unit and the period at the source"))
    return said


def suspicious(indicator: Indicator, old: Decimal, new: Decimal) -> bool:
    """A jump worth a second look: more than a quarter of the range, or past three times or a third of the last."""
    if indicator.range:
        return abs(new - old) > (indicator.range[1] - indicator.range[0]) / 4
    return old > 0 and not old / 3 <= new <= old * 3
