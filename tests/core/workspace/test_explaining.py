"""The life of an explanation: given, refused, shared, void once a figure changes, and back again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import InputError
from desktop.exchange import read_submission
from desktop.model.catalogue import message
from desktop.model.period import Period
from desktop.store import audit, open_store, undo
from desktop.workspace import FormSession, Workspace, void_finding
from tests.core.workspace.workspaces import Q3, at, blank_to_nil, explain_all, make

Q2 = Period.parse("2024Q2")
UNIT = "jingkai"
VISITS, TOTAL, PART = "training_visits", "contract_total", "contract_patent"
FELL = {element: f"flow.fell@{element}" for element in (VISITS, TOTAL, PART)}
WHY = "两家企业7月迁往西青区，合同随迁"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A zone whose three figures fell since the last quarter."""
    with make(tmp_path, UNIT) as opened:
        for period, value in ((Q2, "500"), (Q3, "400")):
            session = opened.form(UNIT, period)
            for element in FELL:
                session.type_figure(element, value).saved.result()
        yield opened


@pytest.fixture
def session(workspace: Workspace) -> FormSession:
    return workspace.form(UNIT, Q3)


def explained(session: FormSession) -> set[str]:
    return {finding.address for finding in session.assessment.explained}


def test_one_explanation_answers_several_findings(workspace: Workspace, session: FormSession) -> None:
    change = session.explain([FELL[TOTAL], FELL[PART]], "moved", WHY)
    change.saved.result()
    assert change.addresses == (TOTAL, PART)
    again = workspace.form(UNIT, Q3)
    for opened in (session, again):
        assert explained(opened) == {TOTAL, PART}
        assert {e.cause for e in opened.section.explanations} == {FELL[TOTAL]}
        assert opened.assessment.repeated == ()


def test_changing_one_figure_voids_only_its_own_and_going_back_makes_it_count_again(
    session: FormSession,
) -> None:
    session.explain([FELL[TOTAL], FELL[PART]], "moved", WHY)
    session.type_figure(PART, "390")
    assert explained(session) == {TOTAL}
    [void] = session.void
    assert void.explanation.finding == FELL[PART]
    assert [(c.name, c.was, c.now) for c in void.changed] == [
        (session.plan.element(PART).name, "400.00", "390.00")
    ]
    session.type_figure(PART, "400")
    assert explained(session) == {TOTAL, PART}
    assert session.void == ()


def test_a_void_explanation_says_who_wrote_what_when_after_a_restart_too(
    workspace: Workspace, session: FormSession
) -> None:
    session.explain(FELL[VISITS], "other", "演示：两场培训改到第四季度举办").saved.result()
    session.type_figure(TOTAL, "450").saved.result()
    session.type_figure(VISITS, "380").saved.result()
    for opened in (session, workspace.form(UNIT, Q3)):
        [void] = opened.void
        sentence = message(void_finding(void, opened.plan))
        assert "“演示：两场培训改到第四季度举办”" in sentence
        assert "演示员" in sentence and "2024年10月5日" in sentence
        assert "由400改为380" in sentence
        assert "450" not in sentence
        assert not opened.assessment.may_submit


def test_what_changed_elsewhere_is_said_to_be_elsewhere(workspace: Workspace, session: FormSession) -> None:
    session.explain(FELL[VISITS], "other", "演示：两场培训改到第四季度举办").saved.result()
    workspace.form(UNIT, Q2).type_figure(VISITS, "480").saved.result()
    again = workspace.form(UNIT, Q3)
    [void] = again.void
    assert void.changed == ()
    assert "上期数" in message(void_finding(void, again.plan))


def test_an_explanation_of_what_needs_none_any_more_stays_here(
    workspace: Workspace, session: FormSession, tmp_path: Path
) -> None:
    session.explain(FELL[VISITS], "other", "演示：两场培训改到第四季度举办")
    session.type_figure(VISITS, "600")
    [void] = session.void
    assert void.finding is None
    assert "报出时不带上" in message(void_finding(void, session.plan))
    blank_to_nil(session)
    explain_all(session)
    made = workspace.submit_form(session, tmp_path)
    reading = read_submission(made.path, [workspace.plan])
    assert reading.submission is not None
    keys = {e.finding for e in reading.submission.sections[0].explanations}
    assert keys == {f.key for f in (*session.assessment.explained, *session.assessment.forced)}
    assert FELL[VISITS] not in keys
    assert session.explanation(FELL[VISITS]) is not None


def test_a_refused_text_is_kept_as_a_draft(workspace: Workspace, session: FormSession) -> None:
    session.explain(FELL[VISITS], "other", "核实无误").saved.result()
    session.explain(FELL[TOTAL], "", WHY).saved.result()
    again = workspace.form(UNIT, Q3)
    assert explained(again) == set()
    assert {(f.address, f.code) for f in again.assessment.refused} == {
        (VISITS, "explanation.empty_phrase"),
        (TOTAL, "explanation.no_reason"),
    }
    kept = again.explanation(FELL[TOTAL])
    assert kept is not None and kept.text == WHY
    live = again.refusal(FELL[VISITS], "other", "核实无误")
    assert live is not None and "“核实无误”" in message(live)
    assert again.refusal(FELL[TOTAL], "moved", WHY) is None


def test_editing_the_group_changes_all_that_still_stand(session: FormSession) -> None:
    session.explain([FELL[TOTAL], FELL[PART], FELL[VISITS]], "moved", WHY)
    session.type_figure(VISITS, "390")
    session.explain(FELL[PART], "moved", "三家企业7月迁往西青区，合同随迁")
    texts = {e.finding: e.text for e in session.section.explanations}
    assert texts[FELL[TOTAL]] == texts[FELL[PART]] == "三家企业7月迁往西青区，合同随迁"
    assert texts[FELL[VISITS]] == WHY
    assert {e.cause for e in session.section.explanations} == {FELL[TOTAL]}


def test_a_list_of_findings_means_exactly_those(session: FormSession) -> None:
    session.explain([FELL[TOTAL], FELL[PART]], "moved", WHY)
    session.explain([FELL[PART]], "corrected", "上期误将意向合同计入，本期更正")
    kept = {e.finding: (e.text, e.cause) for e in session.section.explanations}
    assert kept[FELL[TOTAL]][0] == WHY
    assert kept[FELL[PART]] == ("上期误将意向合同计入，本期更正", "")


def test_who_is_left_behind_keeps_its_words_apart_from_the_new_group(
    workspace: Workspace, session: FormSession
) -> None:
    session.explain([FELL[TOTAL], FELL[PART]], "moved", WHY)
    session.type_figure(PART, "390")
    session.explain([FELL[TOTAL], FELL[VISITS]], "other", "演示：该项业务7月划转至街道办理").saved.result()
    for opened in (session, workspace.form(UNIT, Q3)):
        kept = {e.finding: (e.text, e.cause) for e in opened.section.explanations}
        assert kept[FELL[PART]] == (WHY, "")
        assert kept[FELL[TOTAL]] == kept[FELL[VISITS]]
        [void] = opened.void
        assert [(c.was, c.now) for c in void.changed] == [("400.00", "390.00")], (
            "given before it was regrouped"
        )


def test_identical_texts_are_merged_into_one(session: FormSession) -> None:
    session.explain(FELL[TOTAL], "moved", WHY)
    session.explain(FELL[PART], "other", WHY + "。")
    session.explain(FELL[VISITS], "other", "演示：两场培训改到第四季度举办")
    [pasted] = session.assessment.repeated
    assert session.plan.element(TOTAL).name in message(pasted)
    session.merge(FELL[PART])
    assert session.assessment.repeated == ()
    assert {e.finding: e.cause for e in session.section.explanations} == {
        FELL[TOTAL]: FELL[PART],
        FELL[PART]: FELL[PART],
        FELL[VISITS]: "",
    }
    assert explained(session) == {TOTAL, PART, VISITS}
    with pytest.raises(InputError, match="可以合并"):
        session.merge(FELL[VISITS])


def test_what_is_merely_blank_is_offered_only_beside_other_blanks(session: FormSession) -> None:
    session.type_figure(VISITS, "abc")
    blanks = {f.key for f in session.findings if f.code == "value.required"}
    assert len(blanks) > 1
    unread = next(f.key for f in session.findings if f.address == VISITS)
    assert session.offers(unread) == ()
    first, *others = sorted(blanks)
    assert {o.finding.key for o in session.offers(first)} == set(others)


def test_offers_put_parts_and_the_same_rule_first(session: FormSession) -> None:
    session.type_figure(VISITS, "0.5")
    offered = session.offers(FELL[PART])
    assert [o.finding.key for o in offered] == [FELL[TOTAL], FELL[VISITS]]
    assert not offered[0].joined
    session.explain([FELL[PART], FELL[TOTAL]], "moved", WHY)
    first = session.offers(FELL[PART])[0]
    assert (first.finding.key, first.joined) == (FELL[TOTAL], True)


def test_withdrawing_leaves_the_finding_open(workspace: Workspace, session: FormSession) -> None:
    session.explain([FELL[TOTAL], FELL[PART]], "moved", WHY)
    session.withdraw(FELL[PART]).saved.result()
    again = workspace.form(UNIT, Q3)
    assert explained(again) == {TOTAL}
    with pytest.raises(InputError, match="没有可以撤回的说明"):
        again.withdraw(FELL[PART])


def test_all_of_it_is_in_the_audit_trail_and_one_undo_takes_back_one_act(
    workspace: Workspace, session: FormSession
) -> None:
    session.explain([FELL[TOTAL], FELL[PART]], "moved", WHY)
    session.explain(FELL[TOTAL], "moved", "三家企业7月迁往西青区，合同随迁")
    session.withdraw([FELL[TOTAL], FELL[PART]]).saved.result()
    path, plan = workspace.path, workspace.plan.id
    workspace.close()
    store = open_store(path, "演示员")
    try:
        rows = store.run(lambda c: list(audit.newest_first(c, plan, UNIT, str(Q3))))[:6]
        assert [row.kind for row in rows] == ["withdraw"] * 2 + ["explain"] * 4
        assert all(row.actor == "演示员" for row in rows)
        assert len({row.action for row in rows}) == 3
        changed = next(row for row in rows[2:4] if row.address.endswith(FELL[TOTAL]))
        assert changed.old is not None and changed.new is not None
        assert json.loads(changed.old)["text"] == WHY
        assert json.loads(changed.new)["text"] == "三家企业7月迁往西青区，合同随迁"
        now = at("2024-10-06")()
        store.run(lambda c: undo.undo_last(c, plan, UNIT, str(Q3), "演示员", now))
        store.run(lambda c: undo.undo_last(c, plan, UNIT, str(Q3), "演示员", now))
    finally:
        store.close()
    with Workspace.open(path, clock=at("2024-10-06")) as again:
        opened = again.form(UNIT, Q3)
        assert explained(opened) == {TOTAL, PART}
        assert {e.text for e in opened.section.explanations} == {WHY}


def test_notices_and_unknown_findings_and_reasons_are_refused(session: FormSession) -> None:
    notice = next(f.key for f in session.findings if f.severity.value == "notice")
    with pytest.raises(InputError, match="只是提示"):
        session.explain(notice, "other", WHY)
    with pytest.raises(InputError, match="没有编号"):
        session.explain([FELL[VISITS], "flow.fell@nowhere"], "other", WHY)
    with pytest.raises(InputError, match="企业迁入迁出"):
        session.explain(FELL[VISITS], "whim", WHY)
    assert session.section.explanations == ()
