"""The methods side by side: worked out only for who shows it, for it costs as much as all the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aiplus_cli.judge.methods import COMPARED, METHODS, serves
from aiplus_cli.judge.records import DECIDED, Assessment
from aiplus_cli.plan.numbers import unrounded
from aiplus_cli.plan.records import JUDGED, Verdict


@unrounded
def verdicts_by_method(result: Assessment) -> Mapping[str, Verdict | None]:
    """The verdict of every method, None where it does not apply; all None where none judged, or the value decides."""
    judged = result.through or result
    if judged.course is None or judged.ruling is None or result.verdict in DECIDED:
        return dict.fromkeys(COMPARED)
    return {name: _verdict(name, result) for name in COMPARED}


def _verdict(name: str, result: Assessment) -> Verdict | None:
    judged = result.through or result
    if judged.ruling and judged.ruling.method == name:
        return judged.ruling.outcome.verdict
    course = judged.course
    if course is None or not serves(name, judged.indicator, number=course.goal.value is not None):
        return None
    return METHODS[name].judge(course.goal, course.series).verdict


def hangs_on_method(verdicts: Iterable[Verdict | None]) -> bool:
    """Whether the methods that can judge do not all give one verdict."""
    return len({verdict for verdict in verdicts if verdict in JUDGED}) > 1
