"""Findings against explanations: what blocks, what is open, what is void, what doesn't count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity
from desktop.model.submission import Explanation
from desktop.validation import open_findings, ranked
from tests.core.plans import small_plan

PLAN = small_plan()
FELL = {
    "name": "许可转让次数",
    "unit": "次",
    "value": "100",
    "before": "2024年第二季度",
    "previous": "300",
    "difference": "200",
}
NEGATIVE = {"name": "海外发明专利授权", "unit": "件", "value": "-3"}
WARNING = Finding("flow.fell", Severity.WARNING, "zone-a", "2024Q3", "licences", "", FELL, "sha256:1")
ERROR = Finding("value.negative", Severity.ERROR, "zone-a", "2024Q3", "oversea", "", NEGATIVE, "sha256:2")
NOTICE = Finding("value.not_issued", Severity.NOTICE, "zone-a", "2024Q3", "patents", figures="sha256:3")


def explained(finding: Finding, text: str = "上期误将合同额计入，本期更正") -> Explanation:
    return Explanation(finding.key, "correction", text, finding.figures)


def test_errors_block_and_warnings_wait_for_an_explanation() -> None:
    assessment = open_findings([NOTICE, WARNING, ERROR], [], PLAN)
    assert assessment.blocking == (ERROR,)
    assert assessment.unexplained == (WARNING,)
    assert not assessment.may_submit
    assert open_findings([NOTICE], [], PLAN).may_submit


def test_an_explained_warning_is_no_obstacle() -> None:
    assessment = open_findings([WARNING], [explained(WARNING)], PLAN)
    assert (assessment.explained, assessment.may_submit) == ((WARNING,), True)


def test_an_error_is_sent_along_only_by_a_forced_reason() -> None:
    plain = open_findings([ERROR], [explained(ERROR)], PLAN)
    assert (plain.blocking, plain.may_submit) == ((ERROR,), False)
    forced = open_findings([ERROR], [replace(explained(ERROR), forced=True)], PLAN)
    assert (forced.forced, forced.blocking, forced.may_submit) == ((ERROR,), (), True)


def test_an_explanation_is_void_once_the_figures_change_or_the_finding_is_gone() -> None:
    answer = explained(WARNING)
    changed = open_findings([replace(WARNING, figures="sha256:9")], [answer], PLAN)
    assert (changed.void, changed.may_submit) == ((answer,), False)
    gone = open_findings([], [answer], PLAN)
    assert (gone.void, gone.may_submit) == ((answer,), True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("情况属实", "explanation.empty_phrase"),
        ("  已核实，情况属实。", "explanation.empty_phrase"),
        ("正常正常正常正常", "explanation.empty_phrase"),
        ("啊啊啊啊啊啊啊", "explanation.empty_phrase"),
        ("已更正", "explanation.too_short"),
        ("", "explanation.too_short"),
        ("，。！？……——、；", "explanation.too_short"),
    ],
)
def test_empty_phrases_are_refused(text: str, code: str) -> None:
    assessment = open_findings([WARNING], [explained(WARNING, text)], PLAN)
    assert assessment.unexplained == (WARNING,)
    (refused,) = assessment.refused
    assert (refused.code, refused.address, refused.qualifier) == (code, "licences", WARNING.key)
    assert message(refused)


def test_a_reason_has_to_be_one_of_the_plans() -> None:
    assessment = open_findings([WARNING], [replace(explained(WARNING), reason="whim")], PLAN)
    assert [finding.code for finding in assessment.refused] == ["explanation.no_reason"]


def test_the_most_telling_comes_first() -> None:
    def warning(code: str) -> Finding:
        return Finding(code, Severity.WARNING, address="pledges")

    given = [
        NOTICE,
        warning("item.done_no_narrative"),
        warning("range.above"),
        ERROR,
        warning("value.unit_slip"),
    ]
    assert [finding.code for finding in ranked(given)] == [
        "value.negative",
        "value.unit_slip",
        "range.above",
        "item.done_no_narrative",
        "value.not_issued",
    ]
