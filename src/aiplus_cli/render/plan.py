"""The plan as a tree: milestones, areas and actions, with the indicators that watch each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from rich.tree import Tree

from aiplus_cli.contract.plan import AreaRow, BothNames, PlanOutline
from aiplus_cli.errors import Message
from aiplus_cli.plan.records import Plan
from aiplus_cli.render import Options
from aiplus_cli.render.table import Screen
from aiplus_cli.render.text import visible
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled, with_detail


def render_plan(outline: PlanOutline, plan: Plan, options: Options) -> str:
    """The whole plan as a tree in one language."""
    del plan
    screen = Screen(options)
    screen.tree(_PlanTree(outline, options.lang).build())
    return screen.text()


class _PlanTree:
    def __init__(self, plan: PlanOutline, lang: str) -> None:
        self.plan, self.lang = plan, lang
        self._indicators = {indicator.id: indicator for indicator in plan.indicators}

    def say(self, text: str) -> str:
        return i18n.translate(Message(text), self.lang)

    def name(self, names: BothNames) -> str:
        return names.zh if self.lang == "zh" else names.en

    def build(self) -> Tree:
        plan = self.plan
        tree = Tree(Text(visible(with_detail(self.name(plan.title), plan.document, self.lang)), style="bold"))
        self._add_milestones(tree.add(self.say("Milestones")))
        self._watch(tree.add(self.say("The whole plan")), plan.watched_by)
        for areas, title in ((plan.areas, self.say("Areas")), (plan.capabilities, self.say("Capabilities"))):
            group = tree.add(title) if areas else tree
            for area in areas:
                self._add_area(group, area)
        return tree

    def _add_milestones(self, group: Tree) -> None:
        for milestone in sorted(self.plan.milestones, key=lambda milestone: milestone.due):
            where = f" [{milestone.region}]" if milestone.region else ""
            title = f"{with_detail(milestone.id, milestone.due, self.lang)}{where} {self.name(milestone.statement)}"
            branch = group.add(Text(visible(title)))
            self._watch(branch, milestone.watched_by)

    def _add_area(self, group: Tree, area: AreaRow) -> None:
        branch = group.add(Text(visible(self.name(area.name))))
        self._watch(branch, area.watched_by)
        for action in area.actions:
            leaf = branch.add(Text(visible(self.name(action.name))))
            self._watch(leaf, action.watched_by)

    def _watch(self, branch: Tree, ids: Sequence[str]) -> None:
        for indicator in map(self._indicators.__getitem__, ids):
            branch.add(Text(visible(labelled(indicator.id, self.name(indicator.name), self.lang)), style="cyan"))
