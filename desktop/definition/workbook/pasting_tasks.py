"""The pasted 任务分解表 → actions, tasks and items with their bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from desktop.definition.workbook.bodies import Bodies
from desktop.definition.workbook.draft import Draft, Entry, bare_name
from desktop.definition.workbook.pasted_tables import Pasted, squeeze
from desktop.definition.workbook.places import Cell
from desktop.definition.workbook.sheets import Row
from desktop.model.canonical import Json
from desktop.model.finding import Severity

ROLES = {
    "number": re.compile(r"^(序号|编号|No\.?)$"),
    "content": re.compile("具体内容|内容|举措|措施|具体任务|任务分解|分解任务|工作要求"),
    "action": re.compile("行动|工程|板块|领域|类别|专项"),
    "lead": re.compile("牵头|主责"),
    "support": re.compile("配合|协同|参与|协办"),
    "bodies": re.compile("责任|承办|负责|主体"),
    "task": re.compile("任务"),
}
_ACTION = re.compile(r"^([一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])(?P<title>.+)$")
_ITEM_NUMBER = re.compile(r"^[（(]\s*([0-9]{1,4})\s*[）)]")
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class _Line:
    """One item's texts with the row it stands in."""

    row: Row
    action: str
    task: str
    content: str
    bodies: tuple[str, ...]
    lead: str | None
    number: int | None


def paste_tasks(draft: Draft, table: Pasted) -> None:
    """Add actions, tasks and items of every row that says what is to be done."""
    table = _with_actions(table)
    lines = _lines(draft, table)
    numbers = _numbers(draft, lines)
    actions = _Numbered(draft, "actions")
    tasks = _Numbered(draft, "tasks")
    for line, number in zip(lines, numbers, strict=True):
        cell = table.cell(line.row, "content" if table.column("content") else "task")
        action = actions.of(line.action or "重点任务", table.cell(line.row, "action"), said=bool(line.action))
        task = tasks.of(line.task, table.cell(line.row, "task"), more={"action": action})
        _add_bodies(tasks.records[line.task], line.bodies)
        _item(draft, line, number, task, cell, table)


def _with_actions(table: Pasted) -> Pasted:
    """A header 重点任务 merged over two columns: the left one holds the actions, the right one the tasks."""
    column = table.column("task")
    beside = column + 1
    taken = {number for numbers in table.columns.values() for number in numbers}
    if not column or beside in taken or beside in table.headers or "action" in table.columns:
        return table
    if not any(beside in row.cells for row in table.rows):
        return table
    return replace(table, columns={**table.columns, "action": (column,), "task": (beside,)})


def _lines(draft: Draft, table: Pasted) -> list[_Line]:
    bodies = Bodies(draft)
    lines: list[_Line] = []
    action = task = ""
    for row in table.rows:
        texts = [cell.text for cell in row.cells.values() if cell.text]
        heading = _ACTION.match(squeeze(texts[0])) if len(texts) == 1 else None
        action = heading["title"] if heading else _title(table.text(row, "action")) or action
        task = squeeze(table.text(row, "task")) if not heading else task
        task = task or (lines[-1].task if lines else "")
        content = squeeze(table.text(row, "content")) or ("" if table.column("content") else task)
        if heading:
            continue
        if not content:
            draft.say("plan.pasted.row_unread", Severity.NOTICE, table.cell(row, "content"))
            continue
        lines.append(_line(table, row, action, bare_name(task) or "重点任务", content, bodies))
    return lines


def _line(table: Pasted, row: Row, action: str, task: str, content: str, bodies: Bodies) -> _Line:
    lead = bodies.of_cell(table.text(row, "lead"), table.cell(row, "lead"))
    others = bodies.of_cell(table.text(row, "bodies"), table.cell(row, "bodies"))
    support = bodies.of_cell(table.text(row, "support"), table.cell(row, "support"))
    named = tuple(dict.fromkeys((*lead, *others, *support)))
    own = _ITEM_NUMBER.match(content)
    plain = table.text(row, "number")
    number = int(own[1]) if own else int(plain) if plain.isdecimal() and len(plain) < 5 else None
    return _Line(row, action, task, content, named, None, number)


def _title(text: str) -> str:
    match = _ACTION.match(squeeze(text))
    return match["title"] if match else squeeze(text)


def _numbers(draft: Draft, lines: list[_Line]) -> list[int]:
    """The items' numbers as the document gives them where they are all there and differ, else in order."""
    said = [line.number for line in lines]
    taken = {record.get("number") for record in draft.records("items")}
    if None not in said and len(set(said)) == len(said) and not taken.intersection(said):
        return [number for number in said if number is not None]
    highest = max((number for number in taken if isinstance(number, int)), default=0)
    return list(range(highest + 1, highest + 1 + len(lines)))


class _Numbered:
    """Actions or tasks by title, numbered as they come."""

    def __init__(self, draft: Draft, collection: str) -> None:
        self._draft, self._collection = draft, collection
        self.records: dict[str, Json] = {
            str(record.get("title")): record for record in draft.records(collection)
        }

    def of(self, title: str, cell: Cell, *, said: bool = True, more: Json | None = None) -> int:
        """The number of a title; a new one is added, and said where the document didn't name it."""
        if title not in self.records:
            numbers = [record.get("number") for record in self._draft.records(self._collection)]
            number = max((n for n in numbers if isinstance(n, int)), default=0) + 1
            entry = Entry({"number": number, **(more or {}), "title": title}, cell)
            self.records[title] = self._draft.add(self._collection, entry).record
            if not said:
                self._draft.say("plan.default.action", Severity.NOTICE, cell, value=title)
        return int(self.records[title].get("number", 0))


def _add_bodies(task: Json, bodies: tuple[str, ...]) -> None:
    """A task's bodies are those of its items."""
    task["bodies"] = list(dict.fromkeys((*task.get("bodies", ()), *bodies)))


def _item(draft: Draft, line: _Line, number: int, task: int, cell: Cell, table: Pasted) -> None:
    record: Json = {"number": number, "task": task, "title": _short(line.content), "bodies": [*line.bodies]}
    here = table.cell(line.row, "bodies" if table.column("bodies") else "lead", "责任单位")
    entry = draft.add("items", Entry(record, cell, {("bodies",): here, ("lead",): here}))
    if record["title"] != _ITEM_NUMBER.sub("", line.content).rstrip("。；"):
        draft.say("plan.default.title", Severity.NOTICE, cell, value=record["title"])
    if number != line.number:
        draft.say("plan.default.value", Severity.NOTICE, entry.home, value=str(number), why="按先后顺序编号")
    draft.wordings.append((line.content, line.bodies))
    if not line.bodies:
        del record["bodies"]


def _short(content: str) -> str:
    """A title of at most sixty characters: the whole text, else its first sentence."""
    text = _ITEM_NUMBER.sub("", content).rstrip("。；")
    first = re.split("[。；]", text)[0] if len(text) > _LONGEST_TITLE else text
    return first if len(first) <= _LONGEST_TITLE else f"{first[: _LONGEST_TITLE - 1]}…"
