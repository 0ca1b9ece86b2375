"""A small plan for tests: every nature, mode, kind, window and operator once, no files read.

`small_plan()` gives the plan; `with_changes` gives a copy with parts replaced.
"""

# ruff: noqa: ANN401 - the builders pass on whatever fields the class has

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from desktop.model.element import Column, ColumnType, DataElement, ElementKind, ElementUnit, Mode, Nature
from desktop.model.explaining import ExplanationPolicy
from desktop.model.indicator import Better, Indicator, Measure, Source, SourceKind
from desktop.model.period import PeriodType
from desktop.model.plan import KindOfUnit, Plan, ReferenceFigure
from desktop.model.target import Contradiction, Operator, Place, Quotation, Target, Window
from desktop.model.task import Action, Item, Task
from desktop.model.unit import Group, OfficialCode, Unit

PLAN_END = datetime.date(2024, 12, 31)
QUARTERS = ("Q1", "Q2", "Q3", "Q4", "Y")
PLACE = Place("主要指标对照表", "第1行", 1)
BY_UNITS = {"zone": Mode.ENTERED, "street": Mode.ENTERED, "town": Mode.ENTERED}


def small_plan() -> Plan:
    """Two zones, two streets (one has the code number of the town), a town and three departments."""
    return Plan(
        id="test-plan",
        name="演示方案",
        version="1",
        first_year=2022,
        last_year=2024,
        baseline_year=2021,
        period_types=(PeriodType.QUARTER, PeriodType.YEAR),
        district=Unit("district", "district", "演示区", "演示区", "YSQ", None),
        unit_kinds=(
            KindOfUnit("zone", "开发区", True),
            KindOfUnit("street", "街道", True),
            KindOfUnit("town", "镇", True),
            KindOfUnit("department", "部门", False),
        ),
        units=_units(),
        groups=(
            Group("zones", "各开发区", kinds=("zone",), lead="zone-a"),
            Group("members", "成员单位", note="方案未列明"),
        ),
        categories=("创造", "运用", "保护", "服务"),
        elements=_elements(),
        indicators=_indicators(),
        targets=_targets(),
        contradictions=(
            Contradiction(
                "pledges", "质押融资：30亿元与年均增长30%", ("pledge-30", "pledge-growth"), "两种说法不等"
            ),
        ),
        actions=(Action(1, "演示行动"),),
        tasks=(Task(1, 1, "演示任务", ("bureau", "zones")),),
        items=(
            Item(1, 1, "演示事项一", ("bureau", "zones"), targets=("centre-built",)),
            Item(2, 1, "演示事项二", ("zones",)),
            Item(3, 1, "演示事项三", ("members",), inferred=True),
        ),
        references=(ReferenceFigure("population", "district", Decimal(200), datetime.date(2021, 12, 31)),),
        explanations=ExplanationPolicy(
            empty_phrases=("无", "正常", "情况属实", "已核实"),
            reasons={"real": "确有变化", "correction": "上期更正", "other": "其他"},
        ),
        consolidator="bureau",
        deadlines={"zone": 15, "street": 10, "town": 10, "department": 15},
    )


def with_changes(plan: Plan, **parts: Any) -> Plan:
    """A copy with some parts replaced; look-ups are made anew."""
    fields = {name: getattr(plan, name) for name in Plan.__dataclass_fields__}
    return Plan(**{**fields, **parts})


def element(id_: str, nature: Nature, *, typed: str = "件", **more: Any) -> DataElement:
    """A data element that every territorial unit types in every period, unless said otherwise."""
    defaults: dict[str, Any] = {
        "name": id_,
        "category": "创造",
        "unit": ElementUnit(typed),
        "decimals": 0,
        "definition": "演示定义",
        "mode": BY_UNITS,
        "due": QUARTERS,
    }
    return DataElement(id=id_, nature=nature, **{**defaults, **more})


def target(id_: str, operator: Operator, value: str | None, **more: Any) -> Target:
    """A district target at the plan's end, unless said otherwise."""
    defaults: dict[str, Any] = {
        "name": id_,
        "window": Window.AT_DATE,
        "unit": "件",
        "due": PLAN_END,
        "place": PLACE,
        "value": None if value is None else Decimal(value),
    }
    return Target(id=id_, operator=operator, **{**defaults, **more})


def _units() -> tuple[Unit, ...]:
    return (
        Unit("zone-a", "zone", "演示第一开发区", "一开区", "YSDYKFQ", "district", aliases=("老一区",)),
        Unit("zone-b", "zone", "演示第二开发区", "二开区", "YSDEKFQ", "district", overlaps=("street-a",)),
        Unit(
            "street-a",
            "street",
            "演示甲街道",
            "甲街道",
            "YSJJD",
            "zone-b",
            codes=(OfficialCode("civil", "005"),),
        ),
        Unit("street-b", "street", "演示乙街道", "乙街道", "YSYJD", "district"),
        Unit("town-a", "town", "演示丙镇", "丙镇", "YSBZ", "district", codes=(OfficialCode("stats", "005"),)),
        Unit("bureau", "department", "演示市场监管局", "市监局", "YSSCJGJ", "district"),
        Unit("statistics", "department", "演示统计局", "统计局", "YSTJJ", "district"),
        Unit("court", "department", "演示法院", "法院", "YSFY", "district"),
    )


def _elements() -> tuple[DataElement, ...]:
    issued = {"zone": Mode.ISSUED, "street": Mode.ISSUED, "town": Mode.ISSUED, "bureau": Mode.ENTERED}
    stock, flow = Nature.STOCK, Nature.FLOW
    return (
        element("patents", stock, name="有效专利", mode=issued, maximum=Decimal(100000)),
        element(
            "inventions", stock, name="有效发明专利", mode=issued, subset_of=("patents",), part_of="patents"
        ),
        element(
            "high_value",
            stock,
            name="高价值发明专利",
            mode=issued,
            subset_of=("inventions",),
            part_of="inventions",
        ),
        element("oversea", flow, name="海外发明专利授权", maximum=Decimal(5000)),
        element("geo_products", stock, name="地理标志产品", only_grows=True, typed="个"),
        element(
            "pledges",
            flow,
            name="质押登记金额",
            category="运用",
            unit=ElementUnit("万元", "亿元", Decimal("0.0001")),
            decimals=2,
        ),
        element("licences", flow, name="许可转让次数", category="运用", typed="次"),
        element("talents", flow, name="引进人才", category="服务", typed="人"),
        element("net_change", flow, name="净增减", category="服务", typed="家", negative=True),
        element(
            "centres",
            stock,
            name="运营中心",
            category="服务",
            typed="个",
            kind=ElementKind.LIST,
            due=("Q4", "Y"),
            columns=(
                Column("name", "名称", required=True),
                Column("credit_code", "统一社会信用代码", ColumnType.CREDIT_CODE),
                Column("until", "有效期", ColumnType.DATE, expires=True),
            ),
        ),
        element(
            "population",
            stock,
            name="常住人口",
            typed="万人",
            decimals=2,
            mode={"statistics": Mode.ENTERED},
            shared=True,
            due=("Q4", "Y"),
        ),
        element("cases_closed", flow, name="审结件数", category="保护", mode={"court": Mode.ENTERED}),
        element("cases_taken", flow, name="受理件数", category="保护", mode={"court": Mode.ENTERED}),
        element(
            "satisfaction",
            stock,
            name="社会满意度",
            category="保护",
            typed="分",
            decimals=1,
            mode={"bureau": Mode.ENTERED},
            due=("Y",),
            minimum=Decimal(60),
            maximum=Decimal(100),
        ),
        element(
            "abnormal_share",
            stock,
            name="非正常占比",
            category="保护",
            typed="%",
            decimals=2,
            mode={"bureau": Mode.ENTERED},
            maximum=Decimal(100),
        ),
    )


def _indicators() -> tuple[Indicator, ...]:
    units = Source(SourceKind.UNITS, "各单位合计")
    bureau = Source(SourceKind.DEPARTMENTS, "市监局")
    court = Source(SourceKind.DEPARTMENTS, "法院")

    def make(
        number: int, id_: str, name: str, unit: str, measure: Measure, source: Source, **more: Any
    ) -> Indicator:
        defaults: dict[str, Any] = {"category": "创造", "better": Better.HIGHER, "decimals": 0}
        return Indicator(
            id=id_,
            number=number,
            name=name,
            short_name=name,
            national=number == 1,
            unit=unit,
            measure=measure,
            main_source=source,
            **{**defaults, **more},
        )

    return (
        make(
            1,
            "high_value_rate",
            "每万人口高价值发明专利拥有量",
            "件/万人",
            Measure.RATIO,
            bureau,
            decimals=1,
            numerator=("high_value",),
            denominator=("population",),
            check_sources=(units,),
            baseline=Decimal("23.3"),
            target=Decimal(30),
        ),
        make(
            2,
            "inventions_held",
            "有效发明专利量",
            "件",
            Measure.COUNT,
            bureau,
            numerator=("inventions",),
            check_sources=(units,),
            baseline=Decimal(13066),
            target=Decimal(25000),
        ),
        make(
            3,
            "licence_share",
            "许可转让次数占专利拥有量比重",
            "%",
            Measure.RATIO,
            units,
            decimals=1,
            category="运用",
            numerator=("licences",),
            denominator=("patents",),
            factor=Decimal(100),
            over_flow=True,
            baseline=Decimal("3.7"),
            target=Decimal(5),
        ),
        make(
            4,
            "pledged",
            "质押融资登记金额",
            "亿元",
            Measure.AMOUNT,
            units,
            decimals=1,
            category="运用",
            numerator=("pledges",),
            factor=Decimal("0.0001"),
            baseline=Decimal(17),
            target=Decimal(30),
        ),
        make(
            5,
            "closing_rate",
            "司法案件审结率",
            "%",
            Measure.RATIO,
            court,
            decimals=1,
            category="保护",
            numerator=("cases_closed",),
            denominator=("cases_taken",),
            factor=Decimal(100),
            over_flow=True,
            by_unit=False,
            baseline=Decimal("92.5"),
            target=Decimal(94),
        ),
        make(
            6,
            "satisfied",
            "社会满意度",
            "分",
            Measure.SCORE,
            bureau,
            decimals=1,
            category="保护",
            numerator=("satisfaction",),
            by_unit=False,
            baseline=Decimal(84),
            target=Decimal(89),
        ),
        make(
            7,
            "cases",
            "司法案件受理数量",
            "件",
            Measure.COUNT,
            court,
            category="保护",
            numerator=("cases_taken",),
            by_unit=False,
            monitor_only=True,
            baseline=Decimal(2955),
            target=Decimal(3300),
        ),
    )


def _targets() -> tuple[Target, ...]:
    mains = tuple(
        target(
            f"main-{indicator.number}",
            Operator.AT_LEAST,
            str(indicator.target),
            name=indicator.name,
            unit=indicator.unit,
            indicator=indicator.id,
            baseline=indicator.baseline,
            main=True,
        )
        for indicator in _indicators()
    )
    return (
        *mains,
        target(
            "pledge-30",
            Operator.AT_LEAST,
            "30",
            name="质押融资达到30亿元",
            indicator="pledged",
            unit="亿元",
            baseline=Decimal(17),
            quotations=(Quotation("pledge-again", PLACE),),
        ),
        target(
            "pledge-growth",
            Operator.CAGR,
            "30",
            name="质押融资年均增长30%",
            indicator="pledged",
            unit="%/年",
            baseline=Decimal(17),
        ),
        target(
            "oversea-each-year",
            Operator.AT_LEAST,
            "300",
            name="海外授权每年300件",
            element="oversea",
            window=Window.EACH_YEAR,
            starts=datetime.date(2022, 1, 1),
        ),
        target(
            "talents-50",
            Operator.AT_LEAST,
            "50",
            name="引进人才50人",
            element="talents",
            unit="人",
            window=Window.OVER_PLAN,
            starts=datetime.date(2022, 1, 1),
        ),
        target(
            "centres-3-5",
            Operator.BUILD,
            "3",
            value_max=Decimal(5),
            name="建成3–5个运营中心",
            unit="个",
            element="centres",
        ),
        target(
            "abnormal-1",
            Operator.AT_MOST,
            "1",
            name="非正常占比控制在1%以内",
            unit="%",
            element="abnormal_share",
        ),
        target("centre-built", Operator.COMPLETE, None, name="建成演示中心", unit="", items=(1,)),
    )
