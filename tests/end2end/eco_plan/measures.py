"""Data elements, indicators, and what each of them means."""

from __future__ import annotations

from tests.end2end.eco_plan.sheet import Sheet

MONTHS = "、".join(f"M{month:02d}" for month in range(1, 13))
MONTHLY = f"{MONTHS}、Y"
QUARTERLY = "M03、M06、M09、M12、Y"
TERRITORY = "zone=entered\ntownship=entered"
ISSUED = "sthj=entered\nzone=issued\ntownship=issued"
SITES = (
    '[{"id":"name","name":"名称","required":true},{"id":"number","name":"命名文号"},'
    '{"id":"until","name":"有效期至","type":"date","expires":true}]'
)

ELEMENTS = Sheet(
    "数据项",
    (
        *("id", "name", "category", "unit.typed", "nature", "decimals", "mode", "due", "initials"),
        *("minimum", "maximum", "part_of", "subset_of"),
    ),
    (
        (
            *("pm25", "PM2.5平均浓度", "大气", "微克/立方米", "stock", 1, "sthj=entered", MONTHLY, "pjnd"),
            *("5", "150", None, None),
        ),
        (
            *("valid_days", "空气质量有效监测天数", "大气", "天", "flow", 0, "sthj=entered", MONTHLY),
            *("kqzlyxjcts", "0", "366", None, None),
        ),
        (
            *("good_days", "空气质量优良天数", "大气", "天", "flow", 0, "sthj=entered", MONTHLY, "kqzlylts"),
            *("0", "366", "valid_days", "valid_days"),
        ),
        (
            *("voc_firms", "完成挥发性有机物治理企业数", "大气", "家", "flow", 0, TERRITORY, MONTHLY),
            *("wchfxyjwzlqys", "0", "60", None, None),
        ),
        (
            *("sections_total", "地表水国控断面数", "水", "个", "stock", 0, ISSUED, MONTHLY, "dbsgkdms"),
            *("0", "40", None, None),
        ),
        (
            *("sections_good", "水质优良断面数", "水", "个", "stock", 0, ISSUED, MONTHLY, "szyldms"),
            *("0", "40", "sections_total", "sections_total"),
        ),
        (
            *("sewage_total", "城市生活污水排放量", "水", "万立方米", "flow", 2),
            *(f"{TERRITORY}\nswj=entered", MONTHLY, "csshwspfl", "0", "9000", None, None),
        ),
        (
            *("sewage_treated", "城市生活污水集中处理量", "水", "万立方米", "flow", 2),
            *(f"{TERRITORY}\nswj=entered", MONTHLY, "csshwsjzcll", "0", "9000"),
            *("sewage_total", "sewage_total"),
        ),
        (
            *("water_use", "用水总量", "水", "万立方米", "flow", 2, "swj=entered", QUARTERLY, "yszl"),
            *("500", "30000", None, None),
        ),
        (
            *("gdp", "地区生产总值", "水", "万元", "flow", 2, "tjj=entered", QUARTERLY, "dqsczz"),
            *("500000", "20000000", None, None),
        ),
        (
            *("hazardous_made", "危险废物产生量", "固体废物", "吨", "flow", 2, TERRITORY, MONTHLY),
            *("wxfwcsl", "0", "20000", None, None),
        ),
        (
            *("hazardous_disposed", "危险废物规范化处置量", "固体废物", "吨", "flow", 2, TERRITORY, MONTHLY),
            *("wxfwgfhczl", "0", "20000", None, None),
        ),
        (
            *("hazardous_stock", "危险废物库存量", "固体废物", "吨", "stock", 2, TERRITORY, MONTHLY),
            *("wxfwkcl", "0", "5000", None, None),
        ),
        (
            *("afforestation", "新增造林面积", "生态", "公顷", "flow", 1),
            *(f"{TERRITORY}\nlyj=entered", MONTHLY, "xzzlmj", "0", "800", None, None),
        ),
        (
            *("planted", "人工造林面积", "生态", "公顷", "flow", 1, TERRITORY, MONTHLY, "rgzlmj"),
            *("0", "800", "afforestation", "afforestation"),
        ),
        (
            *("enclosed", "封育造林面积", "生态", "公顷", "flow", 1, TERRITORY, MONTHLY, "fyzlmj"),
            *("0", "800", "afforestation", "afforestation"),
        ),
        (
            *("park_green", "公园绿地面积", "生态", "公顷", "stock", 1, "lyj=entered", QUARTERLY, "gyldmj"),
            *("100", "5000", None, None),
        ),
        (
            *("population", "常住人口", "生态", "万人", "stock", 2, "tjj=entered", "Y", "czrk"),
            *("20", "300", None, None),
        ),
        (
            *("education_sites", "生态环境宣传教育基地", "生态", "个", "stock", 0, TERRITORY, QUARTERLY),
            *("sthjxcjyjd", None, None, None, None),
        ),
        (
            *("buses_total", "公交车保有量", "绿色出行", "辆", "stock", 0, "jtj=entered", MONTHLY, "gjcbyl"),
            *("100", "3000", None, None),
        ),
        (
            *("buses_new_energy", "新能源公交车", "绿色出行", "辆", "stock", 0, "jtj=entered", MONTHLY),
            *("xnygjc", "0", "3000", "buses_total", "buses_total"),
        ),
        (
            *("noise_points", "功能区声环境监测点次", "声环境", "点次", "flow", 0, "sthj=entered", QUARTERLY),
            *("gnqshjjcdc", "0", "2000", None, None),
        ),
        (
            *("noise_passed", "功能区声环境达标点次", "声环境", "点次", "flow", 0, "sthj=entered", QUARTERLY),
            *("gnqshjdbdc", "0", "2000", "noise_points", "noise_points"),
        ),
        (
            *("petitions", "生态环境信访受理件数", "治理", "件", "flow", 0, TERRITORY, MONTHLY),
            *("sthjxfsljs", "0", "3000", None, None),
        ),
        (
            *("petitions_closed", "生态环境信访办结件数", "治理", "件", "flow", 0, TERRITORY, MONTHLY),
            *("sthjxfbjjs", "0", "3000", None, None),
        ),
        (
            *("inspections", "生态环境执法检查次数", "治理", "次", "flow", 0, TERRITORY, MONTHLY),
            *("sthjzfjccs", "0", "4000", None, None),
        ),
    ),
)

MORE_OF_ELEMENTS = {
    "pm25": {"additive": "否", "stated_ratio": "是"},
    "valid_days": {"additive": "否"},
    "good_days": {"additive": "否"},
    "gdp": {"unit.shown": "亿元", "unit.show_factor": "0.0001", "vintages": "preliminary、final、revised"},
    "population": {"shared": "是", "scope": "located", "vintages": "preliminary、final、revised"},
    "education_sites": {"kind": "list", "columns": SITES, "only_grows": "是"},
    "petitions": {"scope": "located"},
}
"""Element → further columns that only a few elements need."""

INDICATORS = Sheet(
    "指标",
    (
        *("id", "number", "name", "short_name", "category", "national", "unit", "measure", "better"),
        *("decimals", "numerator", "denominator", "factor", "main_source.kind", "main_source.label"),
        *("baseline", "target"),
    ),
    (
        (
            *("e01", 1, "PM2.5平均浓度", "PM2.5浓度", "大气", "是", "微克/立方米", "score", "lower"),
            *(1, "pm25", None, None, "stated", "演示生态环境局", "43.0", "38.0"),
        ),
        (
            *("e02", 2, "空气质量优良天数比率", "优良天数比率", "大气", "是", "%", "ratio", "higher"),
            *(1, "good_days", "valid_days", "100", "departments", "演示生态环境局", "66.0", "72.0"),
        ),
        (
            *("e03", 3, "完成挥发性有机物治理企业数", "挥发性有机物治理", "大气", "否", "家", "count"),
            *("higher", 0, "voc_firms", None, None, "units", "各单位合计", None, "60"),
        ),
        (
            *("e04", 4, "地表水国控断面优良比例", "断面优良比例", "水", "是", "%", "ratio", "higher"),
            *(1, "sections_good", "sections_total", "100", "departments", "演示生态环境局", "75.0", "85.0"),
        ),
        (
            *("e05", 5, "城市生活污水集中处理率", "污水集中处理率", "水", "否", "%", "ratio", "higher"),
            *(2, "sewage_treated", "sewage_total", "100", "units", "各单位合计", "94.50", "97.00"),
        ),
        (
            *("e06", 6, "万元地区生产总值用水量", "万元GDP用水量", "水", "是", "立方米/万元", "ratio"),
            *("lower", 2, "water_use", "gdp", "10000", "departments", "演示水务局", "14.20", "12.00"),
        ),
        (
            *("e07", 7, "危险废物规范化处置率", "危废处置率", "固体废物", "否", "%", "ratio", "higher"),
            *(2, "hazardous_disposed", "hazardous_made", "100", "units", "各单位合计", "96.80", "98.00"),
        ),
        (
            *("e08", 8, "新增造林面积", "新增造林", "生态", "否", "公顷", "amount", "higher"),
            *(1, "afforestation", None, None, "units", "各单位合计", "260.0", "450.0"),
        ),
        (
            *("e09", 9, "人均公园绿地面积", "人均公园绿地", "生态", "否", "平方米/人", "ratio", "higher"),
            *(2, "park_green", "population", None, "departments", "演示林业局", "14.00", "15.50"),
        ),
        (
            *("e10", 10, "新能源公交车占比", "新能源公交占比", "绿色出行", "否", "%", "ratio", "higher"),
            *(1, "buses_new_energy", "buses_total", "100", "departments", "演示交通运输局", "62.0", "90.0"),
        ),
        (
            *("e11", 11, "功能区声环境达标率", "声环境达标率", "声环境", "否", "%", "ratio", "higher"),
            *(1, "noise_passed", "noise_points", "100", "departments", "演示生态环境局", "88.0", "92.0"),
        ),
        (
            *("e12", 12, "生态环境信访办结率", "信访办结率", "治理", "否", "%", "ratio", "higher"),
            *(1, "petitions_closed", "petitions", "100", "units", "各单位合计", "93.0", "95.0"),
        ),
    ),
)

MORE_OF_INDICATORS = {
    "e01": {"main_source.stated": "pm25", "over_flow": "是", "by_unit": "否"},
    "e02": {"over_flow": "是", "by_unit": "否"},
    "e04": {"check_sources": '[{"kind":"units","label":"各单位合计"}]'},
    "e05": {
        "over_flow": "是",
        "own_ratio": "是",
        "check_sources": '[{"kind":"departments","label":"演示水务局"}]',
    },
    "e06": {"over_flow": "是", "by_unit": "否"},
    "e07": {"over_flow": "是", "own_ratio": "是"},
    "e08": {"check_sources": '[{"kind":"departments","label":"演示林业局"}]'},
    "e09": {"by_unit": "否"},
    "e10": {"by_unit": "否"},
    "e11": {"over_flow": "是", "by_unit": "否"},
    "e12": {"over_flow": "是", "own_ratio": "是"},
}
"""Indicator → further columns that only a few indicators need."""

_ELEMENT_NOTES = (
    ("pm25", "本年1月1日至期末的平均浓度，保留一位小数。"),
    ("valid_days", "本年1月1日至期末的有效监测天数，以审核后的监测数据为准。"),
    ("good_days", "有效监测天数中空气质量指数不大于100的天数，自年初累计。"),
    ("voc_firms", "本年累计完成挥发性有机物综合治理并通过验收的企业数，一家企业只计一次。"),
    ("sections_total", "辖区内列入国家考核的地表水断面个数。"),
    ("sections_good", "其中期末水质类别为Ⅰ至Ⅲ类的断面个数。"),
    ("sewage_total", "城市建成区生活污水排放量，自年初累计。"),
    ("sewage_treated", "其中经集中处理设施处理的水量，自年初累计。"),
    ("water_use", "生产、生活、生态用水合计，自年初累计，按季报送。"),
    ("gdp", "地区生产总值现价总量，自年初累计；初步数公布后填报，终报数公布后更正。"),
    ("hazardous_made", "本年累计产生的危险废物。"),
    ("hazardous_disposed", "本年累计交有资质单位处置或自行规范处置的危险废物，含处置以前年度库存。"),
    ("hazardous_stock", "期末贮存的危险废物，等于上期库存加本期产生减本期处置。"),
    ("afforestation", "本年累计完成并经验收的造林面积，人工造林与封育造林之和。"),
    ("planted", "其中人工造林。"),
    ("enclosed", "其中封育造林。"),
    ("park_green", "期末各类公园绿地面积。"),
    ("population", "年末常住人口，全区只由统计部门录入一次。"),
    ("education_sites", "期末在有效期内的生态环境宣传教育基地，逐个列出名称和命名文号。"),
    ("buses_total", "期末在册公交车辆。"),
    ("buses_new_energy", "其中纯电动、插电混动和燃料电池车辆。"),
    ("noise_points", "各类声环境功能区本年累计监测点次。"),
    ("noise_passed", "其中昼间、夜间均达标的点次。"),
    ("petitions", "本年累计受理的生态环境信访、举报件。"),
    ("petitions_closed", "本年累计办结件数，含上年结转，可大于受理件数。"),
    ("inspections", "本年累计出动执法检查的次数，一次检查一家企业计一次。"),
)
_INDICATOR_NOTES = (
    ("e01", "由发布部门直接给出，不由各单位数字计算。"),
    ("e02", "优良天数占有效监测天数的百分比。"),
    ("e03", "三年累计，建成60至80家。"),
    ("e04", "优良断面占国控断面的百分比。"),
    ("e05", "集中处理量占排放量的百分比，分子分母各自汇总后再相除。"),
    ("e06", "用水总量除以地区生产总值。"),
    ("e07", "规范化处置量占产生量的百分比，处置以前年度库存时可超过100%。"),
    ("e08", "当年新增面积。"),
    ("e09", "公园绿地面积除以最近一次公布的年末常住人口。"),
    ("e10", "新能源公交车占公交车保有量的百分比。"),
    ("e11", "达标点次占监测点次的百分比。"),
    ("e12", "办结件数占受理件数的百分比。"),
)

NOTES = Sheet(
    "口径说明",
    ("of", "id", "definition", "source"),
    (
        *(("数据项", id_, text, "演示数据") for id_, text in _ELEMENT_NOTES),
        *(("指标", id_, text, None) for id_, text in _INDICATOR_NOTES),
    ),
)
