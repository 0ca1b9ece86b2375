"""The structure of the code: who may know whom, and how large things may grow."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.workspace import Workspace

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(path for package in ("desktop", "ui") for path in (ROOT / package).rglob("*.py"))
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

MODULE_LINES = 400
FUNCTION_LINES = 40  # without the docstring: explaining oneself is not held against anyone

HEAVY = {"PySide6", "xlsxwriter", "openpyxl", "cryptography", "sqlite_utils", "numpy", "pandas"}

# what opening a form to type in must not wait for: the other roles' packages, and libraries they use
LATER = HEAVY | {
    "desktop.cli",
    "desktop.consolidation",
    "desktop.definition.checker",
    "desktop.definition.workbook",
    "desktop.exchange",
    "desktop.migration",
    "desktop.progress",
    "desktop.report",
    "desktop.validation",
    "desktop.workspace.facade",
    "email",
    "tomllib",
    "xml.sax",
    "zipfile",
}

GATHERED = [
    "desktop.consolidation",
    "desktop.definition",
    "desktop.exchange",
    "desktop.migration",
    "desktop.progress",
    "desktop.report",
    "desktop.validation",
    "desktop.workspace",
]

# one import that each contract must refuse, and the place where somebody might write it
BREACHES = [
    ("layers", "desktop/validation", "import desktop.store"),
    ("layers", "desktop/exchange", "import desktop.store"),
    ("layers", "desktop/store", "import desktop.exchange"),
    ("layers", "desktop/model", "import desktop.workspace"),
    ("layers", "desktop/migration", "import desktop.progress"),
    ("workspace", "desktop/workspace/form", "import desktop.workspace.review"),
    ("workspace", "desktop/workspace/plans", "import desktop.workspace.office"),
    ("no-qt", "desktop/report", "import PySide6.QtCore"),
    ("no-qt", "desktop/workspace", "import ui"),
    ("sqlite", "desktop/workspace", "import sqlite3"),
    ("sqlite", "ui", "import sqlite_utils"),
    ("xlsx", "desktop/consolidation", "import openpyxl"),
    ("xlsx", "ui/report", "import xlsxwriter"),
    ("ui-door", "ui/consolidation", "import desktop.store"),
    ("ui-door", "ui/entry", "import desktop.cli"),
]


def lint_imports(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-logo", "--no-cache", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def empty_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages without their code, under the same contracts."""
    folder = tmp_path_factory.mktemp("contracts")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for source in SOURCES:
        copy = folder / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.touch()
    return folder


def test_contracts_hold() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("contract", "package", "line"), BREACHES)
def test_contract_refuses(empty_packages: Path, contract: str, package: str, line: str) -> None:
    assert lint_imports(empty_packages, "--contract", contract).returncode == 0
    intruder = empty_packages / package / "intruder.py"
    intruder.write_text(f"{line}\n", encoding="utf-8")
    try:
        done = lint_imports(empty_packages, "--contract", contract)
    finally:
        intruder.unlink()
    assert done.returncode != 0
    assert "intruder" in done.stdout


@pytest.mark.parametrize("package", ["desktop.workspace", "desktop.cli", "ui.__main__"])
def test_start_brings_no_heavy_library(package: str) -> None:
    code = f"import sys, {package}; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert HEAVY & set(done.stdout.split()) == set()


def test_opening_a_workspace_and_its_form_loads_no_heavy_library(tmp_path: Path) -> None:
    """Keys are made once, at the first start; afterwards only their names are looked at."""
    path = tmp_path / "gaoxin.zhibao"
    Workspace.create(path, ["gaoxin"]).close()
    code = (
        "import sys; from pathlib import Path; from desktop.workspace import Workspace; "
        f"w = Workspace.open(Path({str(path)!r})); w.form('gaoxin', w.default_period()); "
        "assert w.keys.own()[0].here; w.close(); print('\\n'.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert HEAVY & set(done.stdout.split()) == set()


def test_opening_a_form_loads_nothing_of_the_other_roles(tmp_path: Path) -> None:
    """What consolidating, exchanging files and defining plans need is loaded when it is used."""
    path = tmp_path / "gaoxin.zhibao"
    Workspace.create(path, ["gaoxin"]).close()
    code = (
        "import sys; from pathlib import Path; from desktop.workspace import Workspace; "
        f"w = Workspace.open(Path({str(path)!r})); w.form('gaoxin', w.default_period()); "
        "w.close(); print('\\n'.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(done.stdout.split())
    assert {"desktop.model.plan", "desktop.store.opening", "desktop.workspace.form.form_session"} <= loaded
    assert LATER & loaded == set()


@pytest.mark.parametrize("package", GATHERED)
def test_a_package_names_what_its_facade_gathers(package: str) -> None:
    code = (
        f"import {package}; named = set({package}.__all__); import {package}.facade as facade; "
        f"assert named == set(facade.__all__), named ^ set(facade.__all__); "
        f"assert all(getattr({package}, name) is getattr(facade, name) for name in named)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_stays_small_and_static(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= MODULE_LINES
    assert list(_long_functions(tree)) == []
    assert list(_dynamic_imports(tree)) == []


def _long_functions(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
            signature = node.body[0].lineno - node.lineno
            lines = signature + (node.end_lineno or 0) - first.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"line {node.lineno}: {node.name} has {lines} lines"


def _dynamic_imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in {"__import__", "import_module"}:
            yield f"line {node.lineno}: {name}"  # type: ignore[attr-defined]  # both kinds have a line
