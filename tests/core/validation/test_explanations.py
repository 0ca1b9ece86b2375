"""Explanations: which texts say something, and the sentence that says what to write instead."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.definition import bundled_plan
from desktop.model.catalogue import message
from desktop.model.finding import Finding, Severity
from desktop.model.submission import Explanation
from desktop.validation import answers_beside, open_findings, refusal

PLAN = bundled_plan("binhai-ip-2022-2024")
POLICY = PLAN.explanations
FELL = Finding(
    "flow.fell",
    Severity.WARNING,
    "tanggu",
    "2024Q3",
    "overseas_invention_grants",
    params={
        "name": "海外发明专利授权量",
        "unit": "件",
        "value": "1,120",
        "before": "2024年第二季度",
        "previous": "1,300",
        "difference": "180",
    },
    figures="sha256:now",
)
GOOD = "两家企业7月迁往西青区，带走专利180件"


def said(text: str, reason: str = "moved") -> str:
    """The sentence about a text, empty if it counts."""
    found = refusal(FELL, reason, text, POLICY)
    return message(found) if found else ""


def code(text: str, reason: str = "moved") -> str:
    found = refusal(FELL, reason, text, POLICY)
    return found.code if found else ""


@pytest.mark.parametrize(
    "text",
    [
        "核实无误",
        "情况属实",
        "无",
        "核 实 无 误 。",
        "【核实无误】！！",
        "核实无误，情况属实；数据正常。",
        "经核实，本期数据均属实，特此说明。",
        "由于客观原因所致",
        "正常正常正常正常",
        "啊啊啊啊啊啊啊啊",
        "111111111",
    ],
)
def test_an_empty_phrase_is_named_and_the_sentence_says_what_to_write(text: str) -> None:
    sentence = said(text)
    assert sentence.startswith(("说明只写了“", "说明只写了数值“"))
    assert "请写明：哪家企业、何时从何处迁入或迁往何处，带来或带走多少" in sentence


def test_full_width_letters_and_digits_are_the_same_letters() -> None:
    policy = replace(POLICY, empty_phrases=("OK", "没问题"))
    for text in ("ＯＫ", "ok，没问题", "Ｏ　Ｋ！"):
        found = refusal(FELL, "moved", text, policy)
        assert found is not None and found.code == "explanation.empty_phrase", text


def test_a_short_text_is_told_how_much_is_missing() -> None:
    assert code("迁走三家") == "explanation.too_short"
    assert "还差2个字（至少6个字）" in said("迁走三家")
    assert "还差5个字" in said("迁"), "the beginning of a text is short, not empty"
    assert "还差6个字" in said("  ，。")
    assert "请写明：哪家企业" in said("迁走三家")


def test_without_a_reason_the_reasons_are_named() -> None:
    assert code(GOOD, "") == "explanation.no_reason"
    assert "口径调整、企业迁入迁出、集中授权、季节性等" in said(GOOD, "")


@pytest.mark.parametrize(
    "text",
    [
        message(FELL),
        message(FELL) + "情况属实。",
        "海外发明专利授权量是本年累计数",
        "本期1120件，比2024年第二季度的1300件减少180件",
    ],
)
def test_the_findings_own_sentence_is_no_explanation(text: str) -> None:
    assert code(text) == "explanation.repeats_finding"
    assert "重复" in said(text)


@pytest.mark.parametrize("text", ["1120", "1,120件", "海外发明专利授权量 1120 件", "180"])
def test_the_figure_alone_is_no_explanation(text: str) -> None:
    assert code(text) == "explanation.repeats_figures"
    assert text in said(text)


@pytest.mark.parametrize(
    "text", ["企业迁入迁出", "企业迁入迁出所致。", "由于企业迁入迁出的原因", "季节性、口径调整"]
)
def test_the_reasons_label_alone_is_no_explanation(text: str) -> None:
    assert code(text) == "explanation.repeats_reason"
    assert "“企业迁入迁出”" in said(text)


@pytest.mark.parametrize(
    ("reason", "text"),
    [
        ("moved", GOOD),
        ("moved", "无锡两家企业迁入，增加35件"),
        ("corrected", "上期误将合同额计入，本期更正"),
        ("seasonal", "四季度集中申报，每年如此，去年同期为310件"),
        ("other", "经核实，减少系两家企业注销所致"),
        ("batch_grant", "国家局6月集中授权一批，共计180件，均为正常授权"),
    ],
)
def test_texts_that_say_why_are_taken(reason: str, text: str) -> None:
    assert said(text, reason) == ""


def test_every_reason_says_what_to_write() -> None:
    assert set(POLICY.hints) == set(POLICY.reasons)
    assert list(POLICY.reasons.values()) == [
        "口径调整",
        "企业迁入迁出",
        "集中授权",
        "季节性",
        "上期更正",
        "补报",
        "其他",
    ]
    for reason, hint in POLICY.hints.items():
        assert hint in said("短", reason)


def test_the_same_text_pasted_one_by_one_is_pointed_out_and_does_not_block() -> None:
    other = replace(FELL, address="patent_applications")
    third = replace(FELL, address="certified_orgs_new")
    findings = (FELL, other, third)
    texts = (GOOD, GOOD.replace("，", " , ") + "。", "体系认证办法7月起调整，按新办法应为9家")
    answers = [Explanation(f.key, "moved", text, f.figures) for f, text in zip(findings, texts, strict=True)]
    weighed = open_findings(findings, answers, PLAN)
    [pasted] = weighed.repeated
    assert (pasted.code, pasted.severity) == ("explanation.repeated", Severity.NOTICE)
    names = [PLAN.element(f.address).name for f in (FELL, other)]
    assert message(pasted).startswith("、".join(names))
    assert weighed.may_submit

    together = [replace(answer, cause=FELL.key) for answer in answers[:2]]
    assert open_findings(findings, (*together, answers[2]), PLAN).repeated == ()


def test_void_and_refused_texts_are_not_counted_as_pasted() -> None:
    other = replace(FELL, address="patent_applications")
    answers = [
        Explanation(FELL.key, "moved", GOOD, "sha256:now"),
        Explanation(other.key, "moved", GOOD, "old"),
    ]
    assert open_findings((FELL, other), answers, PLAN).repeated == ()


def test_what_a_person_wrote_into_a_sheet_explains_the_figures_beside_it() -> None:
    by_hand = Explanation(FELL.key, "moved", GOOD, figures="")
    of_other_figures = Explanation(FELL.key, "moved", GOOD, figures="sha256:then")
    for explanation, counts in ((by_hand, True), (of_other_figures, False)):
        weighed = open_findings([FELL], answers_beside([explanation], [FELL]), PLAN)
        assert weighed.may_submit is counts


letters_and_noise = st.text(st.sampled_from("，。！ 　、…　-（）\t"), max_size=3)


@given(
    phrases=st.lists(st.sampled_from(POLICY.empty_phrases), min_size=1, max_size=6),
    noise=st.lists(letters_and_noise, min_size=7, max_size=7),
    reason=st.sampled_from(sorted(POLICY.reasons)),
)
def test_nothing_but_empty_phrases_never_counts(phrases: list[str], noise: list[str], reason: str) -> None:
    text = noise[0] + "".join(phrase + noise[n + 1] for n, phrase in enumerate(phrases))
    found = refusal(FELL, reason, text, POLICY)
    assert found is not None
    assert "请写明" in message(found)
