"""The formulas of a template: what is still open, odd or wrong in a row, worked out while it is filled in.

They only help. What counts are the plan's rules, which run when the file comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from desktop.exchange.format.layout import ANSWER_LABELS, NIL_TEXT, STATUS_LABELS
from desktop.model.decimals import canonical, display, places
from desktop.model.element import DataElement, Nature
from desktop.model.family import Family
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import Answer, ItemStatus

OPEN, FINE, ODD, WRONG, LEFT_OUT = "○", "√", "⚠", "✗", "—"
"""What a check begins with."""

NIL_WORDS = (NIL_TEXT, "无")
"""What may be typed for nil; the reader knows more, these are the ones that a template lets pass."""
_MOST = Decimal(3000)
"""From this many times the figure before, a unit of measure may have been mistaken."""


@dataclass(frozen=True, slots=True)
class Check:
    """A formula and its result as long as nothing was filled in."""

    formula: str
    result: str

    @property
    def open(self) -> bool:
        """Whether something is left to fill in there."""
        return self.result.startswith(OPEN)


@dataclass(frozen=True, slots=True)
class FigureCells:
    """References of a row's cells; empty where there is no such cell. `wholes`: name and cell of each."""

    current: str
    previous: str = ""
    issued: str = ""
    answer: str = ""
    wholes: Sequence[tuple[str, str]] = ()
    rows: str = ""
    """The range in 名单 that tells how many rows were filled in, for a list."""


def entered_check(element: DataElement, cells: FigureCells, plan: Plan, period: Period) -> Check:
    """The check of a figure that the unit types."""
    figure = _figure(element, cells, plan, period)
    return Check(f'=IF(TRIM({cells.current})="","{OPEN} 待填",{figure})', f"{OPEN} 待填")


def issued_check(element: DataElement, cells: FigureCells, plan: Plan, period: Period) -> Check:
    """The check of an issued figure: confirmed, or disputed with the unit's own."""
    figure = _figure(element, cells, plan, period)
    blank = f'TRIM({cells.current})=""'
    if not cells.issued:
        return Check(f'=IF({blank},"{LEFT_OUT} 未下发，可不填",{figure})', f"{LEFT_OUT} 未下发，可不填")
    same = f'IF(OR({blank},{cells.current}={cells.issued}),"{FINE}","{ODD} 与下发数不同")'
    missing = f'"{WRONG} 请填本单位的数"'
    if cells.rows:
        missing = f'IF({_count(cells.rows)}>0,"{FINE}","{WRONG} 请填名单")'
    disputed = f"IF({blank},{missing},{figure})"
    confirmed, objected = ANSWER_LABELS[Answer.CONFIRMED], ANSWER_LABELS[Answer.DISPUTED]
    silent = f'IF({blank},"{OPEN} 待核对",{figure})'
    formula = f'=IF({cells.answer}="{confirmed}",{same},IF({cells.answer}="{objected}",{disputed},{silent}))'
    return Check(formula, f"{OPEN} 待核对")


def list_check(cells: FigureCells) -> Check:
    """The check of a figure that is the number of rows in 名单."""
    count = _count(cells.rows)
    typed = (
        f'IF({_is_nil(cells.current)},IF({count}>0,"{WRONG} 名单里有行","{FINE}"),'
        f'IF({cells.current}={count},"{FINE}","{ODD} 名单有"&{count}&"行"))'
    )
    blank = f'IF({count}>0,"{FINE} 名单"&{count}&"行","{OPEN} 待填名单")'
    return Check(f'=IF(TRIM({cells.current})="",{blank},{typed})', f"{OPEN} 待填名单")


def lead_check(status: str, percent: str, narrative: str) -> Check:
    """The check of an item that the unit leads."""
    done = STATUS_LABELS[ItemStatus.DONE]
    formula = (
        f'=IF({status}="",IF({narrative}&{percent}="","{OPEN} 待填","{OPEN} 请选状态"),'
        f'IF(AND({status}="{done}",TRIM({narrative})=""),"{ODD} 请写完成情况",'
        f'IF(AND({status}="{done}",ISNUMBER({percent}),{percent}<100),"{ODD} 不到100%",'
        f'IF(AND({status}<>"{done}",{percent}=100),"{ODD} 已到100%？","{FINE}"))))'
    )
    return Check(formula, f"{OPEN} 待填")


def helper_check(status: str, narrative: str) -> Check:
    """The check of an item that another unit leads: a line is welcome, none is owed."""
    return Check(f'=IF({status}&TRIM({narrative})="","{LEFT_OUT} 选填","{FINE}")', f"{LEFT_OUT} 选填")


def left_formula(checks: str, sheet: str, open_rows: int) -> Check:
    """The live line of a sheet: how much is left, wrong and odd, from the range of its checks."""
    left, wrong, odd = (f'SUMPRODUCT(--(LEFT({checks},1)="{sign}"))' for sign in (OPEN, WRONG, ODD))
    none = f"{FINE} {sheet}已全部填完" if open_rows else f"{LEFT_OUT} {sheet}没有必填的，有内容就填"
    formula = (
        f'=IF({left}=0,"{none}","{OPEN} {sheet}还有 "&{left}&" 项未填")'
        f'&IF({wrong}=0,"","；{WRONG} 有误 "&{wrong}&" 项，请改正")'
        f'&IF({odd}=0,"","；{ODD} 请核对 "&{odd}&" 项")&"。"'
    )
    said = f"{OPEN} {sheet}还有 {open_rows} 项未填" if open_rows else none
    return Check(formula, f"{said}。")


def allowed_figure(element: DataElement, cell: str, plan: Plan) -> str:
    """What may stand in a figure's cell, as a formula: a number that no rule calls an error, or nil."""
    parts = [f"ISNUMBER({cell})"]
    if not element.negative and plan.checks(Family.SIGN, element.id):
        parts.append(f"{cell}>=0")
    if plan.checks(Family.DECIMALS, element.id):
        parts.append(f"ROUND({cell},{element.decimals})={cell}")
    return f"=OR(AND({','.join(parts)}),{_is_nil(cell, wrapped=False)})"


def decimals_text(element: DataElement) -> str:
    """How exactly a figure is asked for."""
    return f"最多 {element.decimals} 位小数" if element.decimals else "整数"


def _figure(element: DataElement, cells: FigureCells, plan: Plan, period: Period) -> str:
    """The check of a cell that isn't blank: the first of its tests that fails says so."""
    cell = cells.current
    tests = [*_errors(element, cells, plan), *_oddities(element, cells, plan, period)]
    number = f'"{FINE}"'
    for test, said in reversed(tests):
        number = f"IF({test},{_text(said)},{number})"
    return f'IF(ISNUMBER({cell}),{number},IF({_is_nil(cell)},"{FINE}","{ODD} 不是数值，请核对"))'


def _errors(element: DataElement, cells: FigureCells, plan: Plan) -> list[tuple[str, str]]:
    cell = cells.current
    tests = []
    if not element.negative and plan.checks(Family.SIGN, element.id):
        tests.append((f"{cell}<0", f"{WRONG} 不能是负数"))
    if plan.checks(Family.DECIMALS, element.id):
        tests.append((f"ROUND({cell},{element.decimals})<>{cell}", f"{WRONG} 应为{decimals_text(element)}"))
    if plan.checks(Family.SUBSET, element.id):
        for name, whole in cells.wholes:
            short = name if len(name) <= 10 else name[:9] + "…"
            tests.append((f"AND(ISNUMBER({whole}),{cell}>{whole})", f"{WRONG} 大于“{short}”"))
    return tests


def _oddities(element: DataElement, cells: FigureCells, plan: Plan, period: Period) -> list[tuple[str, str]]:
    cell, before = cells.current, cells.previous
    tests = []
    if element.unit.typed == "%":
        tests.append((f"AND({cell}>0,{cell}<1)", f"{ODD} 8%请填8，不填0.08"))
    if before and plan.checks(Family.UNIT_SLIP, element.id):
        apart = f"OR({cell}>={before}*{_MOST},{cell}*{_MOST}<={before})"
        tests.append((f"AND(ISNUMBER({before}),{before}>0,{cell}>0,{apart})", f"{ODD} 计量单位填错？"))
    falls = (element.nature is Nature.FLOW and not period.opens_year) or element.only_grows
    if before and falls and plan.checks(Family.FALL, element.id):
        tests.append((f"AND(ISNUMBER({before}),{cell}<{before})", f"{ODD} 小于上期"))
    if plan.checks(Family.RANGE, element.id):
        for limit, sign in ((element.minimum, "<"), (element.maximum, ">")):
            if limit is not None and (limit or element.negative):
                tests.append((f"{cell}{sign}{canonical(limit)}", f"{ODD} 超出常见范围"))
    return tests


def usual_range(element: DataElement) -> str:
    """The plausible range in words; empty where the plan names none."""
    low, high = (None if v is None else display(v, places(v)) for v in (element.minimum, element.maximum))
    if low is not None and high is not None:
        return f"常见范围 {low} 至 {high}"
    return f"一般不小于 {low}" if low is not None else f"一般不超过 {high}" if high is not None else ""


def _count(rows: str) -> str:
    return f"SUMPRODUCT(--(LEN(TRIM({rows}))>0))"


def _is_nil(cell: str, *, wrapped: bool = True) -> str:
    tests = ",".join(f'{cell}="{word}"' for word in NIL_WORDS)
    return f"OR({tests})" if wrapped else tests


def _text(said: str) -> str:
    return '"' + said.replace('"', '""') + '"'
