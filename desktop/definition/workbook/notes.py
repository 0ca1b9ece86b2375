"""One sentence with an example for every column and line of a plan workbook: the notes of its headers."""

from __future__ import annotations

from typing import Any, get_args, get_origin

from desktop.definition.workbook.cells import PART
from desktop.definition.workbook.choices import Words, words_of
from desktop.definition.workbook.columns import Column, bare, line_columns

_COMMON = {
    "id": "编号，英文字母开头，如 e01；别处按它引用，留空自动编号",
    "number": "序号，如 1；留空按先后编号",
    "name": "全称，如 有效发明专利量",
    "short_name": "表格里用的简称，如 有效发明专利；留空同名称",
    "initials": "查找用的拼音首字母，如 yxfmzl",
    "category": "所属类别，如 创造；须在“方案”表的类别里",
    "definition": "口径说明，如 期末维持有效的发明专利件数",
    "decimals": "保留几位小数，如 2",
    "note": "备注，如 分母用年末数",
    "source": "数据从哪里来，如 区统计局",
    "title": "标题，如 开展专利导航",
    "valid_from": "从哪天起有效，如 2025-01-01；留空不限",
    "valid_to": "到哪天为止有效（含当天），如 2027-12-31；留空不限",
    "successor": "由哪一项接续，如 e15",
    "bodies": "责任单位或分组，第一个牵头，如 区市场监管局、各街镇",
    "aliases": "别的叫法，如 天津经开区、开发区；查找和识别时也认",
}

_NOTES: dict[str, dict[str, str]] = {
    "": {
        "id": "方案编号，如 binhai-ip-2025-2027",
        "name": "方案全称，如 知识产权强区建设方案（2025—2027年）",
        "version": "版本，改动后请加一，如 2",
        "first_year": "方案第一年，如 2025",
        "last_year": "方案最后一年，如 2027",
        "baseline_year": "基期值所在的年份，如 2024",
        "period_types": "报送哪几种报告期，如 季、年",
        "categories": "指标和数据项的类别，如 创造、运用、保护",
        "rounding": "显示时怎样取舍",
        "consolidator": "汇总单位，如 区市场监管局",
        "title_before_overlaps": "没有扣除地域重叠以前，合计怎样称呼，如 汇总数",
        "deadlines": "报告期结束后几天内报送，如 街道=7；部门=8",
        "district.id": "全区的编号，如 binhai",
        "district.kind": "固定写 district",
        "district.name": "全区的名称，如 天津市滨海新区",
        "explanations.least_length": "出错说明至少几个字，如 6",
        "explanations.empty_phrases": "不算说明的空话，如 属实、核实无误",
        "explanations.reasons": "说明的原因，如 moved=企业迁入迁出，每行一个",
        "explanations.hints": "选了某个原因后应写明什么，如 moved=哪家企业、何时迁出，每行一个",
        "narratives.lead_least": "牵头单位写进展，建议至少几个字，如 30；只提醒，不退回",
        "narratives.lead_most": "牵头单位写进展，建议至多几个字，如 150",
        "narratives.other_least": "配合单位写一句，建议至少几个字，如 10",
        "narratives.other_most": "配合单位写一句，建议至多几个字，如 60",
    },
    "indicators": {
        "national": "是不是国家指标",
        "unit": "指标值的计量单位，如 件/万人",
        "measure": "计数、金额按完成率看，比率、得分按差距看",
        "better": "数值大好还是小好",
        "numerator": "由哪些数据项相加得到，如 e01；没有分母时就是指标值",
        "denominator": "除以哪些数据项之和，如 常住人口；计数类留空",
        "factor": "乘以多少，如 百分数填100，万元换成亿元填0.0001",
        "main_source.kind": "以谁的数为准",
        "main_source.label": "来源怎样称呼，如 区市场监管局",
        "main_source.stated": "直报值取自哪个数据项，如 e09",
        "check_sources": "另外用来核对的来源，如 各单位合计|各单位合计",
        "baseline": "基期值，如 23.3",
        "target": "目标值，如 30；怎样评价写在“目标”表",
        "own_ratio": "单位自己能不能算这个比率",
        "by_unit": "是否按单位展示",
        "monitor_only": "是否只监测、不评价",
        "over_flow": "比率是否按本年累计数计算",
    },
    "elements": {
        "unit.typed": "填报时的计量单位，如 万元",
        "unit.shown": "展示时的计量单位，如 亿元；相同时留空",
        "unit.show_factor": "填报数乘以多少得到展示数，如 0.0001",
        "nature": "期末数是时点上的数，本年累计从年初算起",
        "mode": "谁怎样报，如 街道=下发核对；区市场监管局=填报；没提到的不报",
        "due": "哪些报告期要报，如 四季度、年报",
        "kind": "一个数，还是一份名单（按有效行数计数）",
        "scope": "按什么确定归属哪个单位",
        "additive": "各单位的数能不能相加",
        "minimum": "低于它就提醒，如 0",
        "maximum": "高于它就提醒，如 20000",
        "negative": "是否允许负数",
        "subset_of": "不能大于哪些数据项，如 有效专利",
        "part_of": "在表中作为哪一项的“其中”，如 有效专利",
        "shared": "是否为各处共用的分母，如 常住人口",
        "only_grows": "是否只增不减",
        "stated_ratio": "是否直接填写比率",
        "disjoint": "几个部门都报时，是否互不重复、可以相加",
        "cutoff_day": "按当月几日截止统计，如 15；留空为月末",
        "vintages": "有哪些数据阶段，如 初步、终报",
        "columns": "名单有哪些列，如 企业名称|文字|是",
        "earlier_definitions": "以前的口径，如 含外观设计|2024-12-31|否",
        "inferred": "填报方式或口径是不是推断的",
    },
    "targets": {
        "name": "目标名称，如 有效发明专利量",
        "window": "按什么时间范围取数",
        "operator": "怎样与目标值比较",
        "unit": "目标值的计量单位，如 件",
        "due": "到期日，如 2027-12-31",
        "place.section": "写在文件哪一部分，如 主要指标对照表",
        "place.reference": "写在哪一处，如 第7行",
        "place.line": "在本单位文本中的行号，如 105",
        "indicator": "评价哪个指标，如 i07；与数据项、任务分解三选一",
        "element": "评价哪个数据项，如 e12",
        "plus": "再加上哪些数据项，如 e13",
        "items": "评价哪几项任务是否完成，如 12、13",
        "value": "目标值，如 25000",
        "value_max": "区间的上限，如 5（建成3至5家）",
        "baseline": "基期值，如 13066",
        "opening": "方案开始前已有的数，如 22",
        "path.kind": "各年怎样走向目标",
        "path.baseline_year": "基期值是哪年年末的，如 2024",
        "path.steps": "各年应达到的数，如 2025=40，每行一年",
        "starts": "从哪天起累计，如 2025-01-01",
        "unit_id": "单独对某个单位的目标，如 经开区；全区的留空",
        "binding": "约束性还是预期性",
        "due_stated": "到期日是不是文件写明的",
        "main": "是不是主要指标表里的目标",
        "quotations": "别处重复的说法，如 K18|重点任务|任务18|236",
    },
    "contradictions": {
        "subject": "哪件事前后不一，如 质押融资",
        "statements": "涉及哪些目标或引文，如 T17、K20c",
        "explanation": "怎样不一，如 30亿元与年均增长30%不等",
    },
    "actions": {"title": "行动名称，如 高质量创造行动"},
    "tasks": {"action": "属于哪个行动，如 2", "title": "任务名称，如 开展专利强企工程"},
    "items": {
        "task": "属于哪项任务，如 7；也可写任务名称",
        "title": "具体内容的简称，如 新增贯标企业200家",
        "lead": "牵头单位；留空时为第一个责任单位",
        "targets": "对应哪些目标，如 T07",
        "asks_evidence": "是否要附佐证材料",
        "inferred": "责任单位是不是推断的",
    },
    "units": {
        "kind": "单位种类，如 街道",
        "name": "单位全称，如 天津市滨海新区统计局",
        "short_name": "单位简称，如 区统计局",
        "initials": "简称的拼音首字母，如 qtjj",
        "reports_to": "汇入哪个单位，如 经开区；直接汇入全区写全区的编号",
        "codes": "官方代码，如 nbs-2023|120116400|天津经济技术开发区",
        "overlaps": "与哪些单位地域重叠，如 泰达街道",
        "outside": "有没有片区在本区以外；有的，报数时可写“其中：区外”",
        "successors": "撤并后由谁接续，如 新村街道；拆分时写几个",
        "former_names": "以前的名称，如 区质监局|2018-11-30",
        "confidence": "全称是否有把握",
    },
    "groups": {
        "name": "公文里的称呼，如 各街镇",
        "kinds": "包括哪几种单位，如 街道、镇",
        "members": "或逐个列出单位，如 区科技局、区财政局",
        "lead": "由谁牵头，如 区市场监管局",
    },
    "unit_kinds": {
        "label": "种类名称，如 街道",
        "territorial": "是否按地域相加得出全区数；部门填否",
    },
    "references": {
        "element": "哪个数据项，如 常住人口",
        "area": "哪个单位或全区，如 全区",
        "value": "数值，如 206.73",
        "date": "哪天的数，如 2024-12-31",
        "vintage": "初步数还是终报数",
    },
    "rules": {
        "name": "公式名称，如 审结不多于受理",
        "left": "左式，用数据项编号，如 e05 + prev(e06)",
        "operator": "左右两边应有的关系",
        "right": "右式，如 e07 * 1.2；同有同无时也写一个数据项",
        "text": "不成立时的提示，如 审结{left}件，多于受理{right}件，多{difference}件",
        "severity": "强制性不改正不能报出，核实性须说明，提示只告知",
        "missing": "用到的数没有报时怎么办",
        "tolerance": "相差不超过它不提示，如 0.5",
        "applies_to": "只对哪些单位、分组或种类，如 街道、镇；留空为全部",
        "slots": "只在哪些报告期，如 四季度、年报；留空为全部",
        "at": "提示显示在哪个数据项，如 e05",
        "enabled": "停用时填否",
    },
    "families": {
        "family": "由程序按方案生成的一类审核",
        "enabled": "停用时填否",
        "severity": "改变提示的轻重；留空不改",
        "except_for": "哪些数据项或指标不用这类审核，如 e03",
        "parameters": "参数，如 变动幅度（%）=50；最小变动量=10",
    },
    "mapping": {
        "from_version": "旧方案的版本，如 1",
        "what": "是单位、数据项还是任务分解变了",
        "old": "旧编号，如 e03",
        "new": "新编号，如 e15；不再使用的留空，单位拆分时写几个",
        "factor": "旧数乘以多少得到新数，如 0.0001",
        "reason": "为什么变，如 计量单位改为亿元",
        "from_plan": "旧方案是另一个方案时写它的编号",
    },
}


def column_note(collection: str, column: Column) -> str:
    """What to write in a column (a line of the frame: empty collection), with an example and its choices."""
    own = _NOTES.get(collection, {}).get(column.key)
    sentence = own or _COMMON.get(column.key.rpartition(".")[2], column.label)
    return "。".join((sentence, *_form(column))) + "。"


def has_note(collection: str, column: Column) -> bool:
    """Whether a sentence was written for the column."""
    return column.key in _NOTES.get(collection, {}) or column.key.rpartition(".")[2] in _COMMON


def _form(column: Column) -> list[str]:
    """How the kind of value is written."""
    kind = column.kind
    part = get_args(kind)[0] if get_origin(kind) is tuple else kind
    values = get_args(kind)[1] if get_origin(kind) not in (tuple, None) else part
    if get_origin(kind) is tuple and get_args(kind)[-1] is Ellipsis and hasattr(part, "__dataclass_fields__"):
        labels = PART.join(field.label for field in line_columns(part))
        choices = [_choices(words_of(bare(field.kind))) for field in line_columns(part)]
        return [f"每行一条：{labels}", *(text for text in choices if text)]
    words = column.like.words if column.like.words.shown else words_of(bare(values))
    texts = [_choices(words), _choices(column.like.keys, "参数")]
    if values is bool:
        texts.append("填是或否")
    if column.refers:
        texts.append("可写编号或名称")
    return [text for text in texts if text]


def _choices(words: Words, what: str = "可填") -> str:
    return f"{what}：{'、'.join(words.shown.values())}" if words.shown else ""


def choices_of(column: Column) -> Any:
    """The words of a column that takes exactly one of a few; empty for others."""
    words = column.like.words if column.like.words.shown else words_of(column.kind)
    return list(words.shown.values()) if get_origin(column.kind) is None else []
