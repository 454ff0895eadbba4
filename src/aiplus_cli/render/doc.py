"""The status page as Markdown, for a pull request, a step summary or a report."""

from __future__ import annotations

import re

from aiplus_cli.contract.status import StatusDocument
from aiplus_cli.plan.records import Plan
from aiplus_cli.render import Options
from aiplus_cli.render.text import visible
from aiplus_cli.render.view import Section, View

_LIVE = re.compile(r"(?<=@)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=#)(?=[0-9])|(?<=GH\\-)(?=[0-9])", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\s*[0-9]+)\.(?=\s|\Z)")
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~<>&-]|:(?=:))")


def escape(text: str) -> str:
    """Text that Markdown and the HTML inside it show as it is: nobody is mentioned, and no address becomes a link.

    A comment that is not shown parts what a page would make a mention or a link of; entities would not.
    """
    shown = _SPECIAL.sub(r"\\\1", visible(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")
    return _LIVE.sub("<!-- -->", _NUMBERED.sub(r"\1\\.", shown))


def render_markdown(status: StatusDocument, plan: Plan, options: Options) -> str:
    """The same rows as the terminal table, all columns."""
    view = View(status, plan, options.lang)
    title, dates = view.head()
    parts = [f"# {escape(title)}", escape(dates)]
    for section in view.sections(compare=options.compare):
        parts += [
            f"## {escape(section.title)}",
            markdown_table(section),
            *(f"- {escape(note)}" for note in section.notes_under(section.columns)),
        ]
    parts.append(escape(view.summary()))
    return "\n\n".join(parts) + "\n"


def markdown_table(section: Section) -> str:
    """A table as Markdown, all columns."""
    head = "| " + " | ".join(escape(column.title) for column in section.columns) + " |"
    rule = "| " + " | ".join("---:" if column.right else "---" for column in section.columns) + " |"
    rows = ["| " + " | ".join(escape(cell.text.strip()) for cell in row) + " |" for row in section.rows]
    return "\n".join([head, rule, *rows])
