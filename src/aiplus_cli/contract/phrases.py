"""Parts of rows as phrases: what JSON has in English, and pages in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from aiplus_cli.contract.numbers import plain, rounded, times
from aiplus_cli.contract.numbers import with_unit as put_together
from aiplus_cli.errors import Bilingual, Message, joined
from aiplus_cli.judge.methods import METHODS
from aiplus_cli.judge.methods.calibrated import LIKELIHOODS, Likelihood
from aiplus_cli.judge.methods.linear import CUTS as PACE_CUTS
from aiplus_cli.judge.methods.pace import acceleration
from aiplus_cli.judge.path import tolerance
from aiplus_cli.ledger.bounds import change_bound, side, turned
from aiplus_cli.ledger.entries import Bound, Figure
from aiplus_cli.plan.records import Indicator, Names, Verdict
from aiplus_cli.words.enums import WORDS

if TYPE_CHECKING:
    from aiplus_cli.contract.diff import StandingRow
    from aiplus_cli.contract.status import ContextRow, ResultRow

CHANCE_CUTS = (Decimal(100), *(least * 100 for least, _ in LIKELIHOODS))
"""Per cent between which another word is said, and what nothing can pass."""
NONE = "-"
"""What is shown where there is nothing to say."""


def name(names: Names) -> Bilingual:
    return Bilingual(names.en, names.zh)


def unit(indicator: Indicator) -> Bilingual:
    """The indicator's unit; empty where it has none."""
    found = indicator.unit
    return name(found) if isinstance(found, Names) else Bilingual(found or "", found or "")


def with_unit(number: str, indicator: Indicator) -> Bilingual:
    """A number with the indicator's unit."""
    units = unit(indicator)
    return Bilingual(put_together(number, units.en), put_together(number, units.zh))


def published(shown: Figure | ResultRow | ContextRow, indicator: Indicator) -> Message | str:
    """A number as published, with its bound, unit, status and period; a dash without one."""
    if not isinstance(shown.value, Decimal):
        return NONE
    value: object = with_unit(f"{shown.bound}{plain(shown.value)}", indicator)
    if shown.status != "A":
        value = joined(value, WORDS[f"status_{shown.status}"], between=" ")
    return Message("{text} ({detail})", text=value, detail=shown.period or "")


def target(row: ResultRow, indicator: Indicator) -> Message | str:
    """Operator, value and unit; the words of a target that has none."""
    if row.target is None:
        return row.clause or NONE
    return joined(row.op, with_unit(plain(row.target), indicator), between=" ")


def verdict(row: ResultRow | StandingRow) -> Message:
    """The verdict, with what it leaves open: the best that a floor allows, the day of the figure, or a final one."""
    if row.verdict is None:
        return joined(NONE)
    said = WORDS[row.verdict]
    is_worst = getattr(row, "verdict_bound", "") == ">"
    word = Message("{text} or better", text=said) if is_worst else joined(said)
    if row.awaited_until:
        return Message("{text} ({detail})", text=word, detail=row.awaited_until)
    return Message("{text} ({detail})", text=word, detail=WORDS["status_P"]) if row.provisional else word


def position(row: ResultRow, indicator: Indicator) -> Message:
    """`ahead by 0.1 pp`: better or worse than the path, and how much, as far as bounds tell; a dash without a path."""
    if row.gap is None or not isinstance(row.value, Decimal):
        return joined(WORDS[row.position] if row.position else NONE)
    falls = indicator.direction == "decrease"
    lead, bound = -row.gap if falls else row.gap, row.gap_bound or ""
    bound = turned(bound) if falls else bound
    if abs(lead) <= tolerance(row.value, row.bound or ""):
        return joined(*_ON_PATH[bound])
    size = bound if lead > 0 else turned(bound)
    number = rounded(abs(lead), 1, apart_from=[Decimal(0)])
    if size == "<":
        amount = _points(number, indicator)
        return Message("at most {n} ahead", n=amount) if lead > 0 else Message("at most {n} behind", n=amount)
    amount = _points(bounded(size, number), indicator)
    return Message("ahead by {n}", n=amount) if lead > 0 else Message("behind by {n}", n=amount)


def _points(number: str, indicator: Indicator) -> Message:
    """A difference in the indicator's unit: percentage points for a share."""
    if unit(indicator).en == "%":
        return joined(number, Message("pp"), between=" ")
    return joined(with_unit(number, indicator))


def pace(row: ResultRow) -> str:
    """The required over the observed pace, with digits enough to be on the right side of a cut."""
    ratio = pace_of(row.observed_per_year, row.observed_bound or "", row.required_per_year, row.required_bound or "")
    return NONE if ratio is None else bounded(ratio.bound, times(ratio.value, 2, apart_from=PACE_CUTS, unit="×"))


class Ratio(NamedTuple):
    """How many times, and what bounds make of it."""

    value: Decimal
    bound: Bound


def pace_of(
    observed: Decimal | None, observed_bound: Bound, required: Decimal | None, required_bound: Bound
) -> Ratio | None:
    """The required over the observed pace; None where nothing moves towards the target, or bounds leave it open."""
    value, bound = acceleration(observed, required), change_bound(observed_bound, required_bound)
    if value is None or required is None or bound is None:
        return None
    return Ratio(value, turned(bound) if required < 0 else bound)


def measure(row: ResultRow) -> str:
    """The measure of a method that shows neither a pace nor a chance; a share of a gap or a growth in %."""
    metric = row.metric
    if metric is None or metric.value is None or row.method is None:
        return NONE
    cuts = METHODS[row.method].CUTS
    if metric.name == "ratio":
        text = times(metric.value, 2, apart_from=cuts)
        return f"R {text}" if text[0] in "<>" and not metric.bound else f"R {_SIGNS[metric.bound or '']} {text}"
    if metric.name in ("gap_closed", "growth"):
        text = times(metric.value * 100, 1, apart_from=[cut * 100 for cut in cuts], unit=" %", scale=100)
        return bounded(metric.bound, text)
    return NONE


def chance(row: ResultRow) -> str:
    """The probability as a share; a dash without one."""
    return NONE if row.probability is None else bounded(row.probability_bound, f"{share_text(row.probability)} %")


def likelihood(word: Likelihood, bound: Bound) -> Message:
    """The chance in words; that of a bound is at least or at most so much."""
    if bound == ">":
        return Message("{text} or likelier", text=WORDS[word])
    return Message("{text} or less likely", text=WORDS[word]) if bound == "<" else joined(WORDS[word])


def bounded(bound: Bound | None, text: str) -> str:
    """A number that was worked out from bounds, with what it is: `≥ 5.4 %`; more than `>1000×` need not be said."""
    return f"{_BOUNDS[bound]} {text}" if bound and text[:1] != bound else text


_ON_PATH: dict[Bound, tuple[object, ...]] = {
    "": (WORDS["on_path"],),
    ">": (Message("on the path or ahead"),),
    "<": (Message("on the path or behind"),),
    "~": ("≈ ", WORDS["on_path"]),
}
_BOUNDS: dict[Bound, str] = {">": "≥", "<": "≤", "~": "≈"}
_SIGNS: dict[Bound, str] = {"": "=", **_BOUNDS}


def share_text(probability: Decimal) -> str:
    """A probability in per cent: no digits but those that keep it apart from 0, 1 and the cuts between words."""
    return rounded(probability * 100, 0, apart_from=CHANCE_CUTS)


def probability_text(probability: Decimal, *asked: Decimal) -> str:
    """A probability from 0 to 1, with the digits of `share_text` and those that keep it apart from what is asked."""
    return rounded(probability, 2, apart_from=[Decimal(1), *(least for least, _ in LIKELIHOODS), *asked])


def enough(row: ResultRow, indicator: Indicator) -> Message | None:
    """What the latest figure would have had to be for the verdict `on_track`; None where that is no question."""
    falls = indicator.direction == "decrease"
    if row.verdict not in ("at_risk", "off_track") or not isinstance(row.value, Decimal) or row.target is None:
        return None
    if side(row.bound or "") in ("~", ">" if falls else "<"):
        return None
    if row.on_track_from is None:
        return Message("no value in {period} would have been enough", period=row.period)
    if row.on_track_from <= row.target if falls else row.on_track_from >= row.target:
        return Message("nothing less than the target itself would have been enough in {period}", period=row.period)
    value = with_unit(plain(row.on_track_from), indicator)
    if falls:
        return Message("with {value} or less in {period} it would be on track", value=value, period=row.period)
    return Message("with {value} or more in {period} it would be on track", value=value, period=row.period)


def hanging(by_method: Mapping[str, Verdict | None]) -> Message:
    """That the methods do not all give one verdict, and what each gives."""
    return Message("the verdict hangs on the method ({verdicts})", verdicts=verdicts_by_method(by_method))


def verdicts_by_method(by_method: Mapping[str, Verdict | None]) -> Message:
    """`linear, un: on track; calibrated: off track`: the methods grouped by their verdict."""
    groups: dict[str, list[str]] = {}
    for method, verdict in by_method.items():
        if verdict:
            groups.setdefault(verdict, []).append(method)
    parts = [Message("{label}: {text}", label=names, text=WORDS[verdict]) for verdict, names in groups.items()]
    return joined(*parts, between=Message("; "))
