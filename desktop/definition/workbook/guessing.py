"""What an indicator's name, unit and figures say about how it is computed: an office may change it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.definition.workbook.pasted_tables import squeeze


@dataclass(frozen=True, slots=True)
class ElementGuess:
    """A data element: name, typed unit, codes of its nature."""

    name: str
    unit: str
    nature: str = "stock"
    decimals: int = 0
    shown: str = ""
    show_factor: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """How an indicator is computed. `certain` is false where numerator and denominator must be completed."""

    unit: str
    measure: str
    decimals: int
    numerator: ElementGuess
    denominator: ElementGuess | None = None
    factor: str = "1"
    certain: bool = True


_UNIT_BRACKET = re.compile(r"[（(](?P<unit>[^（()）每]{1,8})[）)]$")
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "亿": 10**8}
_PER_BRACKET = re.compile(
    r"[（(]每(?P<scale>十万|[十百千万亿]?)(?P<of>[家户人个名]?)(?P<per>[^（()）]{2,})[）)](?P<what>.{2,})"
)
_PER = re.compile(
    r"每(?P<scale>十万|[十百千万亿]?)(?P<of>[家户人个名]?)"
    r"(?P<per>.*?(?:人口|主体|企业|家庭|居民|职工|人员|机构|学生|机动车|户|人))(?P<what>.{2,})"
)
_SHARE = re.compile(r"(?P<what>.{2,}?)占(?P<whole>.{2,}?)的?(?:比重|比例|比率|份额|百分比)")
_SHARE_OF_NOTHING = re.compile(r"(?P<what>.{2,}?)(?:占比|比重|比例)")
_GROWTH = re.compile("增速|增长率|增幅|增长速度")
_FLOW = re.compile(
    "累计|新增|新建|办案|受理|审结|结案|成交|登记金?额|投入|支出|授权|培训|引进|次数|人次|产值|收入|增加值|"
    "处置|排放量|用水量|用电量|消费量|转让|办理|撤回"
)
_STOCK = re.compile("拥有|保有|有效|存量|期末|总量|覆盖|在册")
_LOWER = re.compile("死亡|事故|排放|能耗|消耗|投诉|发案|下降率|超标|浓度|污染|失业|逾期")
_TYPED = {"亿元": ("万元", "0.0001"), "亿千瓦时": ("万千瓦时", "0.0001")}
_UNITS_BY_NOUN = {
    "人次": "人次",
    "次数": "次",
    "经费|投入|支出|收入|产值|金额|增加值|成交额|预算": "万元",
    "专利|商标|案件|作品|著作权|标准|投诉": "件",
    "企业|机构|单位": "家",
    "人员|人才|人数": "人",
    "人口": "万人",
    "面积": "平方公里",
}
_PER_UNITS = {"人口": "人", "企业": "家", "机构": "家", "主体": "户", "家庭": "户"}


def name_and_unit(text: str) -> tuple[str, str]:
    """An indicator's name and the unit in the brackets at its end, e.g. 有效发明专利量（件）."""
    name = squeeze(text)
    match = _UNIT_BRACKET.search(name)
    if match is None or match.start() == 0:
        return name, ""
    return name[: match.start()], match["unit"]


def guess_indicator(name: str, unit: str, figures: Iterable[str]) -> Guess:
    """How the indicator of that name, unit and figures (exact texts) is probably computed."""
    places = max((len(figure.partition(".")[2]) for figure in figures), default=0)
    per = _PER_BRACKET.fullmatch(name) or _PER.fullmatch(name)
    if per is not None:
        return _per(per, unit, places)
    if unit == "%" or name.endswith("率"):
        return _share(name, places)
    nature = _nature(name, unit)
    if unit == "分":
        return Guess(unit, "score", places, ElementGuess(name, unit, nature, places))
    if unit in _TYPED:
        typed, factor = _TYPED[unit]
        amount = ElementGuess(name, typed, nature, 2, unit, factor)
        return Guess(unit, _measure(unit), places, amount, factor=factor)
    plain = unit.removesuffix("/年") or _unit_of(name)
    decimals = max(places, 2) if plain.endswith("元") else places
    return Guess(plain, _measure(plain), places, ElementGuess(name, plain, nature, decimals))


def lower_is_better(name: str, baseline: str | None, target: str | None) -> bool:
    """Whether less is better: by the figures, else by the name."""
    if baseline is not None and target is not None and baseline != target:
        return float(target) < float(baseline)
    return bool(_LOWER.search(name))


def _measure(unit: str) -> str:
    return "amount" if unit.endswith("元") else "count"


def _nature(name: str, unit: str) -> str:
    if unit.endswith("/年"):
        return "flow"
    return "flow" if _FLOW.search(name) and not _STOCK.search(name) else "stock"


def _per(match: re.Match[str], unit: str, places: int) -> Guess:
    scale, per, what = match["scale"], match["per"], match["what"]
    of = match["of"] or next((one for end, one in _PER_UNITS.items() if per.endswith(end)), "个")
    counted = unit.partition("/")[0] or "个"
    numerator = ElementGuess(what, counted, _nature(what, ""), 0)
    shown = unit if "/" in unit else f"{counted}/{scale}{of}"
    if per.endswith("人口") and scale == "万":
        whole = ElementGuess("常住人口" if per == "人口" else per, "万人", decimals=2)
        return Guess(shown, "ratio", max(places, 1), numerator, whole)
    whole = ElementGuess(per, of)
    return Guess(shown, "ratio", max(places, 1), numerator, whole, str(_SCALES[scale]))


def _share(name: str, places: int) -> Guess:
    """A percentage. Only 甲占乙比重 names both sides; of the others the office must say what they are."""
    decimals = max(places, 1)
    if _GROWTH.search(name):
        return Guess("%", "ratio", decimals, ElementGuess(name, "%", "stock", 2), certain=False)
    share = _SHARE.fullmatch(name)
    if share is not None:
        return Guess("%", "ratio", decimals, _side(share["what"]), _side(share["whole"]), "100")
    half = _SHARE_OF_NOTHING.fullmatch(name)
    what = half["what"] if half else f"{name}的分子"
    nature = _nature(name, "")
    unit = _unit_of(what)
    places = 2 if unit.endswith("元") else 0
    numerator = ElementGuess(what, unit, nature, places)
    denominator = ElementGuess(f"{name}的分母", unit, nature, places)
    return Guess("%", "ratio", decimals, numerator, denominator, "100", certain=False)


def _side(name: str) -> ElementGuess:
    unit = _unit_of(name)
    return ElementGuess(name, unit, _nature(name, ""), 2 if unit[0] == "万" else 0)


def _unit_of(name: str) -> str:
    """The unit in which things of that name are counted."""
    return next((unit for nouns, unit in _UNITS_BY_NOUN.items() if re.search(nouns, name)), "个")
