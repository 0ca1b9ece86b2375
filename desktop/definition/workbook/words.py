"""What people read in a plan workbook: names of sheets, headers of columns, how to fill it in."""

from __future__ import annotations

FRAME_SHEET = "方案"
NOTES_SHEET = "口径说明"
HELP_SHEET = "填写说明"

COLLECTION_SHEETS: dict[str, str] = {
    "indicators": "指标",
    "elements": "数据项",
    "targets": "目标",
    "tasks": "任务",
    "items": "任务分解",
    "units": "单位",
    "rules": "审核公式",
    "families": "通用审核",
    "mapping": "版本对应",
    "contradictions": "矛盾",
    "actions": "行动",
    "groups": "分组",
    "unit_kinds": "单位种类",
    "references": "已知数据",
}
"""Collection of the plan → its sheet, in the order in which an office works through them."""

NOTES_AFTER = "rules"
"""The collection after whose sheet the definitions stand."""

INDICATOR_TABLE, TASK_TABLE = "指标对照表", "任务分解表"
"""Sheets into which an office pastes the two tables of its document."""

PASTE_HEADERS: dict[str, dict[str, int]] = {
    INDICATOR_TABLE: {
        "序号": 7,
        "类别": 10,
        "指标名称": 44,
        "指标属性": 12,
        "基期值": 12,
        "目标值": 12,
        "责任单位": 36,
    },
    TASK_TABLE: {"序号": 7, "任务": 32, "具体内容": 64, "责任单位": 44},
}
"""Headers of the sheets to paste into, with the widths of their columns."""

PASTE_NOTE = (
    "把公文里的表连同表头复制到这里（从A1起贴，盖住这一行也可以）。"
    "列的先后、多少不限，合并单元格、换行、百分号、“≥”、“以上”都能读；不认识的列会提示。"
)

FRAME_HEADERS = {"label": "项目", "key": "键", "value": "值"}
NOTE_HEADERS = {
    "of": "所属",
    "id": "编号",
    "name": "名称",
    "definition": "口径",
    "source": "来源",
    "note": "备注",
}

HELP: tuple[str, ...] = (
    "每张表第一行是中文名，第二行是键；程序按它们找列。列可以移动，空行不读，自己加的列不读但会提示。",
    "鼠标停在表头上，可看到该列填什么、举例和可选的词；有下拉框的，从中选。中文词和英文代码都能读。",
    "提到别的单位、数据项、指标、任务时，可以写编号，也可以写名称或简称；同名的，程序会请您写编号。",
    "列表各项之间用顿号或换行分隔；成对的内容写成“街道=下发核对；区市场监管局=填报”，或每行一对。",
    "一格里有几条、每条又有几项的（如核对来源、名单的列），每行一条，各项之间用竖线 | 分隔。",
    '留空即取默认值，凡由程序补上的都会逐格提示；确实要写空文字时填两个英文双引号：""，空列表填 []。',
    "小数请勿带单位、逗号；日期写成 2024-12-31；是否类填“是”或“否”。公式请粘贴成数值。",
    "改编号时，请同时改掉提到它的各处；改名称不影响按编号的引用。",
    "新方案：把公文里的指标对照表、任务分解表贴进同名的两张表，其余各表补需要改的即可。",
    "改好后运行 zhibao plan import 文件 --out 文件夹；有错误时逐格指出，不会写出任何内容。",
)

_COMMON = {
    "id": "编号",
    "number": "序号",
    "name": "名称",
    "short_name": "简称",
    "initials": "拼音首字母",
    "kind": "种类",
    "title": "标题",
    "category": "类别",
    "definition": "口径",
    "decimals": "小数位数",
    "note": "备注",
    "source": "来源",
    "value": "数值",
    "baseline": "基期值",
    "target": "目标值",
    "reports_to": "汇入",
    "aliases": "别名",
    "codes": "官方代码",
    "overlaps": "地域重叠",
    "outside": "管到区外",
    "valid_from": "有效期起",
    "valid_to": "有效期止",
    "successors": "继任单位",
    "confidence": "可信程度",
    "members": "成员",
    "lead": "牵头单位",
    "bodies": "责任单位",
    "inferred": "是否推断",
    "successor": "继任编号",
    "earlier_definitions": "以前的口径",
    "former_names": "曾用名",
    "indicator": "指标",
    "element": "数据项",
}

_LINES = {
    "system": "代码体系",
    "code": "代码",
    "type": "类型",
    "required": "必填",
    "expires": "到期后不计数",
    "text": "口径",
    "valid_to": "截止日期",
    "comparable": "前后可比",
    "place.section": "章节",
    "place.reference": "位置",
    "place.line": "行号",
    "kind": "来源",
    "label": "名称",
    "stated": "直报值数据项",
}

_FRAME = {
    "id": "方案编号",
    "name": "方案名称",
    "version": "版本",
    "first_year": "起始年份",
    "last_year": "结束年份",
    "baseline_year": "基期年份",
    "period_types": "报告期种类",
    "categories": "类别",
    "rounding": "修约方法",
    "consolidator": "汇总单位",
    "title_before_overlaps": "扣除重叠前的名称",
    "deadlines": "报送期限（天）",
    "explanations.least_length": "说明最少字数",
    "explanations.empty_phrases": "空话",
    "explanations.reasons": "原因代码",
    "explanations.hints": "各原因应写明",
    "narratives.lead_least": "牵头事项文字至少几字",
    "narratives.lead_most": "牵头事项文字至多几字",
    "narratives.other_least": "配合事项文字至少几字",
    "narratives.other_most": "配合事项文字至多几字",
}

_BY_COLLECTION: dict[str, dict[str, str]] = {
    "indicators": {
        "national": "国家指标",
        "unit": "计量单位",
        "measure": "量的性质",
        "better": "方向",
        "numerator": "分子",
        "denominator": "分母",
        "factor": "系数",
        "main_source.kind": "主要来源",
        "main_source.label": "主要来源名称",
        "main_source.stated": "直报值数据项",
        "check_sources": "核对来源",
        "own_ratio": "单位可算比率",
        "by_unit": "分单位展示",
        "monitor_only": "只监测",
        "over_flow": "按累计数计算",
    },
    "elements": {
        "unit.typed": "填报单位（计量）",
        "unit.shown": "展示单位（计量）",
        "unit.show_factor": "展示系数",
        "nature": "时期或时点",
        "mode": "填报方式",
        "due": "报告期",
        "kind": "形式",
        "scope": "归属口径",
        "additive": "可以相加",
        "minimum": "合理下限",
        "maximum": "合理上限",
        "negative": "可为负数",
        "subset_of": "不大于",
        "part_of": "其中（上级项）",
        "shared": "共用数据",
        "only_grows": "只增不减",
        "stated_ratio": "直报比率",
        "disjoint": "互不重复",
        "cutoff_day": "统计截止日",
        "vintages": "数据阶段",
        "columns": "名单的列",
        "successor": "继任数据项",
    },
    "targets": {
        "window": "时间窗口",
        "operator": "比较方式",
        "unit": "计量单位",
        "due": "期限",
        "place.section": "出处章节",
        "place.reference": "出处位置",
        "place.line": "出处行号",
        "plus": "加上的数据项",
        "items": "任务分解",
        "value": "目标值",
        "value_max": "目标上限",
        "opening": "期初值",
        "path.kind": "路径",
        "path.baseline_year": "路径基期年",
        "path.steps": "分年值",
        "starts": "开始日期",
        "unit_id": "单位",
        "binding": "约束性质",
        "due_stated": "期限为原文",
        "main": "主要指标",
        "quotations": "其他出处",
    },
    "contradictions": {"subject": "事项", "statements": "各处说法", "explanation": "说明"},
    "tasks": {"action": "行动"},
    "items": {"task": "任务", "targets": "目标", "asks_evidence": "要佐证材料"},
    "groups": {"kinds": "单位种类"},
    "unit_kinds": {"label": "名称", "territorial": "按地域相加"},
    "rules": {
        "left": "左式",
        "operator": "比较",
        "right": "右式",
        "text": "提示语",
        "severity": "性质",
        "missing": "缺数时",
        "tolerance": "容许差",
        "applies_to": "适用单位",
        "slots": "适用报告期",
        "at": "提示位置",
        "enabled": "启用",
    },
    "families": {
        "family": "审核种类",
        "enabled": "启用",
        "severity": "性质",
        "except_for": "不适用于",
        "parameters": "参数",
    },
    "mapping": {
        "from_version": "旧版本",
        "what": "对象",
        "old": "旧编号",
        "new": "新编号",
        "factor": "换算系数",
        "reason": "原因",
        "from_plan": "旧方案",
    },
    "references": {"area": "单位或全区", "date": "日期", "vintage": "数据阶段"},
}


def frame_label(key: str) -> str:
    """The Chinese name of a line of the frame, e.g. of explanations.reasons or district.name."""
    if key in _FRAME:
        return _FRAME[key]
    part = key.removeprefix("district.")
    return f"全区：{_COMMON.get(part, part)}" if part != key else key


def column_label(collection: str, key: str) -> str:
    """The Chinese header of a column, e.g. of elements' unit.typed."""
    own = _BY_COLLECTION.get(collection, {})
    return own.get(key) or _COMMON.get(key, key)


def line_label(key: str) -> str:
    """The Chinese name of one part of a line within a cell."""
    return _LINES.get(key) or _COMMON.get(key, key)
