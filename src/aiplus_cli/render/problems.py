"""What is wrong, as people read it: one to three lines a problem."""

from __future__ import annotations

from aiplus_cli.errors import Message, Problem, echo
from aiplus_cli.render.text import visible
from aiplus_cli.words.i18n import translate


def problem_text(problem: Problem, lang: str) -> str:
    """`error: where: what`, the source line, `fix: …`."""
    head = Message("error: {where}: {what}", where=echo(problem.where), what=problem.what)
    return "\n".join([visible(translate(head, lang)), *problem_details(problem, lang)])


def problem_details(problem: Problem, lang: str) -> list[str]:
    """The source line and the fix, as far as they are known."""
    lines = [f"    {visible(problem.excerpt)}"] if problem.excerpt else []
    if problem.fix:
        lines.append("  " + visible(translate(Message("fix: {text}", text=problem.fix), lang)))
    return lines
