"""What is said once a figure was typed or its list changed: its answer to an issued one, names to come."""

from __future__ import annotations

from desktop.model.element import Mode
from desktop.model.form import FormRow
from desktop.model.submission import Answer, Figure, FigureState
from desktop.workspace import FormSession, figure_text
from ui.entry.lines import issued_value
from ui.i18n import translate


def said_of(row: FormRow, session: FormSession) -> str:
    """A sentence for the status bar; empty where nothing needs saying."""
    element, figure = row.element, session.section.figure(row.element.id)
    if names_wanted(row, figure):
        said = translate("Answers", "“{name}”按名单计数：按 F4 列出名单；一时列不全的，按 F7 写明原因。")
    elif figure.answer is Answer.DISPUTED:
        said = translate("Answers", "“{name}”与下发数不同，已记为异议；回到该项按 F7 写理由（F8 逐条转）。")
    elif figure.rows and row.mode is Mode.ISSUED:
        said = answer_of_list(row, session)
    else:
        return ""
    return said.format(name=element.name)


def names_wanted(row: FormRow, figure: Figure) -> bool:
    """Whether a count stands where names are asked for; who answers an issued figure owes none."""
    counted = figure.state is FigureState.NUMBER and figure.value and not figure.rows
    return bool(row.element.columns and counted and figure.answer is Answer.NONE)


def answer_of_list(row: FormRow, session: FormSession) -> str:
    """How a list stands to the figure that was issued, in one sentence; empty where none can be."""
    if row.mode is not Mode.ISSUED:
        return ""
    issued, figure = issued_value(row, session), session.section.figure(row.element.id)
    if issued is None:
        return translate("Answers", "这一项尚未下发，先按本单位的名单计数。")
    shown = f"{figure_text(Figure.number(issued), row.element)}{row.element.unit.typed}"
    if figure.answer is Answer.DISPUTED:
        said = translate("Answers", "≠ 下发数是{issued}，名单计数不同，已记为异议：关闭后按 F7 写理由。")
    elif figure.answer is Answer.CONFIRMED:
        said = translate("Answers", "✔ 与下发数{issued}相同，已记为核对相符。")
    else:
        said = translate(
            "Answers", "下发数是{issued}：相符的不用列名单，关闭后按空格键确认；有异议的列出名单。"
        )
    return said.format(issued=shown)
