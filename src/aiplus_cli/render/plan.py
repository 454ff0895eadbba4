"""The plan as a tree: milestones, areas and actions, with the indicators that watch each."""

from __future__ import annotations

from rich.text import Text
from rich.tree import Tree

from aiplus_cli.errors import Message
from aiplus_cli.plan.records import Area, Indicator, Names, Plan
from aiplus_cli.render import Options
from aiplus_cli.render.table import Screen
from aiplus_cli.render.text import visible
from aiplus_cli.words import i18n
from aiplus_cli.words.joining import labelled, with_detail


def render_plan(plan: Plan, options: Options) -> str:
    """The whole plan as a tree in one language."""
    screen = Screen(options)
    screen.tree(_PlanTree(plan, options.lang).build())
    return screen.text()


class _PlanTree:
    def __init__(self, plan: Plan, lang: str) -> None:
        self.plan, self.lang = plan, lang

    def say(self, text: str) -> str:
        return i18n.translate(Message(text), self.lang)

    def name(self, names: Names) -> str:
        return names.zh if self.lang == "zh" else names.en

    def build(self) -> Tree:
        plan = self.plan
        tree = Tree(
            Text(visible(with_detail(self.name(plan.about.title), plan.about.document, self.lang)), style="bold")
        )
        self._add_milestones(tree.add(self.say("Milestones")))
        self._watch(tree.add(self.say("The whole plan")), [i for i in plan.indicators if i.area == "all"])
        for kind, title in (("area", self.say("Areas")), ("capability", self.say("Capabilities"))):
            areas = [area for area in plan.areas if area.kind == kind]
            group = tree.add(title) if areas else tree
            for area in areas:
                self._add_area(group, area)
        return tree

    def _add_milestones(self, group: Tree) -> None:
        for milestone in sorted(self.plan.milestones, key=lambda milestone: milestone.due):
            where = f" [{milestone.region}]" if milestone.region else ""
            title = f"{with_detail(milestone.id, milestone.due, self.lang)}{where} {self.name(milestone.statement)}"
            branch = group.add(Text(visible(title)))
            watching = [i for i in self.plan.indicators if any(t.milestone == milestone.id for t in i.targets)]
            self._watch(branch, watching)

    def _add_area(self, group: Tree, area: Area) -> None:
        branch = group.add(Text(visible(self.name(area.name))))
        self._watch(branch, [i for i in self.plan.indicators if i.area == area.id and i.action is None])
        for action in area.actions:
            leaf = branch.add(Text(visible(self.name(action.name))))
            self._watch(leaf, [i for i in self.plan.indicators if i.action == action.id])

    def _watch(self, branch: Tree, indicators: list[Indicator]) -> None:
        for indicator in indicators:
            branch.add(Text(visible(labelled(indicator.id, self.name(indicator.name), self.lang)), style="cyan"))
