"""The committed plan data, read as plain TOML: what the plan names, counts and contradicts."""

from __future__ import annotations

import datetime
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

PLAN = Path(__file__).parents[3] / "resources" / "plans" / "binhai-ip-2022-2024"

Table = dict[str, Any]

STATEMENTS = """
T01 T02 T03 T04 T05 T06 T07 T08 T09 T10 T11 T12 T13 T14 T15 T16 T17 T18 T19 T20
B1 B2a B2b B3a B3b B3c B4a B4b B4c B5a B5b B6 B7a B7b B7c B8a B8b
K5 K6 K7a K7b K7c K7d K7e K8 K10 K11a K11b K12 K15a K15b K15c K18a K18b K20a K20b K20c K24
K27a K27b K27c K30a K30b K33a K33b
A7 A14 A15 A16 A17a A17b A17c A18 A24 A28a A28b A29 A41 A42a A42b A51a A51b A53 A54 A55 A67
A71a A71b A77a A77b A83 A84
G1 M3 M5 M5b M11a M11b M13 M15 M17 M18a M18b M18c M21 M27 M28 M31 M33a M33b M34a M34b
"""

SUBJECTS = {
    "600亿: 专利技术合同 对 技术合同；突破 对 达到": {"T16", "B4c", "K15b", "A42b"},
    "代理机构: 累计140家 对 每百家11（约1273家规上）": {"T19", "B7b", "K30b", "A77b"},
    "优势示范企业: 35家 对 每百家2.4（约1458家规上）；国家 对 国家和天津市": {"T06", "B2b", "K7c", "A17b"},
    "公共服务平台: 打造5家 对 13→20个": {"T20", "B7a", "K27a", "A71a"},
    "地理标志商标: 141件疑含全部集体商标和证明商标": {"T05", "K18b", "A51b"},
    "执法持证人员: 每百家35人（折446–510人），疑为绝对数": {"T10", "K10", "A24"},
    "有效发明专利: 倍增（26132）对 25000": {"T07", "B2a", "K7e", "A16"},
    "质押融资: 30亿 对 年均增幅30%（17亿→37.3亿）": {"T17", "B5a", "K20c", "A55"},
    "非正常专利申请: 占比≤1% 对 撤回率99.8%": {"T09", "B3a"},
}

TABLE = {
    "T01": ("0.7", "0.8"),
    "T02": ("23.3", "30"),
    "T03": ("31.4", "37"),
    "T04": ("1", "2"),
    "T05": ("141", "150"),
    "T06": ("2.0", "2.4"),
    "T07": ("13066", "25000"),
    "T08": ("202", "300"),
    "T09": ("99.7", "99.8"),
    "T10": ("30", "35"),
    "T11": ("84", "89"),
    "T12": ("490", "550"),
    "T13": ("2955", "3300"),
    "T14": ("92.5", "94"),
    "T15": ("3.7", "5"),
    "T16": ("460", "600"),
    "T17": ("17.0", "30"),
    "T18": ("6", "8"),
    "T19": ("8.6", "11"),
    "T20": ("13", "20"),
}


def _load(name: str) -> dict[str, list[Table]]:
    return tomllib.loads((PLAN / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def units() -> dict[str, list[Table]]:
    return _load("units.toml")


@pytest.fixture(scope="module")
def tasks() -> dict[str, list[Table]]:
    return _load("tasks.toml")


@pytest.fixture(scope="module")
def targets() -> dict[str, list[Table]]:
    return _load("targets.toml")


def _targets_by_id(targets: dict[str, list[Table]]) -> dict[str, Table]:
    return {target["id"]: target for target in targets["target"]}


def _quotations(target: Table) -> list[str]:
    return [quotation["id"] for quotation in target.get("quotations", [])]


def test_units_of_each_kind(units: dict[str, list[Table]]) -> None:
    kinds = Counter(unit["kind"] for unit in units["unit"])
    assert kinds == {"development_zone": 5, "street": 16, "town": 5, "department": 28}
    assert len({unit["id"] for unit in units["unit"]}) == 54
    assert {unit["reports_to"] for unit in units["unit"]} == {"binhai"}


def test_no_name_means_two_units(units: dict[str, list[Table]]) -> None:
    owners: dict[str, set[str]] = {}
    for unit in units["unit"]:
        codes = [code["name"] for code in unit.get("codes", [])]
        for name in (unit["name"], unit["short_name"], *unit.get("aliases", []), *codes):
            owners.setdefault(name, set()).add(unit["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
    assert owners["东疆保税港区"] == {"dongjiang"}
    assert owners["天津滨海高新区"] == {"gaoxin"}
    assert owners["区市场监管局（知识产权局）"] == {"scjg"}
    assert owners["国家金融监督管理总局滨海监管分局"] == {"yjfj"}


def test_initials_are_read_as_people_say_them(units: dict[str, list[Table]]) -> None:
    initials = {unit["short_name"]: unit["initials"] for unit in units["unit"]}
    expected = {"塘沽街道": "tgjd", "经开区": "jkq", "区市场监管局": "qscjgj", "大沽街道": "dgjd"}
    expected |= {"杭州道街道": "hzdjd", "自贸区管委会办公室": "zmqgwhbgs", "滨海银保监分局": "bhybjfj"}
    assert {name: initials[name] for name in expected} == expected
    assert all(text.isascii() and text.isalpha() and text.islower() for text in initials.values())
    assert all(len(text) == len(name) for name, text in initials.items())


def test_codes_carry_their_system_because_numbers_clash(units: dict[str, list[Table]]) -> None:
    codes = [(c["system"], c["code"], u["id"]) for u in units["unit"] for c in u.get("codes", [])]
    assert len({(system, code) for system, code, _ in codes}) == len(codes) == 5 + 2 * 21
    first_nine = {(system, code[:9]): unit for system, code, unit in codes}
    assert first_nine["nbs-2023", "120116012"] == "xingang"
    assert first_nine["mca-2025", "120116012"] == "taida"
    assert first_nine["nbs-2023", "120116033"] == "chadian"
    assert first_nine["mca-2025", "120116033"] == "gulin"


def test_overlaps_are_declared_by_both_sides(units: dict[str, list[Table]]) -> None:
    overlaps = {unit["id"]: set(unit.get("overlaps", [])) for unit in units["unit"]}
    assert overlaps["taida"] == {"jingkai"}
    assert all(one in overlaps[other] for one, others in overlaps.items() for other in others)


def test_doubtful_names_say_so(units: dict[str, list[Table]]) -> None:
    low = {unit["id"] for unit in units["unit"] if unit.get("confidence") == "low"}
    assert low == {"jrj", "gaj", "wsb", "khb"}
    assert all(unit["note"] for unit in units["unit"] if unit["id"] in low)


def test_groups_without_members_stay_undefined_and_none_has_a_lead(units: dict[str, list[Table]]) -> None:
    groups = {group["id"]: group for group in units["group"]}
    assert groups["kfq"]["kinds"] == ["development_zone"]
    assert groups["jz"]["kinds"] == ["street", "town"]
    assert set(groups) == {"kfq", "jz", "cydw", "xgbm"}
    assert not any("kinds" in groups[id_] or "members" in groups[id_] for id_ in ("cydw", "xgbm"))
    assert not any("lead" in group for group in groups.values())


def test_actions_tasks_and_items_are_complete(tasks: dict[str, list[Table]]) -> None:
    assert [action["number"] for action in tasks["action"]] == list(range(1, 9))
    assert [task["number"] for task in tasks["task"]] == list(range(1, 35))
    assert [item["number"] for item in tasks["item"]] == list(range(1, 91))
    assert {item["task"] for item in tasks["item"]} == set(range(1, 35))
    tasks_per_action = Counter(task["action"] for task in tasks["task"])
    assert [tasks_per_action[n] for n in range(1, 9)] == [4, 5, 5, 5, 4, 3, 4, 4]


def test_every_body_is_a_unit_or_a_group(
    units: dict[str, list[Table]], tasks: dict[str, list[Table]]
) -> None:
    known = {row["id"] for row in (*units["unit"], *units["group"])}
    for row in (*tasks["task"], *tasks["item"]):
        assert row["bodies"], row["title"]
        assert len(set(row["bodies"])) == len(row["bodies"]), row["title"]
        assert set(row["bodies"]) <= known, row["title"]


def test_bodies_as_often_as_the_plan_names_them(tasks: dict[str, list[Table]]) -> None:
    of_tasks = Counter(body for task in tasks["task"] for body in task["bodies"])
    stated = Counter(body for item in tasks["item"] if not item.get("inferred") for body in item["bodies"])
    assert (of_tasks["scjg"], stated["scjg"]) == (30, 68)
    assert (of_tasks["kfq"], stated["kfq"]) == (19, 24)
    assert (of_tasks["jz"], stated["jz"]) == (14, 20)
    assert (of_tasks["bhzx"], stated["bhzx"]) == (11, 11)
    assert (of_tasks["gaoxin"], stated["gaoxin"]) == (3, 5)


def test_only_item_six_borrows_its_bodies(tasks: dict[str, list[Table]]) -> None:
    inferred = [item for item in tasks["item"] if item.get("inferred")]
    task_four = next(task for task in tasks["task"] if task["number"] == 4)
    assert [(item["number"], item["bodies"]) for item in inferred] == [(6, task_four["bodies"])]


def test_item_titles_are_short_titles(tasks: dict[str, list[Table]]) -> None:
    titles = [item["title"] for item in tasks["item"]]
    assert len(set(titles)) == 90
    assert [title for title in titles if not 4 <= len(title) <= 20] == []
    assert [title for title in titles if any(mark in title for mark in "。；，：")] == []


def test_every_statement_of_the_plan_stands_once(targets: dict[str, list[Table]]) -> None:
    found = [id_ for target in targets["target"] for id_ in (target["id"], *_quotations(target))]
    assert len(found) == 112
    assert sorted(found) == sorted(STATEMENTS.split())


def test_the_main_table(targets: dict[str, list[Table]]) -> None:
    main = [target for target in targets["target"] if target.get("main")]
    assert {t["id"]: (t["baseline"], t["value"]) for t in main} == TABLE
    assert [t["indicator"] for t in main] == [f"i{n:02}" for n in range(1, 21)]
    assert all(t["window"] == "at_date" and t["operator"] == "at_least" for t in main)


def test_readings_that_differ_are_targets_of_their_own(targets: dict[str, list[Table]]) -> None:
    by_id = _targets_by_id(targets)
    assert (by_id["B3b"]["window"], _quotations(by_id["B3b"])) == ("each_year", ["K11b", "A28b"])
    assert (by_id["B4c"]["operator"], by_id["B4c"]["indicator"]) == ("above", "i16")
    assert (by_id["K15b"]["element"], _quotations(by_id["K15b"])) == ("contract_total", ["A42b"])
    assert (by_id["B5a"]["operator"], by_id["B5a"]["value"]) == ("cagr", "30")
    assert Decimal(by_id["K7e"]["value"]) == 2 * Decimal(by_id["T07"]["baseline"]) == 26132
    assert (by_id["B2b"]["element"], by_id["K7c"]["element"]) == ("ip_firms_all", "ip_firms_national")
    assert (by_id["B3a"]["operator"], by_id["B3a"]["value"]) == ("at_most", "1")
    assert (by_id["B3c"]["operator"], "value" in by_id["B3c"]) == ("improve", False)
    assert "baseline" not in by_id["B4a"]


def test_each_target_judges_one_thing(targets: dict[str, list[Table]], tasks: dict[str, list[Table]]) -> None:
    judged = {
        target["id"]: [key for key in ("indicator", "element", "items") if key in target]
        for target in targets["target"]
    }
    assert {id_: keys for id_, keys in judged.items() if len(keys) != 1} == {}
    numbers = {item["number"] for item in tasks["item"]}
    assert all(set(target.get("items", [])) <= numbers for target in targets["target"])


def test_figures_are_decimal_text_and_dates_the_plan_end(targets: dict[str, list[Table]]) -> None:
    for target in targets["target"]:
        for key in ("value", "value_max", "baseline", "opening"):
            assert Decimal(target.get(key, "0")).is_finite()
        assert target["due"] == datetime.date(2024, 12, 31)
        assert target.get("starts") in (None, datetime.date(2022, 1, 1))
        assert ("starts" in target) == (target["window"] == "over_plan")
        assert ("value" in target) == (target["operator"] not in ("improve", "complete"))


def test_every_statement_has_its_place(targets: dict[str, list[Table]]) -> None:
    for target in targets["target"]:
        for place in (target["place"], *(quotation["place"] for quotation in target.get("quotations", []))):
            assert place["section"]
            assert place["reference"]
            assert 1 <= place["line"] <= 765


def test_items_and_targets_know_each_other(
    targets: dict[str, list[Table]], tasks: dict[str, list[Table]]
) -> None:
    by_id = _targets_by_id(targets)
    linked = {item["number"]: item.get("targets", []) for item in tasks["item"]}
    assert all(set(ids) <= set(by_id) for ids in linked.values())
    for target in targets["target"]:
        for number in target.get("items", []):
            assert target["id"] in linked[number]
            assert tasks["item"][number - 1]["asks_evidence"] is True


def test_nine_contradictions_with_all_their_statements(targets: dict[str, list[Table]]) -> None:
    rows = {c["subject"]: c["statements"] for c in targets["contradiction"]}
    assert {subject: set(ids) for subject, ids in rows.items()} == SUBJECTS
    assert all(len(ids) == len(SUBJECTS[subject]) for subject, ids in rows.items())
    by_id = _targets_by_id(targets)
    for ids in rows.values():
        assert len([id_ for id_ in ids if id_ in by_id]) >= 2
    assert all(c["explanation"].endswith("。") for c in targets["contradiction"])
