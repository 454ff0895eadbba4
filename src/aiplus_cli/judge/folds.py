"""Which series are left out together where `calibrated` is fitted without what it is judged on."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import Literal

from aiplus_cli.errors import Message, Problem, UsageProblem
from aiplus_cli.judge.episodes import Episode

LeftOut = Literal["group", "technology", "series"]
LEFT_OUT: tuple[LeftOut, ...] = ("group", "technology", "series")
FOLDS = 8
"""So many where nobody asks for another number, or as many as there are technologies or series."""


def folds_of(
    judged: Iterable[Episode], left_out: LeftOut, count: int | None = None, seed: int = 0
) -> Mapping[str, int]:
    """The fold of every series that has an episode, from 0 on.

    A group is a fold of its own. Technologies, each with all its series in whatever group, or series are dealt out to
    `count` folds by a shuffle. Raises UsageProblem for a number of folds that cannot be made.
    """
    part_of = {one.name: str(getattr(one, "name" if left_out == "series" else left_out)) for one in judged}
    parts = sorted(set(part_of.values()))
    if left_out == "group":
        _need_groups(parts)
    else:
        random.Random(seed).shuffle(parts)  # noqa: S311 - folds, not secrets
    number = _number(left_out, count, len(parts))
    fold = {part: place % number for place, part in enumerate(parts)}
    return {name: fold[part] for name, part in part_of.items()}


def _need_groups(groups: list[str]) -> None:
    if len(groups) < 2:
        what = Message("without its one group the file has nothing left to fit to")
        fix = Message("leave out technology or series, or give a file with a column group")
        raise UsageProblem(Problem("--leave-out", what, fix))


def _number(left_out: LeftOut, count: int | None, parts: int) -> int:
    if left_out == "group" and count is None:
        return parts
    if left_out == "group":
        what = Message("groups are left out one by one")
        raise UsageProblem(Problem("--folds", what, Message("leave --folds out, or leave out technology or series")))
    number = min(FOLDS, parts) if count is None else count
    if not 2 <= number <= parts:
        raise UsageProblem(Problem("--folds", _cannot(left_out, number, parts), Message("use 2 up to their number")))
    return number


def _cannot(left_out: LeftOut, number: int, parts: int) -> Message:
    if left_out == "technology":
        return Message.plural(
            "{n} fold cannot be made of {parts} technologies that can be judged",
            "{n} folds cannot be made of {parts} technologies that can be judged",
            n=number,
            parts=parts,
        )
    return Message.plural(
        "{n} fold cannot be made of {parts} series that can be judged",
        "{n} folds cannot be made of {parts} series that can be judged",
        n=number,
        parts=parts,
    )
