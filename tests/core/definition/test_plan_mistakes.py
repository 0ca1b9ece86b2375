"""Slips in a plan's files: each becomes a finding that names file, key and remedy, and nothing raises."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.config import DEFAULT_PLAN, plans_folder
from desktop.definition import bundled_plan, load_plan_folder, plan_from_document, plan_to_document
from desktop.model.canonical import Json
from desktop.model.catalogue import message
from desktop.model.catalogue.plan_messages import MESSAGES, REMEDIES
from desktop.model.finding import Severity

REAL = plans_folder() / DEFAULT_PLAN

# file, what stands there, what is written instead, the code and the key of the finding
SLIPS = [
    ("plan.toml", "first_year = 2022", 'first_year = "2022"', "plan.wrong_type", "first_year"),
    ("plan.toml", "first_year = 2022", "first_year = 2030", "plan.bad_years", "last_year"),
    ("plan.toml", 'version = "1"\n', "", "plan.missing_key", "version"),
    ("plan.toml", 'consolidator = "scjg"', 'consolidator = "scj"', "plan.unknown_reference", "consolidator"),
    ("plan.toml", '["quarter", "year"]', '["quarterly", "year"]', "plan.bad_choice", "period_types.[1]"),
    ("plan.toml", "street = 7", "streets = 7", "plan.unknown_reference", "deadlines.streets"),
    ("plan.toml", "street = 7", "street = -7", "plan.bad_deadline", "deadlines.street"),
    ("rules.toml", 'margin = "0.3"', "margin = 0.3", "plan.float_figure", "unit_slip.parameters.margin"),
    ("plan.toml", "least_length", "least_lenght", "plan.unknown_key", "explanations.least_lenght"),
    ("plan.toml", 'late = "补报哪', 'lote = "补报哪', "plan.unknown_reference", "explanations.hints.lote"),
    (
        "plan.toml",
        "[explanations]",
        "[narratives]\nlead_most = 3\n\n[explanations]",
        "plan.bad_rule",
        "narratives.lead_most",
    ),
    (
        "plan.toml",
        "territorial = false",
        'territorial = "no"',
        "plan.wrong_type",
        "unit_kind.department.territorial",
    ),
    ("elements.toml", 'id = "talents"', 'id = "training_visits"', "plan.duplicate_id", "training_visits"),
    ("elements.toml", 'id = "talents"', 'id = "人才"', "plan.bad_id", "人才.id"),
    ("elements.toml", "cutoff_day = 15", "cutoff_day = 32", "plan.bad_value", "trademarks_valid.cutoff_day"),
    ("elements.toml", "cutoff_day = 15", "cutof_day = 15", "plan.unknown_key", "trademarks_valid.cutof_day"),
    (
        "elements.toml",
        "cutoff_day = 15",
        'cutoff_day = "15"',
        "plan.wrong_type",
        "trademarks_valid.cutoff_day",
    ),
    ("elements.toml", 'minimum = "60"', "minimum = 60.5", "plan.float_figure", "satisfaction.minimum"),
    ("elements.toml", 'minimum = "60"', 'minimum = "六十"', "plan.bad_number", "satisfaction.minimum"),
    ("elements.toml", 'minimum = "60"', 'minimum = "160"', "plan.bad_value", "satisfaction.maximum"),
    (
        "elements.toml",
        'subset_of = ["contract_total"]',
        'subset_of = ["contracts_total"]',
        "plan.unknown_reference",
        "contract_patent.subset_of",
    ),
    (
        "elements.toml",
        'part_of = "contract_total"',
        'part_of = "contract_patent"',
        "plan.cycle",
        "contract_patent.part_of",
    ),
    (
        "elements.toml",
        'subset_of = ["general_budget_spend"]',
        'subset_of = ["ip_budget_spend"]',
        "plan.cycle",
        "ip_budget_spend.subset_of",
    ),
    (
        "elements.toml",
        'mode = { rsj = "entered" }',
        'mode = { rsj = "typed" }',
        "plan.bad_choice",
        "talents.mode.rsj",
    ),
    (
        "elements.toml",
        'mode = { rsj = "entered" }',
        'mode = { rsjj = "entered" }',
        "plan.unknown_reference",
        "talents.mode",
    ),
    (
        "elements.toml",
        'mode = { rsj = "entered" }',
        'mode = { rsj = "entered", kx = "entered" }',
        "plan.owners_not_disjoint",
        "talents.mode",
    ),
    (
        "elements.toml",
        'mode = { rsj = "entered" }',
        'mode = { street = "issued" }',
        "plan.issued_without_owner",
        "talents.mode",
    ),
    ("elements.toml", 'kind = "list"', 'kind = "number"', "plan.bad_value", "ip_firms_national.columns"),
    (
        "elements.toml",
        'due = ["Q2", "Q4", "Y"]',
        'due = ["Q2", "Q5"]',
        "plan.unknown_reference",
        "gi_products.due",
    ),
    ("elements.toml", 'category = "环境"', 'category = "生态"', "plan.unknown_reference", ".category"),
    ("indicators.toml", 'baseline = "23.3"', "baseline = 23.3", "plan.float_figure", "i02.baseline"),
    (
        "indicators.toml",
        'denominator = ["population"]',
        'denominator = ["people"]',
        "plan.unknown_reference",
        "i02.denominator",
    ),
    ("indicators.toml", 'better = "higher"', 'better = "more"', "plan.bad_choice", "i01.better"),
    (
        "indicators.toml",
        'stated = "court_clearance_stated"',
        'stated = "court_cases_closed"',
        "plan.unknown_reference",
        "i14.check_sources.stated",
    ),
    ("indicators.toml", "number = 2\n", "number = 1\n", "plan.duplicate_id", "1"),
    (
        "units.toml",
        'reports_to = "binhai"',
        'reports_to = "binghai"',
        "plan.unknown_reference",
        ".reports_to",
    ),
    (
        "units.toml",
        'initials = "jkq"',
        'initials = "经开"',
        "plan.initials_not_ascii",
        "unit.jingkai.initials",
    ),
    (
        "units.toml",
        'kinds = ["street", "town"]',
        'kinds = ["street", "towns"]',
        "plan.unknown_reference",
        "group.jz.kinds",
    ),
    (
        "targets.toml",
        'indicator = "i01"',
        'indicator = "i21"',
        "plan.unknown_reference",
        "target.T01.indicator",
    ),
    (
        "targets.toml",
        'indicator = "i01"',
        'indicator = "i01"\nelement = "talents"',
        "plan.target_measures",
        "target.T01.element",
    ),
    ("targets.toml", "due = 2024-12-31", 'due = "2024-13-31"', "plan.bad_date", "target.T01.due"),
    ("targets.toml", 'value = "0.8"\n', "", "plan.missing_key", "target.T01.value"),
    (
        "targets.toml",
        'statements = ["T09", "B3a"]',
        'statements = ["T09", "B3x"]',
        "plan.unknown_reference",
        "contradiction.abnormal_applications.statements",
    ),
    ("tasks.toml", "task = 1\n", "task = 99\n", "plan.unknown_reference", "item.1.task"),
    ("tasks.toml", "number = 1\ntask = 1", "number = 2\ntask = 1", "plan.duplicate_id", "item.2"),
    ("tasks.toml", "action = 1", 'action = "一"', "plan.wrong_type", "task.1.action"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(REAL, tmp_path / "plan"))


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, "the slip must change the file"
    path.write_text(after, encoding="utf-8")


@pytest.mark.parametrize(("file", "old", "new", "code", "key"), SLIPS)
def test_a_slip_names_file_key_and_remedy(
    folder: Path, file: str, old: str, new: str, code: str, key: str
) -> None:
    _rewrite(folder / file, lambda text: text.replace(old, new, 1))
    loaded = load_plan_folder(folder)
    assert loaded.plan is None
    found = [f for f in loaded.errors if f.code == code and f.params["key"].endswith(key)]
    assert found, [message(f) for f in loaded.errors]
    assert found[0].params["file"] == file
    assert found[0].address == f"{file}#{found[0].params['key']}"
    text = message(found[0])
    assert f"{file} 的 {found[0].params['key']}" in text or f"{file} 缺少 {found[0].params['key']}" in text
    assert text.endswith(found[0].params["remedy"])


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('id = "population"', 'id = "populatoin"', "plan.unknown_reference", "i02.denominator"),
        ('mode = { bhzx = "entered" }', 'mode = { wlj = "none" }', "plan.no_source", "i12.main_source"),
        ("disjoint = true\n", "", "plan.owners_not_disjoint", "i12.main_source"),
    ],
)
def test_an_element_that_an_indicator_misses_is_told_at_the_indicator(
    folder: Path, old: str, new: str, code: str, key: str
) -> None:
    _rewrite(folder / "elements.toml", lambda text: text.replace(old, new, 1))
    assert (code, f"indicators.toml#{key}") in {(f.code, f.address) for f in load_plan_folder(folder).errors}


def test_the_nearest_known_name_is_offered(folder: Path) -> None:
    _rewrite(folder / "elements.toml", lambda text: text.replace("cutoff_day", "cutof_day"))
    assert any("cutoff_day" in message(f) for f in load_plan_folder(folder).errors)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "plan.file_missing"),
        (b"[[unit]\nid = 1", "plan.toml_syntax"),
        (b"\xff\xfe\x00bad", "plan.file_unreadable"),
        (b"", "plan.missing_key"),
        (b"unit = 3", "plan.wrong_type"),
        (b"[[unit]]\n[[group]]", "plan.missing_key"),
        (b"unit = [1, 2]\ngroup = []", "plan.wrong_type"),
    ],
)
def test_a_broken_file_is_a_finding(folder: Path, content: bytes | None, code: str) -> None:
    path = folder / "units.toml"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    loaded = load_plan_folder(folder)
    assert loaded.plan is None
    assert code in {f.code for f in loaded.errors}
    assert all(f.params["file"] == "units.toml" for f in loaded.errors)


def test_a_table_in_the_wrong_file_is_found(folder: Path) -> None:
    _rewrite(folder / "tasks.toml", lambda text: text + '\n[[element]]\nid = "stray"\n')
    found = load_plan_folder(folder).errors
    assert [(f.code, f.address) for f in found] == [("plan.unknown_key", "tasks.toml#element")]


def test_several_slips_are_all_told_at_once(folder: Path) -> None:
    _rewrite(folder / "elements.toml", lambda text: text.replace("cutoff_day = 15", "cutoff_day = true"))
    _rewrite(folder / "targets.toml", lambda text: text.replace('value = "0.8"', "value = 0.8"))
    assert {f.address for f in load_plan_folder(folder).errors} == {
        "elements.toml#trademarks_valid.cutoff_day", "targets.toml#target.T01.value",
    }  # fmt: skip


def test_a_target_in_another_unit_is_a_warning(folder: Path) -> None:
    _rewrite(folder / "indicators.toml", lambda text: text.replace('unit = "亿元"', 'unit = "万元"', 1))
    loaded = load_plan_folder(folder)
    assert loaded.plan is not None
    assert any(f.code == "plan.target_unit" and f.severity is Severity.WARNING for f in loaded.findings)


DOCUMENT = json.loads(json.dumps(plan_to_document(bundled_plan(DEFAULT_PLAN))))
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
_JUNK = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def _random_place(data: st.DataObject, document: Json) -> tuple[Any, Any]:
    """A container within the document and a key or index in it."""
    here: Any = document
    while True:
        keys = sorted(here) if isinstance(here, dict) else range(len(here))
        key = data.draw(st.sampled_from(keys))
        below = here[key]
        if not isinstance(below, dict | list) or not below or data.draw(st.booleans()):
            return here, key
        here = below


@given(data=st.data(), junk=_JUNK)
def test_junk_anywhere_in_a_document_never_raises(data: st.DataObject, junk: object) -> None:
    document = copy.deepcopy(DOCUMENT)
    container, key = _random_place(data, document)
    if data.draw(st.booleans()):
        container[key] = junk
    else:
        del container[key]
    loaded = plan_from_document(document)
    assert (loaded.plan is None) == bool(loaded.errors)
    for finding in loaded.findings:
        assert finding.params["file"].endswith(".toml")
        assert finding.params["key"]
        assert finding.params["remedy"] in message(finding)


def test_every_message_ends_in_a_remedy() -> None:
    assert MESSAGES.keys() == REMEDIES.keys()
    assert all(text.endswith("{remedy}") for text in MESSAGES.values())
