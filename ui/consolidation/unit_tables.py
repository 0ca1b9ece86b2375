"""The tables on a unit's page: what each shows, as texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.workspace import KIND_LABELS, DecisionView, ExplanationView, Message, Side, UnitPage
from ui.colours import Tone
from ui.consolidation.result_models import CONTENT_LABELS, SIGNATURE_LABELS, VERDICT_TONES, verdict_name
from ui.consolidation.text_table import TextColumn, TextRow
from ui.i18n import translate

REVISIONS, CHANGED, EXPLANATIONS, MESSAGES, DECISIONS, FILES = range(6)


def titles() -> tuple[str, ...]:
    """What the tables are called."""
    return (
        translate("UnitPage", "版次"),
        translate("UnitPage", "改动"),
        translate("UnitPage", "出错说明"),
        translate("UnitPage", "往来"),
        translate("UnitPage", "决定"),
        translate("UnitPage", "文件"),
    )


def hints() -> tuple[str, ...]:
    """What stands in every table while it is empty."""
    return (
        translate("UnitPage", "还没有收到这个单位本期的报表。可以催报，或写一份空白报表发给它。"),
        translate("UnitPage", "与上一版比没有改动，或没有上一版可比。"),
        translate("UnitPage", "没有要审的出错说明。"),
        translate("UnitPage", "还没有退回过，也没有写过回执。"),
        translate("UnitPage", "还没有作过决定。"),
        translate("UnitPage", "还没有收到过这个单位本期的文件。"),
    )


def columns() -> tuple[tuple[TextColumn, ...], ...]:
    """The columns of every table, in the order of `titles`."""
    came, file = translate("UnitPage", "收到时间"), translate("UnitPage", "文件")
    place, said = translate("UnitPage", "位置"), translate("UnitPage", "说明")
    verdict, revision = translate("UnitPage", "结论"), translate("UnitPage", "版次")
    counts, content = translate("UnitPage", "是否采用"), translate("UnitPage", "内容")
    signature, sender = translate("UnitPage", "签名"), translate("UnitPage", "发件人")
    before, after = translate("UnitPage", "上一版"), translate("UnitPage", "这一版")
    asked, cause = translate("UnitPage", "审核结果"), translate("UnitPage", "原因")
    judged, why = translate("UnitPage", "审核意见"), translate("UnitPage", "理由")
    day, sent = translate("UnitPage", "日期"), translate("UnitPage", "往来")
    answer, time = translate("UnitPage", "答复"), translate("UnitPage", "时间")
    who, decision = translate("UnitPage", "谁"), translate("UnitPage", "决定")
    undone = translate("UnitPage", "撤销")
    return (
        _columns((revision, 6), (counts, 5), (content, 8), (signature, 8), (came, 10), (file, 20)),
        _columns((place, 18), (before, 14), (after, 14)),
        _columns((verdict, 6), (place, 12), (asked, 18), (cause, 7), (said, 18), (judged, 10)),
        _columns((day, 7), (sent, 30), (answer, 16)),
        _columns((time, 9), (who, 6), (decision, 8), (why, 20), (undone, 14)),
        _columns((came, 9), (file, 18), (verdict, 7), (sender, 12), (said, 20)),
    )


def _columns(*described: tuple[str, int]) -> tuple[TextColumn, ...]:
    return tuple(TextColumn(title, width) for title, width in described)


def rows_of(page: UnitPage) -> tuple[Sequence[TextRow], ...]:
    """The rows of every table, in the order of `titles`."""
    return (
        [_revision(side) for side in page.revisions],
        [
            TextRow((cell.name, *(text or translate("UnitPage", "（空）") for text in cell.texts)))
            for cell in page.changed
        ],
        [_explanation(view) for view in page.explanations],
        [row for message in page.messages for row in _message(message)],
        [_decision(decision) for decision in page.decisions],
        [
            TextRow(
                (
                    f"{file.received:%Y-%m-%d %H:%M}",
                    file.name,
                    verdict_name(file.verdict),
                    file.sender,
                    file.reason,
                ),
                None if VERDICT_TONES[file.verdict] is Tone.GOOD else VERDICT_TONES[file.verdict],
            )
            for file in page.files
        ],
    )


def _revision(side: Side) -> TextRow:
    counts = translate("UnitPage", "采用") if side.counts else ""
    came = f"{side.received:%Y-%m-%d %H:%M}" if side.received else ""
    content = CONTENT_LABELS.get(side.content, side.content)
    signature = SIGNATURE_LABELS.get(side.signature, side.signature)
    number = f"{side.revision}　{KIND_LABELS[side.kind]}".rstrip()
    return TextRow((number, counts, content, signature, came, side.file), Tone.GOOD if side.counts else None)


def _explanation(view: ExplanationView) -> TextRow:
    verdict, which = {
        None: (translate("UnitPage", "待审"), Tone.WARNING),
        True: (translate("UnitPage", "认可"), Tone.GOOD),
        False: (translate("UnitPage", "不予认可"), Tone.ERROR),
    }[view.verdict]
    forced = translate("UnitPage", "（带错上报）") if view.forced else ""
    asked = view.asked or translate("UnitPage", "本机的历史数据不够，没有算出这一条")
    return TextRow((verdict, view.place, asked + forced, view.reason, view.text, view.said), which)


def _message(message: Message) -> Iterator[TextRow]:
    yield TextRow((message.day, message.text, ""))
    for met in message.comments:
        said, which = {
            None: (translate("UnitPage", "等待重报"), Tone.MUTED),
            True: (met.answer or translate("UnitPage", "已改动"), Tone.GOOD),
            False: (translate("UnitPage", "没有改动，也没有答复"), Tone.ERROR),
        }[met.met]
        yield TextRow(("", f"　{met.place}：{met.comment.text}", said), which)


def _decision(decision: DecisionView) -> TextRow:
    what = decision.label
    if decision.kind == "paper":
        what = translate("UnitPage", "纸质件{state}").format(
            state=translate("UnitPage", "相符")
            if decision.chosen == "agrees"
            else translate("UnitPage", "不符")
        )
    return TextRow(
        (decision.time, decision.actor, what, decision.reason, decision.undone),
        Tone.MUTED if decision.undone else None,
    )
