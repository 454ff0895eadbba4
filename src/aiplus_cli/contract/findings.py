"""The findings of aiplus.check/1: what a gate found, and which milestones are newly met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from aiplus_cli.check.records import Aspect, CheckReport, Excuse, Finding, Identity, Kind, Level, Rule, Subject, place
from aiplus_cli.contract import sentences
from aiplus_cli.contract.fixes import fix_of
from aiplus_cli.contract.status import ContextRow, ResultRow, context_row, result_row
from aiplus_cli.contract.values import Amount, Part, Probability, Sentence, keys
from aiplus_cli.judge.records import Assessment, ResultKey
from aiplus_cli.ledger.entries import Bound, FigureBound, RatingWord
from aiplus_cli.plan.records import Basis, Freshness, Position, Verdict

LineNumber = Annotated[int, Field(ge=1)]
TARGETS = "targets.yaml"


@dataclass(frozen=True, slots=True)
class FindingRow(Part):
    """What a gate found: `found` does not satisfy `op` `asked`."""

    gate: str
    """The gate's id; `*` for the whole run, `command-line` and `since-last` for what options ask."""
    rule: Rule
    """What was broken; docs/checks.md has a section on each."""
    aspect: Aspect | None
    """What the gate looked at; null where the policy or the run itself is at fault."""
    indicator: str | None
    """The indicator's id; null where the policy or the run itself is at fault."""
    region: str | None
    """The region's code; null where the policy or the run itself is at fault."""
    milestone: str | None
    """The milestone's id; null for a series without a target, and where the policy or the run itself is at fault."""
    level: Level
    """Whether it counts: a warning leaves the exit code at 0."""
    kind: Kind
    """What it is about: progress (exit code 10), evidence (11), or how the policy is written."""
    stands_for: str | None
    """The indicator that this one is a proxy of; null for one with targets of its own."""
    due: date | None
    """The milestone's day."""
    basis: Basis | None
    """What the verdict rests on: the indicator's own official series, or a proxy."""
    verdict: Verdict | None
    """What becomes of the target."""
    freshness: Freshness | None
    """How current the evidence is."""
    unit: str | None
    """The unit as targets.yaml has it, the Chinese one where it has two; null for a rating."""
    method: str | None
    """The method that judged; null where comparing the value with the target decides."""
    probability: Probability | None
    """The chance that the target is reached on its day; null where the method gives none."""
    hangs_on_method: bool | None
    """Whether the methods that can judge the result do not all give one verdict."""
    value: Decimal | RatingWord | None
    """Of the figure judged: that of the lead proxy where the verdict is a proxy's."""
    bound: FigureBound | None
    """What the figure is: empty for exact, `>` or `>=` for a floor, `<` or `<=` for a ceiling, `~` for about."""
    period: str | None
    """What the figure is of; it stands for the period's last day."""
    published: date | None
    """The day the figure was published."""
    figure_id: str | None
    """The id of the figure's line in the ledger."""
    source: str | None
    """Who published the figure, and where."""
    found: Amount | str | None
    """What was compared: a value, a probability, days, a period, a verdict or a freshness."""
    op: str | None
    """How it had to compare with `asked`."""
    asked: Amount | str | None
    """What it was compared with."""
    since: date | None
    """Since when it holds; null where nobody can tell."""
    compared_with: date | None
    """The day of the earlier value or verdict that it was compared with; null where there is none."""
    path: str
    """targets.yaml, as the reader of the output finds it."""
    line: LineNumber
    """The line of targets.yaml that the finding is about."""
    message: Sentence
    """What was found, against what was asked."""
    fix: Sentence
    """What to do about it: the next command or edit."""
    waive: str | None
    """The line for `waivers` that would excuse it; null where none can."""
    new: bool | None
    """Whether the last recorded run did not have it; null where no run was asked for."""
    excuse: Excuse | None
    """What a waiver did: it holds, has expired, or excuses no value so low; null without one."""
    waiver_line: int | None
    """The line of that waiver in targets.yaml."""
    waiver_expires: date | None
    """The last day of that waiver."""
    awaited_until: date | None
    """The day by which the figure that decides should be out; null unless the verdict is `awaiting`."""
    provisional: bool | None
    """Whether the verdict rests on an estimate or a provisional figure, which a final one may overturn."""
    probability_bound: Bound | None
    """Whether `probability` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    position: Position | None
    """Where the figure, or the lead proxy's, stands against its path; null without a path, or where bounds hide it."""
    because: Sentence | None
    """Why the verdict is what it is, made from the numbers; null for a series without a target and for the policy."""


@dataclass(frozen=True, slots=True)
class IdentityRow(Part):
    """What of a finding stays the same from run to run."""

    gate: str
    """The gate's id."""
    rule: str
    """What was broken."""
    indicator: str | None
    """The indicator's id; null where the policy or the run itself was at fault."""
    region: str | None
    """The region's code."""
    milestone: str | None
    """The milestone's id; null for a series without a target."""


@dataclass(frozen=True, slots=True)
class MetRow(Part):
    """A milestone that is met now and was not on the day of comparison."""

    indicator: str
    """The indicator's id."""
    region: str
    """The region's code."""
    milestone: str
    """The milestone's id."""
    stands_for: str | None
    """The indicator that this one is a proxy of; null for one with targets of its own."""
    due: date
    """The milestone's day."""
    basis: Basis
    """What the verdict rests on: the indicator's own official series, or a proxy."""
    verdict: Verdict
    """What becomes of the target."""
    freshness: Freshness
    """How current the evidence is."""
    unit: str | None
    """The unit as targets.yaml has it, the Chinese one where it has two; null for a rating."""
    method: str | None
    """The method that judged; null where comparing the value with the target decides."""
    probability: Probability | None
    """The chance that the target is reached on its day; null where the method gives none."""
    hangs_on_method: bool
    """Whether the methods that can judge the result do not all give one verdict."""
    message: Sentence
    """By what it is met."""
    line: LineNumber
    """The line of its target in targets.yaml."""
    awaited_until: date | None
    """The day by which the figure that decides should be out; null unless the verdict is `awaiting`."""
    provisional: bool
    """Whether the verdict rests on an estimate or a provisional figure, which a final one may overturn."""
    probability_bound: Bound | None
    """Whether `probability` is exact (empty), the least (`>`), the most (`<`) or about (`~`) what bounds prove."""
    position: Position | None
    """Where the figure, or the lead proxy's, stands against its path; null without a path, or where bounds hide it."""
    because: Sentence
    """By how much it is met, since when, and whether that can still change."""


def finding_rows(found: CheckReport) -> tuple[FindingRow, ...]:
    """What a recorded run keeps: every finding, the waived ones last."""
    rows = FindingRows(found, TARGETS)
    return tuple(map(rows.finding, (*found.findings, *found.waived)))


def identity_row(identity: Identity) -> IdentityRow:
    """Gate and rule, and what they are about, if anything."""
    return IdentityRow(
        identity.gate, identity.rule, identity.indicator or None, identity.region or None, identity.milestone or None
    )


_OF_RESULT = (
    *("stands_for", "due", "basis", "verdict", "freshness", "unit", "method", "probability", "hangs_on_method"),
    *("awaited_until", "provisional", "probability_bound", "position", "because"),
)
_OF_FIGURE = ("value", "bound", "period", "published", "source")


class FindingRows:
    """The rows of one check; what the status says of a result is worked out once, for it compares the methods."""

    def __init__(self, found: CheckReport, path: str) -> None:
        self.today, self.met_since, self.path = found.report.today, found.met_since, path
        self._aspects = {check.finding.identity: check.aspect for check in found.checks if check.finding}
        self._results: dict[ResultKey, ResultRow | ContextRow] = {}

    def finding(self, finding: Finding) -> FindingRow:
        figure, waiver = finding.figure, finding.waiver
        row = self._row(finding.result) if finding.result else None
        about = sentences.About(finding, row, self.path)
        return FindingRow(
            **keys(identity_row(finding.identity)),
            aspect=self._aspects.get(finding.identity),
            level=finding.level,
            kind=finding.kind,
            **_taken(row, _OF_RESULT),
            **_taken(figure, _OF_FIGURE),
            figure_id=figure.id if figure else None,
            found=side(finding.found),
            op=finding.op,
            asked=side(finding.asked),
            since=finding.since,
            compared_with=finding.compared,
            path=self.path,
            line=finding.line,
            message=sentences.what(about),
            fix=fix_of(finding, self.today.year),
            waive=sentences.waive(finding, self.today),
            new=finding.new,
            excuse=finding.excuse,
            waiver_line=waiver.line if waiver else None,
            waiver_expires=waiver.expires if waiver else None,
        )

    def _row(self, result: Subject) -> ResultRow | ContextRow:
        key = place(result)
        if key not in self._results:
            self._results[key] = result_row(result) if isinstance(result, Assessment) else context_row(result)
        return self._results[key]

    def met(self, result: Assessment) -> MetRow:
        row = result_row(result)
        return MetRow(
            **_taken(row, ("indicator", "region", "milestone", *_OF_RESULT)),
            message=sentences.newly_met(result, row, self.met_since),
            line=max(result.target.line or result.indicator.line, 1),
        )


def _taken(source: object, names: tuple[str, ...]) -> dict[str, Any]:
    """The named fields of a row or a figure; None for what it does not have."""
    return {name: getattr(source, name, None) for name in names}


def side(value: Decimal | str | None) -> Amount | str | None:
    """What was found or asked: a number in its unit, or a word."""
    return Amount(value) if isinstance(value, Decimal) else value
