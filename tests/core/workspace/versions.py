"""A small plan in two versions, the plan that follows it, and workspaces on them.

The second version renames an element, adds two up, drops one, renames a unit (with a new id) and splits one.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from desktop.definition import plan_digest
from desktop.model.mapping import Mapped, MappingRow
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.unit import Unit
from desktop.workspace import FormSession, ToPublish, Workspace
from tests.core.plans import small_plan, with_changes
from tests.core.workspace.workspaces import at

Q2, Q3, Q4 = Period.parse("2024Q2"), Period.parse("2024Q3"), Period.parse("2024Q4")
TODAY = "2024-10-05"


def first_version() -> Plan:
    """The small plan."""
    plan = small_plan()
    return replace(plan, digest=plan_digest(plan))


def second_version() -> Plan:
    """licences → licences_all, talents + net_change → talents, oversea dropped, street-b → street-c,
    town-a split.
    """
    plan = first_version()
    elements = tuple(
        replace(e, id="licences_all", name="专利许可转让次数") if e.id == "licences" else e
        for e in plan.elements
        if e.id not in ("oversea", "net_change")
    )
    units = (
        *(
            replace(unit, id="street-c", name="演示新乙街道", short_name="新乙街道")
            if unit.id == "street-b"
            else unit
            for unit in plan.units
            if unit.id != "town-a"
        ),
        _town("town-b", "演示东镇"),
        _town("town-c", "演示西镇"),
    )
    indicators = tuple(
        replace(i, numerator=("licences_all",)) if i.id == "licence_share" else i for i in plan.indicators
    )
    changed = with_changes(
        plan,
        version="2",
        elements=elements,
        units=units,
        indicators=indicators,
        targets=tuple(t for t in plan.targets if t.element != "oversea"),
        mapping=(
            _row(Mapped.ELEMENT, "licences", "licences_all", "口径扩大为专利许可转让"),
            _row(Mapped.ELEMENT, "talents", "talents"),
            _row(Mapped.ELEMENT, "net_change", "talents"),
            MappingRow("1", Mapped.ELEMENT, "oversea", (), reason="不再统计"),
            _row(Mapped.UNIT, "street-b", "street-c"),
            MappingRow("1", Mapped.UNIT, "town-a", ("town-b", "town-c")),
        ),
        digest="",
    )
    return replace(changed, digest=plan_digest(changed))


def next_plan() -> Plan:
    """The plan of 2025–2027, which maps the second version's licences."""
    plan = second_version()
    elements = tuple(
        replace(e, id="deals", name="许可转让笔数") if e.id == "licences_all" else e for e in plan.elements
    )
    changed = with_changes(
        plan,
        id="next-plan",
        name="下一个演示方案",
        version="1",
        first_year=2025,
        last_year=2027,
        baseline_year=2024,
        elements=elements,
        indicators=tuple(
            replace(i, numerator=("deals",)) if i.id == "licence_share" else i for i in plan.indicators
        ),
        targets=(),
        contradictions=(),
        items=tuple(replace(item, targets=()) for item in plan.items),
        mapping=(
            MappingRow("2", Mapped.ELEMENT, "licences_all", ("deals",), from_plan="test-plan"),
            MappingRow("1", Mapped.ELEMENT, "licences", ("deals",), from_plan="test-plan"),
        ),
        digest="",
    )
    return replace(changed, digest=plan_digest(changed))


def workspace(
    folder: Path, *units: str, plan: Plan | None = None, consolidates: bool = False, today: str = TODAY
) -> Workspace:
    """A workspace on the first version, unless another plan is given."""
    return Workspace.create(
        folder / f"{'-'.join(units)}.zhibao",
        units,
        consolidates=consolidates,
        plan=plan or first_version(),
        person="演示员",
        clock=at(today),
    )


def package(folder: Path, plan: Plan, *periods: Period, name: str = "任务包.xlsx") -> Path:
    """A task package of a plan, from an office of its own."""
    office_folder = folder / f"office-{plan.id}-{plan.version}-{name}"
    office_folder.mkdir()
    out = folder / name
    today = "2025-04-05" if plan.first_year > 2024 else TODAY
    with workspace(office_folder, plan.consolidator, plan=plan, consolidates=True, today=today) as office:
        office.publish(ToPublish(periods or (Q3,), contact="演示联系人 000"), out)
    return out


def figure(session: FormSession, element: str) -> Decimal | None:
    """The number in a form."""
    return session.section.figure(element).value


def _row(what: Mapped, old: str, new: str, reason: str = "") -> MappingRow:
    return MappingRow("1", what, old, (new,), reason=reason)


def _town(id_: str, name: str) -> Unit:
    return Unit(id_, "town", name, name.removeprefix("演示"), "YSZ", "district")
