"""The explanations of an open form: given, merged, taken back, and what became void."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.errors import InputError
from desktop.model.canonical import clean_text
from desktop.model.finding import Finding, Severity
from desktop.model.submission import (
    Explanation,
)
from desktop.workspace.desk.entries import (
    explanation_change,
)
from desktop.workspace.form.explaining import (
    Given,
    Offer,
    VoidExplanation,
    addresses_of,
    group_of,
    left_behind,
    offers,
    same_words,
    void_explanations,
    written,
)
from desktop.workspace.form.open_form import FormChange, OpenForm


class ExplainedForm(OpenForm):
    """An open form whose findings can be explained."""

    def explain(
        self, findings: str | Sequence[str], reason: str, text: str, *, forced: bool = False
    ) -> FormChange:
        """Explain warnings of one cause, or send errors along (带错上报) with `forced`.

        A single key means the explanation it belongs to: what was answered with it before and still stands
        gets the new text too. A sequence means exactly those findings. A text that doesn't count is kept as a
        draft, see `Assessment.refused`; so is one without a reason (""). Raises InputError for an unknown
        finding or reason.
        """
        self._refuse_if_locked()
        alone = isinstance(findings, str)
        keys = group_of(findings, self.assessment.answers) if isinstance(findings, str) else findings
        found = [self._explainable(key) for key in dict.fromkeys(keys)]
        self._require_reason(reason)
        kept = self.explanation(found[0].key)
        first = kept.cause if alone and kept is not None and kept.cause else found[0].key
        answers = written(found, reason, clean_text(text).strip(), forced=forced, cause=first)
        left = [] if alone else left_behind(first, answers, self._section.explanations)
        return self._put_explanations([*answers, *left], "explain")

    def merge(self, finding: str) -> FormChange:
        """Make one explanation of all those that say the same as that of a finding, word for word; raises
        InputError if there is nothing to merge.
        """
        self._refuse_if_locked()
        same = same_words(finding, self.assessment.answers)
        if not same:
            raise InputError("explanation.not_repeated", "没有文字相同、可以合并的说明。")
        one = next(e for e in same if e.finding == finding)
        merged = [replace(e, reason=one.reason, text=one.text, cause=finding) for e in same]
        return self._put_explanations(merged, "merge")

    def withdraw(self, findings: str | Sequence[str]) -> FormChange:
        """Take explanations back, void ones and drafts too; raises InputError where there is none."""
        self._refuse_if_locked()
        keys = (findings,) if isinstance(findings, str) else tuple(dict.fromkeys(findings))
        known = {e.finding for e in self._section.explanations}
        missing = [key for key in keys if key not in known]
        if missing:
            raise InputError("explanation.none", f"“{missing[0]}”没有可以撤回的说明。", "请核对编号。")
        left = tuple(e for e in self._section.explanations if e.finding not in keys)
        self._section = replace(self._section, explanations=left)
        changes = tuple(explanation_change(key, None) for key in keys)
        return self._saved(changes, addresses_of(keys), "withdraw")

    @property
    def void(self) -> tuple[VoidExplanation, ...]:
        """The explanations that no longer count, with what changed since they were given."""
        return void_explanations(
            self.assessment, self.findings, self._given, self._section, self.plan, self._check
        )

    def repeated(self, finding: str) -> Finding | None:
        """The notice that a finding's explanation says the same as others, word for word."""
        weighed = self.assessment
        same = {e.finding for e in same_words(finding, weighed.answers)}
        return next((notice for notice in weighed.repeated if notice.qualifier in same), None)

    def explanation(self, finding: str) -> Explanation | None:
        """What was written for a finding, whether it counts or not."""
        return next((e for e in self._section.explanations if e.finding == finding), None)

    def refusal(self, finding: str, reason: str, text: str) -> Finding | None:
        """Why that reason and text would not count for a finding, None if they would."""
        from desktop.validation import refusal

        return refusal(self._explainable(finding), reason, text, self.plan.explanations)

    def offers(self, finding: str) -> tuple[Offer, ...]:
        """The findings that an explanation of this one may answer too, the nearest first."""
        return offers(self._explainable(finding), self.assessment, self.plan)

    def _explainable(self, key: str) -> Finding:
        found = next((f for f in self.findings if f.key == key), None)
        if found is None:
            raise InputError(
                "finding.unknown", f"没有编号为“{key}”的审核结果。", "请先审核，再按列出的编号说明。"
            )
        if found.severity is Severity.NOTICE:
            raise InputError("finding.notice", f"“{key}”只是提示，不需要说明。")
        return found

    def _require_reason(self, reason: str) -> None:
        reasons = self.plan.explanations.reasons
        if reason and reason not in reasons:
            known = "、".join(f"{code}（{label}）" for code, label in reasons.items())
            raise InputError("reason.unknown", f"没有“{reason}”这个原因。", f"可用的原因：{known}。")

    def _put_explanations(self, answers: Sequence[Explanation], action: str) -> FormChange:
        new = {answer.finding: answer for answer in answers}
        before = {e.finding: replace(e, cause="") for e in self._section.explanations}
        others = tuple(e for e in self._section.explanations if e.finding not in new)
        self._section = replace(self._section, explanations=(*others, *answers))
        self._note_given(key for key, answer in new.items() if before.get(key) != replace(answer, cause=""))
        changes = tuple(explanation_change(answer.finding, answer) for answer in answers)
        return self._saved(changes, addresses_of(new), action)

    def _note_given(self, keys: Iterable[str]) -> None:
        """Remember that the explanations of those findings were written just now."""
        person, now = self._present()
        self._given |= {key: Given(person, now, self._section) for key in keys}
