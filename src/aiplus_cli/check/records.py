"""What `check` finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, get_args

from aiplus_cli.errors import ExitCode
from aiplus_cli.judge.records import Assessment, ContextSeries, Report, ResultKey
from aiplus_cli.ledger.bounds import side, turned
from aiplus_cli.ledger.entries import Bound, Figure, FigureBound, Rating
from aiplus_cli.plan.records import Gate, Position, Unjudged, Verdict, Waiver, Word

Level = Literal["fail", "warn"]
Kind = Literal["progress", "evidence", "assessment"]
Aspect = Literal["verdict", "position", "evidence", "probability", "regression", "worsened", "ratchet", "provisional"]
Rule = Literal[Word, "probability", "ratchet", "old_run", "no_run", "unused_waiver", "nothing_judged", "not_judged"]
RULES: tuple[Rule, ...] = get_args(Rule)
Open = Literal[Unjudged, "awaiting"]
"""Why a gate judged nothing: what it may allow, or what is awaited, which fails no gate that does not name it."""
Excuse = Literal["waived", "expired", "floor"]
_SINCE: tuple[Aspect, ...] = ("regression", "worsened")
WaiverWord = Literal[Excuse, "unused", "not_yet", "not_judged", "renewed"]
Subject = Assessment | ContextSeries
"""What a gate judges: a result, or a series without a target, which has evidence and values but no verdict."""


class Identity(NamedTuple):
    """What of a finding stays the same from run to run: gate, rule and, where it is about a result, its place."""

    gate: str
    rule: str
    indicator: str = ""
    region: str = ""
    milestone: str = ""

    @property
    def place(self) -> ResultKey:
        """What it is about."""
        return ResultKey(*self[2:])


def place(result: Subject) -> ResultKey:
    """What a result is about."""
    milestone = result.milestone.id if isinstance(result, Assessment) else ""
    return ResultKey(result.indicator.id, result.region, milestone)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was found of a result on an earlier day: by which method, and with which figure of which indicator.

    A series without a target has no verdict. `verdict_bound` is as of an `Assessment`.
    """

    day: date
    verdict: Verdict | None
    method: str | None = None
    value: Decimal | None = None
    carrier: str | None = None
    end: date | None = None
    bound: FigureBound = ""
    verdict_bound: Bound = ""
    position: Position | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a gate found: `found` does not satisfy `op` `asked`.

    It holds since the day `since`; `compared` is the day of the value or verdict that it is compared with.
    `kind` decides the exit code, `level` whether it counts; `result` is None when the policy itself is at fault.
    `figure` is the one judged, of the proxy where the verdict is a proxy's. `line` is in targets.yaml.
    `excuse` says what a waiver of the same identity did; `new` whether the last recorded run did not have it, None
    where no run was asked for.
    """

    gate: str
    rule: Rule
    level: Level
    kind: Kind
    line: int
    result: Subject | None = None
    figure: Figure | Rating | None = None
    found: Decimal | str | None = None
    op: str | None = None
    asked: Decimal | str | None = None
    since: date | None = None
    compared: date | None = None
    waiver: Waiver | None = None
    excuse: Excuse | None = None
    new: bool | None = None

    @property
    def identity(self) -> Identity:
        """Gate and rule, and what it is about."""
        if self.result is not None:
            return Identity(self.gate, self.rule, *place(self.result))
        return Identity(self.gate, self.rule, *(self.waiver.key[1:] if self.waiver else ()))


@dataclass(frozen=True, slots=True)
class Check:
    """One aspect of one result, judged by one gate; `slack` is what is left before it fails, negative when it does.

    `scale` says what the slack is counted in: the indicator's unit, days, or probability. `bound` is that of the
    figure found. `unjudged` says why the gate could not judge, None where it did.
    """

    gate: str
    aspect: Aspect
    result: Subject
    found: Decimal | str | None
    op: str | None
    asked: Decimal | str | None
    slack: Decimal | None = None
    scale: Literal["unit", "days", "probability"] = "unit"
    finding: Finding | None = None
    bound: FigureBound = ""
    unjudged: Open | None = None

    @property
    def slack_bound(self) -> Bound:
        """Whether the slack is exact, the least or the most that the figure found proves."""
        falls = self.scale == "unit" and self.result.indicator.direction == "decrease"
        bound = self._gap_bound if self.aspect == "position" else side(self.bound)
        return turned(bound) if falls else bound

    @property
    def _gap_bound(self) -> Bound:
        """What the gap is: that of the figure, and of the baseline, where the path starts at a bound."""
        path = (self.result.through or self.result).path if isinstance(self.result, Assessment) else None
        return path.gap_bound if path else ""

    @property
    def compares(self) -> bool:
        """Whether something earlier was known to compare with, whatever it proves."""
        return self.aspect in _SINCE and (self.unjudged is None or self.asked is not None)

    @property
    def is_evaluated(self) -> bool:
        """Whether there was evidence to judge by."""
        if self.unjudged is not None or isinstance(self.result, ContextSeries):
            return self.unjudged is None and self.result.evidence.freshness != "none"
        if self.aspect == "evidence":
            return self.result.evidence.freshness != "none"
        if self.aspect in ("position", "regression", "ratchet"):
            return True
        return self.result.verdict not in ("insufficient_data", "no_data", "not_quantified")

    @property
    def fails(self) -> bool:
        return self.finding is not None and self.finding.level == "fail"


@dataclass(frozen=True, slots=True)
class WaiverState:
    """What became of a waiver in this run."""

    waiver: Waiver
    state: WaiverWord


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything `check` has to say; findings worst first, the waived ones apart.

    `newly_met` are the milestones met now and not on `met_since`; `resolved` what the last recorded run found
    and this one does not.
    """

    report: Report
    gates: tuple[Gate, ...]
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    waivers: tuple[WaiverState, ...]
    newly_met: tuple[Assessment, ...]
    met_since: date | None
    resolved: tuple[Identity, ...] = ()

    @property
    def judged(self) -> int:
        """How many results at least one gate could judge by some evidence."""
        return len({place(check.result) for check in self.checks if check.is_evaluated})

    @property
    def exit_code(self) -> ExitCode:
        """10 where progress fails, 11 where only evidence fails or nothing was judged, else 0."""
        failed = {finding.kind for finding in self.findings if finding.level == "fail"}
        if "progress" in failed:
            return ExitCode.PROGRESS
        return ExitCode.EVIDENCE if failed else ExitCode.OK
