"""The Chinese words of everything that takes one of a few values; the codes themselves are read too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from desktop.exchange.format.layout import VINTAGE_LABELS
from desktop.model.catalogue.family_messages import FAMILY_LABELS
from desktop.model.catalogue.target_messages import OPERATOR_LABELS, WINDOW_LABELS
from desktop.model.decimals import Rounding
from desktop.model.element import ColumnType, ElementKind, Mode, Nature, Scope
from desktop.model.family import Family
from desktop.model.finding import Severity
from desktop.model.indicator import Better, Measure, SourceKind
from desktop.model.mapping import Mapped
from desktop.model.period import PeriodType
from desktop.model.rule import Missing, RuleOperator
from desktop.model.target import Binding, Operator, PathKind, Window


@dataclass(frozen=True, slots=True)
class Words:
    """Code → the word that is shown; and further texts that people type for a code."""

    shown: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)

    def code(self, text: str) -> str:
        """The code of a word; the text itself where it is no word, e.g. a code already."""
        by_word = {word: code for code, word in self.shown.items()}
        if text not in by_word and "." in text:  # 数据项编号.参数名
            head, _, tail = text.rpartition(".")
            return f"{head}.{by_word.get(tail, tail)}"
        return by_word.get(text) or self.also.get(text, text)

    def word(self, code: str) -> str:
        """What is shown for a code."""
        head, dot, tail = code.rpartition(".")
        return self.shown.get(code) or f"{head}{dot}{self.shown.get(tail, tail)}"


NO_WORDS = Words()

_ENUMS: dict[type[StrEnum], Words] = {
    Nature: Words(
        {"stock": "期末数", "flow": "本年累计"}, {"时点": "stock", "时期": "flow", "累计数": "flow"}
    ),
    ElementKind: Words({"number": "数值", "list": "名单"}),
    Mode: Words({"entered": "填报", "issued": "下发核对", "none": "不报"}),
    Scope: Words({"managed": "管理", "located": "属地", "registered": "注册地"}),
    ColumnType: Words({"text": "文字", "date": "日期", "credit_code": "统一社会信用代码"}),
    SourceKind: Words(
        {"departments": "部门", "units": "各单位合计", "stated": "直报值"}, {"单位合计": "units"}
    ),
    Measure: Words({"count": "计数", "amount": "金额", "ratio": "比率", "score": "得分"}),
    Better: Words({"higher": "越高越好", "lower": "越低越好"}, {"↑": "higher", "↓": "lower"}),
    Window: Words(WINDOW_LABELS, {"期末": "at_date", "累计": "over_plan"}),
    Operator: Words(
        OPERATOR_LABELS,
        {
            ">=": "at_least",
            "不低于": "at_least",
            "达到": "at_least",
            ">": "above",
            "＞": "above",
            "突破": "above",
            "<=": "at_most",
            "不高于": "at_most",
            "控制在": "at_most",
        },
    ),
    PathKind: Words({"linear": "线性", "compound": "复合增长", "steps": "分年", "milestones": "节点"}),
    Binding: Words({"binding": "约束性", "expected": "预期性", "unstated": "未注明"}),
    Severity: Words(
        {"error": "强制性", "warning": "核实性", "notice": "提示"}, {"错误": "error", "需说明": "warning"}
    ),
    RuleOperator: Words(
        {
            "equal_to": "=",
            "not_equal_to": "≠",
            "greater_than": ">",
            "greater_than_or_equal_to": "≥",
            "less_than": "<",
            "less_than_or_equal_to": "≤",
            "compulsory_pair": "同有同无",
            "exclusive_pair": "不能并存",
        },
        {
            "＝": "equal_to",
            "==": "equal_to",
            "等于": "equal_to",
            "!=": "not_equal_to",
            "<>": "not_equal_to",
            "不等于": "not_equal_to",
            "＞": "greater_than",
            "大于": "greater_than",
            ">=": "greater_than_or_equal_to",
            "不小于": "greater_than_or_equal_to",
            "＜": "less_than",
            "小于": "less_than",
            "<=": "less_than_or_equal_to",
            "不大于": "less_than_or_equal_to",
        },
    ),
    Missing: Words({"skip_if_any": "缺一即跳过", "skip_if_all": "全缺才跳过", "never_skip": "按零计算"}),
    PeriodType: Words(
        {"month": "月", "quarter": "季", "year": "年"},
        {"月报": "month", "季报": "quarter", "季度": "quarter", "年报": "year"},
    ),
    Rounding: Words({"half_up": "四舍五入", "half_even": "四舍六入五成双"}),
    Family: Words(FAMILY_LABELS),
    Mapped: Words({"unit": "单位", "element": "数据项", "item": "任务分解"}),
}

_VINTAGES = Words(VINTAGE_LABELS)
_CONFIDENCE = Words({"high": "高", "low": "低"})
_SLOTS = Words(
    {
        "Q1": "一季度",
        "Q2": "二季度",
        "Q3": "三季度",
        "Q4": "四季度",
        **{f"M{number:02d}": f"{number}月" for number in range(1, 13)},
        "Y": "年报",
    },
    {"年": "Y", "年度": "Y"},
)
_PARAMETERS = Words(
    {
        "margin": "倍数偏差",
        "minimum_change": "最小变动量",
        "percent": "变动幅度（%）",
        "score": "离群分数",
        "periods": "至少期数",
        "units": "至少单位数",
        "floor_percent": "波动下限（%）",
    }
)

_FIELDS: dict[tuple[str, str], Words] = {
    ("elements", "vintages"): _VINTAGES,
    ("elements", "due"): _SLOTS,
    ("references", "vintage"): _VINTAGES,
    ("rules", "slots"): _SLOTS,
    ("units", "confidence"): _CONFIDENCE,
}
_KEYS: dict[tuple[str, str], Words] = {("families", "parameters"): _PARAMETERS}


def words_of(kind: Any) -> Words:
    """The words of an annotation, if it is an enumeration."""
    return _ENUMS.get(kind, NO_WORDS)


def field_words(collection: str, key: str) -> Words:
    """The words of a field that is plain text in the model but takes one of a few values."""
    return _FIELDS.get((collection, key), NO_WORDS)


def key_words(collection: str, key: str) -> Words:
    """The words of the left sides of a field's “键=值”."""
    return _KEYS.get((collection, key), NO_WORDS)


def enumerations() -> Mapping[type[StrEnum], Words]:
    """Every enumeration that has words."""
    return _ENUMS
