"""Commands of those who fill in forms: init, fill, explain, check, review, submit, revise."""

from __future__ import annotations

import argparse
from dataclasses import replace

from desktop.cli.output import DONE, NEEDS_A_PERSON, Answer, finding_line, findings_data
from desktop.cli.sheets import painter_of
from desktop.cli.words import NO_KEY
from desktop.errors import InputError
from desktop.model.canonical import short_digest
from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.workspace import (
    KIND_LABELS,
    OFFICE,
    FormSession,
    Workspace,
    fill_from_file,
    fill_values,
    void_finding,
)


def init(options: argparse.Namespace) -> Answer:
    """Create a workspace."""
    units = [name for names in options.unit for name in names]
    children = [name for names in options.child for name in names]
    with Workspace.create(
        options.workspace, units, consolidates=options.consolidates, plan=options.plan, children=children
    ) as workspace:
        names = "、".join(unit.short_name for unit in workspace.own_units)
        role = "（负责汇总）" if workspace.consolidates else ""
        office = [row for row in workspace.keys.roster() if row.unit == OFFICE]
        return Answer(
            (
                f"已建立工作区 {workspace.path}：{names}{role}，{workspace.plan.name}。",
                *(f"任务包的签名指纹 {row.fingerprint}，请与汇总单位电话核对。" for row in office),
            ),
            {
                "fingerprints": {own.unit: own.fingerprint for own in workspace.keys.own()},
                "workspace": str(workspace.path),
                "units": [unit.id for unit in workspace.own_units],
                "consolidates": workspace.consolidates,
                "plan": {"id": workspace.plan.id, "version": workspace.plan.version},
            },
        )


def fill(options: argparse.Namespace) -> Answer:
    """Type figures and item narratives."""
    if not options.values and options.source is None:
        raise InputError("fill.nothing", "没有要录入的内容。", "请给出 代码=数值，或用 --from 指定文件。")
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        session = workspace.form(workspace.unit_or_only(options.unit), options.period)
        filled = (
            fill_from_file(session, options.source)
            if options.source
            else fill_values(session, options.values)
        )
        lines = (
            f"已录入 {len(filled.changed)} 项。",
            *(finding_line(finding) for finding in filled.notes),
            *_assessment_lines(session),
        )
        findings = (*filled.notes, *session.findings)
        data = {"changed": list(filled.changed), "findings": findings_data(findings)}
        return Answer(lines, data, NEEDS_A_PERSON if filled.trouble or session.errors else DONE)


def explain(options: argparse.Namespace) -> Answer:
    """Explain findings of one cause, or withdraw explanations; a text that says nothing stays a draft."""
    findings: list[str] = options.finding
    if not options.withdraw and options.text is None:
        raise InputError("explain.nothing", "没有说明文字。", "请用 --reason 选原因、--text 写明说明。")
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        session = workspace.form(workspace.unit_or_only(options.unit), options.period)
        if options.withdraw:
            session.withdraw(findings).saved.result()
            return Answer((f"已撤回 {len(findings)} 条说明。",), {"withdrawn": findings})
        one = findings[0] if len(findings) == 1 else findings
        session.explain(one, options.reason, options.text, forced=options.forced).saved.result()
        return _explained(session, findings)


def _explained(session: FormSession, findings: list[str]) -> Answer:
    assessment = session.assessment
    refused = [found for found in assessment.refused if found.qualifier in findings]
    repeated = [found for found in assessment.repeated if _same_text(session, found, findings)]
    kept = [e.finding for e in assessment.answers if e.cause and e.cause == _cause(session, findings[0])]
    answered = [key for key in (kept or findings) if key not in {found.qualifier for found in refused}]
    lines = (
        *((f"已记录说明，回答 {len(answered)} 条审核结果。",) if answered else ()),
        *(f"{message(found)}已留作草稿（未采用）。" for found in refused[:1]),
        *(message(found) for found in repeated),
    )
    data = {
        "finding": findings[0],
        "findings": answered,
        "refused": findings_data(refused),
        "repeated": findings_data(repeated),
    }
    return Answer(lines, data, NEEDS_A_PERSON if refused else DONE)


def _cause(session: FormSession, finding: str) -> str:
    explanation = session.explanation(finding)
    return explanation.cause if explanation else ""


def _same_text(session: FormSession, repeated: Finding, findings: list[str]) -> bool:
    texts = {e.text for key in (repeated.qualifier, *findings) if (e := session.explanation(key))}
    return len(texts) == 1


def check(options: argparse.Namespace) -> Answer:
    """Check a form."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        session = workspace.form(workspace.unit_or_only(options.unit), options.period)
        assessment = session.assessment
        data = {
            "unit": session.form.unit.id,
            "period": str(session.form.period),
            "findings": findings_data(session.findings),
            "errors": len(session.errors),
            "warnings": len(session.warnings),
            "unexplained": [finding.key for finding in assessment.unexplained],
            "explanations": findings_data(_about_explanations(session)),
        }
        needs = bool(session.errors or session.warnings)
        return Answer((*_heading(session), *_assessment_lines(session)), data, int(needs))


def revise(options: argparse.Namespace) -> Answer:
    """修订: unlock a form that was handed in, as a draft of the next revision."""
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        session = workspace.form(workspace.unit_or_only(options.unit), options.period)
        session = workspace.start_revision(session)
        revision, form = session.life.revision, session.form
    line = f"{form.unit.name} {form.period.label}：已转为第{revision}版草稿。"
    return Answer((line,), {"unit": form.unit.id, "period": str(form.period), "revision": revision})


def review(options: argparse.Namespace) -> Answer:
    """Record 送审 and write the sheet for the leader."""
    paint = painter_of(options)
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        session = _signed(workspace, options)
        correction = True if options.correction else None
        paper = workspace.reports.send_for_review(session, correction=correction)
        path = workspace.reports.review_sheet(session, options.out)
        workspace.reports.write_sheet(path, paint(paper))
        reviewed = session.life.reviewed
        digest = reviewed.check_code if reviewed is not None else ""
        lines = (
            f"已送审，打印件：{path}",
            f"校验码 {short_digest(digest)}，再改动就作废；负责人同意后用 submit 报出。",
        )
        data = {"path": str(path), "revision": session.life.revision, "digest": digest}
        return Answer(lines, data | {"kind": workspace.reports.kind(session).value})


def _signed(workspace: Workspace, options: argparse.Namespace) -> FormSession:
    """The form, with the names that were given; a name that wasn't stays as it is."""
    session = workspace.form(workspace.unit_or_only(options.unit), options.period)
    kept = session.sign_off
    wanted = replace(
        kept,
        responsible=options.responsible or kept.responsible,
        reviewer=options.reviewer or kept.reviewer,
        preparer=options.preparer or kept.preparer,
    )
    if wanted != kept:
        session.set_sign_off(wanted).saved.result()
    return session


def submit(options: argparse.Namespace) -> Answer:
    """Freeze a revision and write its workbook, with --sheet the sheet to stamp beside it."""
    paint = painter_of(options) if options.sheet else None
    with Workspace.open(options.workspace, plan=options.plan) as workspace:
        session = _signed(workspace, options)
        correction = True if options.correction else None
        done = workspace.submit_form(session, options.out, mail=options.mail, correction=correction)
        data = {
            "path": str(done.path),
            "revision": done.revision,
            "digest": done.digest,
            "fingerprint": done.fingerprint,
            "kind": done.kind.value,
        }
        if done.mail:
            data["mail"] = str(done.mail)
        if paint is not None:
            sheet = done.path.with_suffix(".pdf")
            workspace.reports.write_sheet(sheet, paint(workspace.reports.paper(session)))
            data["sheet"] = str(sheet)
        signed = f"已签名，指纹 {done.fingerprint}" if done.fingerprint else NO_KEY
        stamped = (f"盖章件：{data['sheet']}",) if "sheet" in data else ()
        kind = f"（{KIND_LABELS[done.kind]}）" if KIND_LABELS[done.kind] else ""
        said = (f"已报出第{done.revision}版{kind}：{done.path}", f"校验码 {done.check_code}", signed)
        return Answer((*said, *stamped), data)


def _heading(session: FormSession) -> tuple[str, ...]:
    form, coverage = session.form, session.coverage
    counts = f"应报 {coverage.due} 项，已填 {coverage.reported} 项。"
    return (f"{form.unit.name} {form.period.label}：{counts}",)


def _about_explanations(session: FormSession) -> tuple[Finding, ...]:
    """What is to be said of the explanations themselves: void, refused, pasted."""
    assessment = session.assessment
    void = (void_finding(entry, session.plan) for entry in session.void)
    return (*void, *assessment.refused, *assessment.repeated)


def _assessment_lines(session: FormSession) -> tuple[str, ...]:
    about = tuple(f"[说明] {found.qualifier}：{message(found)}" for found in _about_explanations(session))
    if not (session.errors or session.warnings):
        return ("审核通过。", *about)
    return (
        f"错误 {len(session.errors)} 条，待说明 {len(session.assessment.unexplained)} 条。",
        *(finding_line(finding) for finding in (*session.errors, *session.warnings)),
        *about,
    )
