"""What a call asks for, read against the plan: which rows, which method, which words."""

from __future__ import annotations

from decimal import Decimal

from aiplus_cli.errors import Message, Problem, UsageProblem, as_usage, did_you_mean, need_choice
from aiplus_cli.judge.assess import Selection, unserved
from aiplus_cli.judge.methods import DEFAULT, METHODS
from aiplus_cli.ledger.soundness import indicator_problem
from aiplus_cli.plan.numbers import narrow, read_number
from aiplus_cli.plan.places import EN, parse_region
from aiplus_cli.plan.records import NATION, Indicator, Plan, Word
from aiplus_cli.workspace.several import IdsAsked, several

METHOD_NAMES = (DEFAULT, *METHODS)
REGION_CODES = ("all", *EN)
"""What may be asked for as a method and as a region."""


def read_regions(names: IdsAsked) -> tuple[str, ...] | None:
    """Codes of the regions asked for: the nation where none is, None for `all`; raises UsageProblem."""
    texts = several(names) or (NATION,)
    if any(text.casefold() in ("all", "全部") for text in texts):
        return None
    return tuple(dict.fromkeys(map(read_region, texts)))


def read_region(name: str) -> str:
    """The code of the region asked for; raises UsageProblem."""
    with as_usage():
        return parse_region(name)


def read_selection(
    plan: Plan,
    *,
    milestones: IdsAsked = None,
    areas: IdsAsked = None,
    regions: IdsAsked = None,
    indicators: IdsAsked = None,
) -> Selection:
    """What to judge; raises UsageProblem for every id that is not in targets.yaml."""
    asked = {"milestone": several(milestones), "area": several(areas), "indicator": several(indicators)}
    need_known(plan, asked)
    return Selection(read_regions(regions), asked["milestone"], asked["area"], asked["indicator"])


def need_known(plan: Plan, asked: dict[str, tuple[str, ...]]) -> None:
    """Raise UsageProblem for every id asked for that is not in targets.yaml, with the nearest ones."""
    ids = {
        "milestone": [item.id for item in plan.milestones],
        "area": ["all", *(item.id for item in plan.areas)],
        "indicator": [item.id for item in plan.indicators],
    }
    listed = Message("'aiplus plan' lists them")
    problems = [
        Problem(
            f"--{kind}", Message("'{text}' is not in targets.yaml", text=name), did_you_mean(name, ids[kind], listed)
        )
        for kind, names in asked.items()
        for name in names
        if name not in ids[kind]
    ]
    if problems:
        raise UsageProblem(*problems)


def need_indicator(plan: Plan, indicator_id: str) -> Indicator:
    """The indicator; raises UsageProblem that offers the nearest ids."""
    found = plan.indicator(indicator_id)
    if found is None:
        raise UsageProblem(Problem("INDICATOR", *indicator_problem(plan, indicator_id)))
    return found


def need_number(indicator: Indicator) -> None:
    """Raise UsageProblem for an indicator that has no numbers to forecast from."""
    if indicator.measure != "number":
        what = Message("{indicator} is a rating, and has no numbers to forecast from", indicator=indicator.id)
        fix = Message("'aiplus show {id}' shows its ratings", id=indicator.id)
        raise UsageProblem(Problem("INDICATOR", what, fix))


def _judges_shares(method: str, indicator: Indicator) -> Message:
    return Message("{method} judges shares of a range, and {indicator} has none", method=method, indicator=indicator.id)


def need_method(name: str, *, where: str = "--method") -> None:
    """Raise UsageProblem unless there is such a method."""
    need_choice(where, name, METHOD_NAMES)


def need_served(plan: Plan, method: str, selection: Selection) -> None:
    """Raise UsageProblem for every selected indicator that a method asked for by name cannot judge."""
    fix = Message("use another method for it, give it a range in targets.yaml, or select others with --indicator")
    problems = [
        Problem("--method", _judges_shares(method, indicator), fix) for indicator in unserved(plan, method, selection)
    ]
    if problems:
        raise UsageProblem(*problems)


def need_owner(plan: Plan, owner: str | None) -> None:
    """Raise UsageProblem for an owner that no indicator has."""
    owners = sorted({item.owner for item in plan.indicators if item.owner})
    if owner is not None and owner not in owners:
        what = Message("'{text}' owns no indicator in targets.yaml", text=owner)
        none = Message("give indicators an 'owner' in targets.yaml")
        fix = Message("owners: {names}", names=owners) if owners else none
        raise UsageProblem(Problem("--owner", what, fix))


def read_level(level: Decimal | float | str) -> Decimal:
    """A probability from 0.001 to 0.999; raises UsageProblem."""
    share = read_number(narrow(str(level)))
    if share is None or not Decimal("0.001") <= share <= Decimal("0.999"):
        what = Message("'{text}' is no probability", text=level)
        raise UsageProblem(Problem("--level", what, Message("write a share from 0.001 to 0.999, such as 0.8")))
    return share


def read_words(fail_on: IdsAsked, warn_on: IdsAsked) -> tuple[tuple[Word, ...] | None, tuple[Word, ...] | None]:
    """The words of both, which may be separated by commas; raises UsageProblem for one that stands in both."""
    fail, warn = _words("--fail-on", fail_on), _words("--warn-on", warn_on)
    fix = Message("keep it in one of them")
    both = [
        Problem("--warn-on", Message("'{word}' stands in --fail-on too", word=word), fix)
        for word in fail or ()
        if word in (warn or ())
    ]
    if both:
        raise UsageProblem(*both)
    return fail, warn


def _words(option: str, texts: IdsAsked) -> tuple[Word, ...] | None:
    from aiplus_cli.check import PLAIN_WORDS

    if texts is None:
        return None
    names = [name.strip() for text in several(texts) for name in text.split(",") if name.strip()]
    problems: list[Problem] = []
    if not names:
        fix = Message("name at least one of: {allowed}", allowed=list(PLAIN_WORDS))
        raise UsageProblem(Problem(option, Message("it names no word"), fix))
    for name in names:
        try:
            need_choice(option, name, PLAIN_WORDS)
        except UsageProblem as error:
            problems += error.problems
    if problems:
        raise UsageProblem(*problems)
    return tuple(word for word in PLAIN_WORDS if word in names)
