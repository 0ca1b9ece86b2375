"""Submissions, sections and their parts as canonical content v1, and back.

`*_to_json` gives plain JSON objects with blank parts left out; `*_from_json` raises ValueError or KeyError
on anything that isn't canonical content.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from desktop.model.canonical import Json, canonical_text, digest, part_digest
from desktop.model.chain import ChainHead
from desktop.model.decimals import canonical, parse_canonical
from desktop.model.period import Period
from desktop.model.plain import text, whole
from desktop.model.submission import (
    Answer,
    Coverage,
    Deduction,
    DeductionKind,
    Evidence,
    Explanation,
    Figure,
    FigureState,
    ItemReport,
    ItemStatus,
    Section,
    Signature,
    SignOff,
    Submission,
    SubmissionKind,
)

FORMAT_VERSION = 1


def figure_to_json(figure: Figure) -> Json:
    """A figure; an empty object is a blank one."""
    result: Json = {}
    if figure.state is not FigureState.BLANK:
        result["state"] = figure.state.value
    if figure.value is not None:
        result["value"] = canonical(figure.value)
    if figure.typed:
        result["typed"] = figure.typed
    if figure.answer is not Answer.NONE:
        result["answer"] = figure.answer.value
    if figure.deductions:
        result["deductions"] = [
            {"kind": d.kind.value, "unit": d.unit, "value": canonical(d.value)} for d in figure.deductions
        ]
    if figure.rows:
        result["rows"] = [dict(row) for row in figure.rows]
    if figure.vintage != "final":
        result["vintage"] = figure.vintage
    return result


def figure_from_json(data: Json) -> Figure:
    """The figure of its content."""
    state = FigureState(data.get("state", "blank"))
    value = parse_canonical(data["value"]) if "value" in data else None
    if (state is FigureState.NUMBER) != (value is not None):
        raise ValueError("a number needs a value, and only a number has one")
    return Figure(
        state=state,
        value=value,
        typed=text(data.get("typed", "")),
        answer=Answer(data.get("answer", "none")),
        deductions=tuple(
            Deduction(DeductionKind(d["kind"]), parse_canonical(d["value"]), text(d.get("unit", "")))
            for d in data.get("deductions", ())
        ),
        rows=tuple({text(k): text(v) for k, v in row.items()} for row in data.get("rows", ())),
        vintage=text(data.get("vintage", "final")),
    )


def item_to_json(report: ItemReport) -> Json:
    """An item report; an empty object is a blank one."""
    result: Json = {}
    if report.status is not ItemStatus.NOT_SAID:
        result["status"] = report.status.value
    if report.percent is not None:
        result["percent"] = report.percent
    if report.narrative:
        result["narrative"] = report.narrative
    if report.finished:
        result["finished"] = report.finished.isoformat()
    if report.evidence:
        result["evidence"] = [{"name": e.name, "size": e.size, "sha256": e.sha256} for e in report.evidence]
    return result


def item_from_json(data: Json) -> ItemReport:
    """The item report of its content."""
    finished = data.get("finished")
    return ItemReport(
        status=ItemStatus(data.get("status", "not_said")),
        percent=None if data.get("percent") is None else whole(data["percent"]),
        narrative=text(data.get("narrative", "")),
        finished=datetime.date.fromisoformat(finished) if finished else None,
        evidence=tuple(
            Evidence(text(e["name"]), int(e["size"]), text(e["sha256"])) for e in data.get("evidence", ())
        ),
    )


def explanation_to_json(explanation: Explanation) -> Json:
    """An explanation."""
    result: Json = {
        "finding": explanation.finding,
        "reason": explanation.reason,
        "text": explanation.text,
        "figures": explanation.figures,
    }
    if explanation.forced:
        result["forced"] = True
    if explanation.cause:
        result["cause"] = explanation.cause
    return result


def explanation_name(explanation: Explanation) -> str:
    """What names an explanation across revisions: its words and the figures it explains, by digest."""
    data = explanation_to_json(explanation)
    return digest({key: value for key, value in data.items() if key != "cause"})


def explanation_from_json(data: Json) -> Explanation:
    """The explanation of its content."""
    return Explanation(
        finding=text(data["finding"]),
        reason=text(data["reason"]),
        text=text(data["text"]),
        figures=text(data.get("figures", "")),
        forced=bool(data.get("forced", False)),
        cause=text(data.get("cause", "")),
    )


def section_body(section: Section) -> Json:
    """What a section's digest covers: everything but digest and signature slot."""
    figures = {key: figure_to_json(figure) for key, figure in section.figures.items()}
    items = {str(number): item_to_json(report) for number, report in section.items.items()}
    return {
        "unit": section.unit,
        "period": str(section.period),
        "figures": {key: value for key, value in figures.items() if value},
        "items": {key: value for key, value in items.items() if value},
        "explanations": [
            explanation_to_json(e) for e in sorted(section.explanations, key=lambda e: e.finding)
        ],
        "coverage": {"due": section.coverage.due, "reported": section.coverage.reported},
    }


def section_digest(section: Section) -> str:
    """The digest of one section's body."""
    return digest(section_body(section))


def _digested_body(section: Section, digest_of: Callable[[Json], str]) -> Json:
    body = section_body(section)
    return body | {"digest": digest_of(body)}


def signature_to_json(signature: Signature) -> Json:
    """A signature slot."""
    return {"algorithm": signature.algorithm, "key": signature.key, "value": signature.value}


def signature_from_json(data: Mapping[str, Any]) -> Signature:
    """The signature of its slot; raises ValueError for what isn't text."""
    return Signature(text(data.get("algorithm", "")), text(data.get("key", "")), text(data.get("value", "")))


def section_from_json(data: Json) -> Section:
    """The section of its content. Its digest isn't compared here: readers say what they find."""
    coverage: Mapping[str, Any] = data["coverage"]
    return Section(
        unit=text(data["unit"]),
        period=Period.parse(text(data["period"])),
        figures={text(key): figure_from_json(value) for key, value in data["figures"].items()},
        items={int(key): item_from_json(value) for key, value in data["items"].items()},
        explanations=tuple(explanation_from_json(e) for e in data["explanations"]),
        coverage=Coverage(int(coverage["due"]), int(coverage["reported"])),
        signature=signature_from_json(data.get("signature", {})),
    )


def submission_body(submission: Submission) -> Json:
    """What the content digest covers: everything but signatures and the time and program of writing."""
    return _body(submission, digest)


def _body(submission: Submission, digest_of: Callable[[Json], str]) -> Json:
    sign_off = submission.sign_off
    return {
        "format": FORMAT_VERSION,
        "plan": {
            "id": submission.plan,
            "version": submission.plan_version,
            "digest": submission.plan_digest,
        },
        "unit": submission.unit,
        "period": str(submission.period),
        "revision": submission.revision,
        "parent": submission.parent,
        "kind": submission.kind.value,
        "synthetic": submission.synthetic,
        "sign_off": {
            "responsible": sign_off.responsible,
            "reviewer": sign_off.reviewer,
            "preparer": sign_off.preparer,
            "date": sign_off.date.isoformat() if sign_off.date else None,
        },
        "chain": {
            "workspace": submission.chain.workspace,
            "sequence": submission.chain.sequence,
            "digest": submission.chain.digest,
        },
        "sections": [_digested_body(section, digest_of) for section in submission.sections],
    }


def submission_digest(submission: Submission) -> str:
    """The content digest: the submission's name in the chain of revisions."""
    return digest(submission_body(submission))


def submission_to_json(submission: Submission) -> Json:
    """The whole canonical content, with signature slots, time and program of writing."""
    return _signed(submission, submission_body(submission))


def _signed(submission: Submission, body: Json) -> Json:
    sections = [
        section | {"signature": signature_to_json(owner.signature)}
        for section, owner in zip(body["sections"], submission.sections, strict=True)
    ]
    return body | {
        "sections": sections,
        "created": submission.created.isoformat() if submission.created else None,
        "created_with": submission.created_with,
    }


class CanonicalContent(NamedTuple):
    """A submission's whole canonical content as text, its digest, and unit and digest of each section."""

    text: str
    digest: str
    sections: tuple[tuple[str, str], ...]


def canonical_content(submission: Submission) -> CanonicalContent:
    """Text and digests from one walk over the submission."""
    body = _body(submission, part_digest)
    sections = tuple((section["unit"], section["digest"]) for section in body["sections"])
    text = canonical_text(_signed(submission, body))  # holds all of the body, floats too if there were any
    return CanonicalContent(text, part_digest(body), sections)


def submission_from_json(data: Json) -> Submission:
    """The submission of its content."""
    if data["format"] != FORMAT_VERSION:
        raise ValueError(f"format: {data['format']!r}")
    revision = whole(data["revision"])
    if revision < 1:
        raise ValueError(f"revision: {revision!r}")
    sign_off, chain, created = data["sign_off"], data["chain"], data.get("created")
    return Submission(
        plan=text(data["plan"]["id"]),
        plan_version=text(data["plan"]["version"]),
        plan_digest=text(data["plan"]["digest"]),
        unit=text(data["unit"]),
        period=Period.parse(text(data["period"])),
        revision=revision,
        parent=text(data["parent"]) if data["parent"] else None,
        sections=tuple(section_from_json(section) for section in data["sections"]),
        kind=SubmissionKind(data["kind"]),
        sign_off=SignOff(
            text(sign_off["responsible"]),
            text(sign_off["reviewer"]),
            text(sign_off["preparer"]),
            datetime.date.fromisoformat(sign_off["date"]) if sign_off["date"] else None,
        ),
        chain=ChainHead(text(chain["workspace"]), int(chain["sequence"]), text(chain["digest"])),
        created=datetime.datetime.fromisoformat(created) if created else None,
        created_with=text(data.get("created_with", "")),
        synthetic=bool(data["synthetic"]),
    )
