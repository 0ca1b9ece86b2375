"""Texts about the rules that a plan writes itself (审核公式): what is wrong with one, and what one says."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "plan.rule_empty": "{file} 的 {key} 是空的。{remedy}",
    "plan.rule_too_long": "{file} 的 {key} 有{length}个字符，超过{most}个。{remedy}",
    "plan.rule_too_deep": "{file} 的 {key} 里的运算符和括号超过{most}个。{remedy}",
    "plan.rule_character": "{file} 的 {key} 第{position}个字符“{found}”不能用在公式里。{remedy}",
    "plan.rule_comparison": "{file} 的 {key} 第{position}个字符是比较符号“{found}”。{remedy}",
    "plan.rule_operator": "{file} 的 {key} 第{position}个字符起的“{found}”不是公式能用的运算。{remedy}",
    "plan.rule_bracket": "{file} 的 {key} 第{position}个字符“{found}”没有配对。{remedy}",
    "plan.rule_syntax": "{file} 的 {key} 在第{position}个字符附近读不通。{remedy}",
    "plan.rule_number": "{file} 的 {key} 第{position}个字符起的“{found}”不是能用的数。{remedy}",
    "plan.rule_construct": "{file} 的 {key} 第{position}个字符起的“{found}”不是公式能用的写法。{remedy}",
    "plan.rule_function": "{file} 的 {key} 第{position}个字符起：没有“{function}”这个函数{hint}。{remedy}",
    "plan.rule_arguments": (
        "{file} 的 {key} 第{position}个字符起：函数“{function}”括号里的内容不对。{remedy}"
    ),
    "plan.rule_name": "{file} 的 {key} 里的“{value}”不是数据项或指标{hint}。{remedy}",
    "plan.rule_not_a_figure": "{file} 的 {key} 里的“{value}”是{what}，不是数据项或指标。{remedy}",
    "plan.rule_group": "{file} 的 {key} 里的“{value}”不是单位组、单位种类或单位{hint}。{remedy}",
    "plan.rule_group_empty": "{file} 的 {key} 里的“{value}”还没有成员，合计不出来。{remedy}",
    "plan.rule_group_figure": "{file} 的 {key}：指标“{value}”不能按单位相加。{remedy}",
    "plan.rule_no_target": "{file} 的 {key}：方案里没有“{name}”的{what}，公式无从比较。{remedy}",
    "plan.rule_units": "{file} 的 {key}：计量单位不一致，{one}与{other}不能相加减或比较。{remedy}",
    "plan.rule_divided_by_zero": "{file} 的 {key}：除数是0。{remedy}",
    "plan.rule_same_sides": "{file} 的 {key}：两边完全一样，比较没有意义。{remedy}",
    "plan.rule_no_figures": "{file} 的 {key}：没有用到任何填报的数据项或指标。{remedy}",
    "plan.rule_placeholder": "{file} 的 {key} 里的“{{{value}}}”不知道要填什么{hint}。{remedy}",
    "plan.rule_brace": "{file} 的 {key} 里的花括号没有配对。{remedy}",
    "plan.rule_tolerance": "{file} 的 {key} 为{value}，允许的差额不能是负数。{remedy}",
    "plan.rule_tolerance_unused": "{file} 的 {key}：这种比较用不到允许的差额。{remedy}",
    "plan.rule_never_fails": "{file} 的 {key}：“{name}”对试过的所有数都成立，审核不出问题。{remedy}",
    "plan.rule_never_passes": "{file} 的 {key}：“{name}”对试过的所有数都不成立，谁也通不过。{remedy}",
    "plan.rule_never_runs": "{file} 的 {key}：“{name}”没有一个单位和报告期能用上。{remedy}",
}

REMEDIES: dict[str, str] = {
    "plan.rule_empty": "请写上公式，例如 a + b。",
    "plan.rule_too_long": "请拆成几条审核公式。",
    "plan.rule_too_deep": "请拆成几条审核公式。",
    "plan.rule_character": "公式里可以用编号、数、+ - * / 和括号；百分数请写成小数，例如 0.8。",
    "plan.rule_comparison": "请把比较写在 operator 里，两边各写成一个公式。",
    "plan.rule_operator": "请只用 + - * /。",
    "plan.rule_bracket": "请补上或删去其中的一半。",
    "plan.rule_syntax": "请检查是否缺少运算符、逗号或编号；含连字符的编号请加引号。",
    "plan.rule_number": "请写成普通数字，例如 0.85，不带单位、千分位和指数。",
    "plan.rule_construct": "公式里可以用编号、数、+ - * /、括号和函数。",
    "plan.rule_function": "可用的函数：{functions}。",
    "plan.rule_arguments": "应写成：{usage}。",
    "plan.rule_name": "请改正编号。",
    "plan.rule_not_a_figure": "请改成数据项或指标的编号；要一组单位的合计，请用 group_sum(数据项, 单位组)。",
    "plan.rule_group": "请改正编号。",
    "plan.rule_group_empty": "请先填写单位组的 members。",
    "plan.rule_group_figure": "请改用组成它的数据项。",
    "plan.rule_no_target": "请在目标里补上，或者直接写数。",
    "plan.rule_units": "请换成同一种单位，例如乘以或除以10000。",
    "plan.rule_divided_by_zero": "请改正除数。",
    "plan.rule_same_sides": "请改正其中一边。",
    "plan.rule_no_figures": "请至少写一个数据项或指标的编号。",
    "plan.rule_placeholder": "可以写 {{left}}、{{right}}、{{difference}} 和数据项、指标的编号。",
    "plan.rule_brace": "请补上或删去其中的一半。",
    "plan.rule_tolerance": "请改成0或正数。",
    "plan.rule_tolerance_unused": "请删去。",
    "plan.rule_never_fails": "请核对比较的方向、适用的单位和报告期。",
    "plan.rule_never_passes": "请核对比较的方向和两边的单位。",
    "plan.rule_never_runs": "请核对适用的单位、报告期、有效期和所用的数据项由谁填报。",
}
"""What to do about each code of a plan; stands at the end of its message."""

SENTENCES: dict[str, str] = {
    "equal_to": "{name}：{left}应等于{right}，相差{difference}。",
    "not_equal_to": "{name}：{left}不应等于{right}。",
    "greater_than": "{name}：{left}应大于{right}，相差{difference}。",
    "greater_than_or_equal_to": "{name}：{left}不应小于{right}，相差{difference}。",
    "less_than": "{name}：{left}应小于{right}，相差{difference}。",
    "less_than_or_equal_to": "{name}：{left}不应大于{right}，相差{difference}。",
    "compulsory_pair": "{name}：应同时填报或都不填报，没有发生的填0。",
    "exclusive_pair": "{name}：只能填报其中的一项。",
}
"""What a rule without a text of its own says, by operator."""

USAGES: dict[str, str] = {
    "prev": "prev(编号)，上期数",
    "same_period_last_year": "same_period_last_year(编号)，上年同期数",
    "baseline": "baseline(编号)，基期值",
    "target": "target(编号)，目标值",
    "group_sum": "group_sum(数据项编号, 单位组编号)，一组单位的合计",
    "sum": "sum(甲, 乙, …)，合计",
    "min": "min(甲, 乙, …)，最小的",
    "max": "max(甲, 乙, …)，最大的",
    "abs": "abs(甲)，绝对值",
}
"""How each function is written."""

SIDE_WORDS: dict[str, str] = {
    "baseline": "基期值",
    "target": "目标值",
    "unit": "单位",
    "kind": "单位种类",
    "group": "单位组",
}
"""What a name or a function stands for."""
