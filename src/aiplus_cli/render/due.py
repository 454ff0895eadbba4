"""What `aiplus due` prints: a table, Markdown, CSV, or aiplus.due/1."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from aiplus_cli.plan.records import Plan
from aiplus_cli.render import Options
from aiplus_cli.render.pages import Page, render_page
from aiplus_cli.render.phrases import Phrases
from aiplus_cli.render.view import Heading, Section, Shown
from aiplus_cli.review.records import Awaited, AwaitedState
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import with_detail

_TONES: dict[AwaitedState, str] = {"overdue": "stale", "missing": "due", "excused": "none", "awaited": "fresh"}


def render_due(name: str, plan: Plan, rows: Sequence[Awaited], today: date, options: Options) -> str:
    """The awaited figures in one of its formats."""
    if name == "json":
        from aiplus_cli.render.data import encode_json

        return encode_json(_document(plan, rows, today))
    if name == "csv":
        return _csv(rows)
    return render_page(name, _page(plan, rows, today, Phrases(options.lang)), options)


def _page(plan: Plan, rows: Sequence[Awaited], today: date, words: Phrases) -> Page:
    title = with_detail(words.name(plan.about.title), plan.about.document, words.lang)
    columns = (
        Heading(words.say("Indicator"), flexible=True),
        Heading(words.say("Awaited")),
        Heading(words.say("Due")),
        Heading(words.say("Days left"), right=True),
        Heading(words.say("State")),
        Heading(words.say("Latest"), 2, right=True),
        Heading(words.say("Owner"), 1),
        Heading(words.say("Publisher"), 3),
    )
    section = Section(words.say("Awaited figures"), columns, [_row(row, words) for row in rows], _notes(rows, words))
    counts = Counter(row.state for row in rows)
    said = [f"{i18n.word(state, words.lang)} {counts[state]}" for state in _TONES if counts[state]]
    closing = words.say("series: {total}; {parts}", total=len(rows), parts=said)
    sections = [section] if rows else []
    return Page(
        title,
        [words.say("clock at {today}", today=today)],
        sections,
        [closing if rows else words.say("no figure is awaited")],
    )


def _row(row: Awaited, words: Phrases) -> tuple[Shown, ...]:
    return (
        Shown(words.title(row.indicator, row.region)),
        Shown(row.period or "-"),
        Shown(str(row.due or "-")),
        Shown("-" if row.days is None else str(row.days)),
        Shown(i18n.word(row.state, words.lang), _TONES[row.state]),
        Shown(words.figure(row.latest, row.indicator)),
        Shown(row.indicator.owner or "-"),
        Shown(row.indicator.publisher or "-"),
    )


def _notes(rows: Sequence[Awaited], words: Phrases) -> list[str]:
    """Every excuse with its day and reason, whether it matters today or not."""
    notes = []
    for row in rows:
        excuse = row.indicator.no_data_until
        if excuse:
            name = words.name(row.indicator.name)
            notes.append(
                words.say("{name}: no data until {day}: {reason}", name=name, day=excuse.until, reason=excuse.reason)
            )
    return list(dict.fromkeys(notes))


def _document(plan: Plan, rows: Sequence[Awaited], today: date) -> dict[str, Any]:
    from importlib.metadata import version

    counts = Counter(row.state for row in rows)
    return {
        "schema": "aiplus.due/1",
        "tool_version": version("aiplus-cli"),
        "plan": plan.about.id,
        "today": today,
        "summary": {"total": len(rows), **{state: counts[state] for state in _TONES}},
        "awaited": [_keys(row) for row in rows],
    }


def _keys(row: Awaited) -> dict[str, Any]:
    latest, excuse = row.latest, row.indicator.no_data_until
    return {
        "indicator": row.indicator.id,
        "region": row.region,
        "state": row.state,
        "period": row.period,
        "due": row.due,
        "days_left": row.days,
        "overdue_since": row.due if row.state == "overdue" else None,
        "owner": row.indicator.owner,
        "publisher": row.indicator.publisher,
        "latest_period": latest.period if latest else None,
        "latest_published": latest.published if latest else None,
        "latest_figure_id": latest.id if latest else None,
        "no_data_until": excuse.until if excuse else None,
        "no_data_reason": excuse.reason if excuse else None,
    }


def _csv(rows: Sequence[Awaited]) -> str:
    from aiplus_cli.render.data import cell

    stream = io.StringIO()
    flat = [{key: cell(value) for key, value in _keys(row).items()} for row in rows]
    if flat:
        writer = csv.DictWriter(stream, fieldnames=list(flat[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(flat)
    return stream.getvalue()
