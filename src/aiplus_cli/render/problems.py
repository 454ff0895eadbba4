"""What is wrong, as people read it: one to three lines a problem."""

from __future__ import annotations

from aiplus_cli.errors import Message, Problem
from aiplus_cli.render.text import visible
from aiplus_cli.words.i18n import translate


def problem_text(problem: Problem, lang: str) -> str:
    """`error: where: what`, the source line, `fix: …`."""
    what = visible(translate(problem.what, lang))
    head = translate(Message("error: {where}: {what}", where=visible(problem.where), what=what), lang)
    return "\n".join([head, *problem_details(problem, lang)])


def problem_details(problem: Problem, lang: str) -> list[str]:
    """The source line and the fix, as far as they are known."""
    lines = [f"    {visible(problem.excerpt)}"] if problem.excerpt else []
    if problem.fix:
        lines.append("  " + translate(Message("fix: {text}", text=visible(translate(problem.fix, lang))), lang))
    return lines
