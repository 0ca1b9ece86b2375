"""A plan's folder of TOML files → one document → a checked plan."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from desktop.config import plans_folder
from desktop.definition.document import Loaded, plan_from_document
from desktop.definition.places import FRAME_FILE, HOMES, TABLES, Where, plan_error
from desktop.definition.reader import unknown_key
from desktop.errors import InputError
from desktop.model.canonical import Json
from desktop.model.catalogue import message
from desktop.model.finding import Finding
from desktop.model.plan import Plan


def load_plan_folder(folder: Path) -> Loaded:
    """Read the folder's files and check the plan; every problem is a finding that names file and key."""
    document: Json = {}
    findings: list[Finding] = []
    for name in TABLES:
        content, problem = _toml(folder / name)
        if problem is not None:
            findings.append(problem)
        findings += _gather(name, content, document)
    if findings:
        return Loaded(None, tuple(findings))
    return plan_from_document(document)


def bundled_plan(id_: str) -> Plan:
    """The plan that comes with the program under that id; raises InputError where it is missing or broken."""
    folder = plans_folder() / id_
    if Path(id_).name != id_ or not folder.is_dir():
        raise InputError(
            "plan.unknown", f"没有编号为“{id_}”的方案。", "请用 zhibao plan show 查看已有的方案。"
        )
    loaded = load_plan_folder(folder)
    if loaded.plan is None:
        first = message(loaded.errors[0])
        raise InputError(
            "plan.broken", f"方案“{id_}”有错误，不能使用：{first}", "请用 zhibao plan check 查看全部问题。"
        )
    return loaded.plan


def _toml(path: Path) -> tuple[dict[str, Any], Finding | None]:
    where = Where(path.name)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig")), None
    except FileNotFoundError:
        return {}, plan_error("plan.file_missing", where)
    except tomllib.TOMLDecodeError as error:
        return {}, plan_error("plan.toml_syntax", where, detail=str(error))
    except (OSError, ValueError, RecursionError) as error:
        return {}, plan_error("plan.file_unreadable", where, detail=str(error))


def _gather(name: str, content: dict[str, Any], document: Json) -> list[Finding]:
    """Move a file's tables into the document under the names of the plan's collections."""
    tables = TABLES[name]
    findings = []
    for key, value in content.items():
        if key in tables:
            document[tables[key]] = value
        elif name == FRAME_FILE and key not in HOMES:
            document[key] = value
        else:
            findings.append(unknown_key(Where(name, key), key, tables))
    return findings
