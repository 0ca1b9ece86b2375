"""zhibao group: what the plan leaves open is listed, filled, and goes out with the task package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.end2end.command_line import Called, CommandLine


@pytest.fixture
def ask(zhibao: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Called]:
    """Calls with --json, from the test's own folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: zhibao(*arguments, "--json")


def filled(called: Called, id_: str) -> Any:  # noqa: ANN401 - JSON
    return next(group for group in called.data["groups"] if group["id"] == id_)


def test_a_collective_is_listed_filled_and_sent_out(zhibao: CommandLine, ask: Callable[..., Called]) -> None:
    ask("init", "office.zhibao", "--unit", "scjg", "--consolidates")
    lines = zhibao("group", "office.zhibao").out.splitlines()
    assert lines[0].startswith("各开发区（5 个单位，未指定牵头单位）：经开区、")
    assert lines[2] == "区知识产权战略领导小组各成员单位：还没有成员，涉及 2 项工作"
    said = ask("group", "office.zhibao", "cydw", "--member", "区科协", "--member", "kjj", "--lead", "区科协")
    assert said.status == 0
    assert filled(said, "cydw") == {
        "id": "cydw",
        "name": "区知识产权战略领导小组各成员单位",
        "fixed": False,
        "members": filled(said, "cydw")["members"],
        "lead": "kx",
        "items": filled(said, "cydw")["items"],
    }
    assert set(filled(said, "cydw")["members"]) == {"kx", "kjj"}
    ask("publish", "office.zhibao", "--period", "2024Q3", "--out", "包.xlsx")
    ask("init", "clerk.zhibao", "--unit", "kx")
    ask("receive", "clerk.zhibao", "包.xlsx")
    assert filled(ask("group", "clerk.zhibao"), "cydw")["lead"] == "kx"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("各委办局",), "没有集体"),
        (("cydw", "--member", "河西区"), "没有单位"),
        (("cydw", "--member", "kx", "--lead", "kjj"), "必须是该集体的成员"),
        (("kfq", "--member", "jingkai"), "由方案规定"),
    ],
)
def test_what_cannot_be_filled_so_is_refused_with_one_sentence(
    zhibao: CommandLine, ask: Callable[..., Called], arguments: tuple[str, ...], sentence: str
) -> None:
    ask("init", "office.zhibao", "--unit", "scjg", "--consolidates")
    before = ask("group", "office.zhibao").data
    called = zhibao("group", "office.zhibao", *arguments)
    assert called.status == 2
    assert sentence in called.err
    assert ask("group", "office.zhibao").data == before
