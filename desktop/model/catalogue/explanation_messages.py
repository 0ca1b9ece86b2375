"""Texts about explanations (出错说明): why one doesn't count, and what to write instead."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "explanation.no_reason": "说明还没有选原因，不予采用。请先选原因（{reasons}），再写明：{hint}。",
    "explanation.empty_phrase": "说明只写了“{said}”，没有写明原因，不予采用。请写明：{hint}。",
    "explanation.repeats_finding": (
        "说明只是把审核结果重复了一遍，没有写明原因，不予采用。审核结果已经指出的不必再写，请写明：{hint}。"
    ),
    "explanation.repeats_figures": "说明只写了数值“{said}”，没有写明原因，不予采用。请写明：{hint}。",
    "explanation.repeats_reason": (
        "说明只重复了所选的原因“{said}”，没有写明具体情况，不予采用。请写明：{hint}。"
    ),
    "explanation.too_short": "说明过短，还差{missing}个字（至少{length}个字）。请写明：{hint}。",
    "explanation.repeated": (
        "{names}的说明文字相同（“{said}”），却是分别填写的。确属同一原因的，请合并为一条；不是的，请分别写明。"
    ),
    "explanation.void": (
        "{name}的原说明“{said}”{given}已失效：{changes}。请按现在的数据重新说明，或取回原文修改后保存。"
    ),
    "explanation.unneeded": (
        "{name}的原说明“{said}”{given}已失效：{changes}。现在没有需要说明的，报出时不带上。"
    ),
}
