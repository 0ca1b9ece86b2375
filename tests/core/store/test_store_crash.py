"""kill -9 in the middle of edits: what was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.store import audit, open_store
from tests.core.store.stores import new_store, number, section

EDITOR = """
import itertools, sys
from pathlib import Path
from desktop.store import entries, open_store
from desktop.store.entries import Change, Edit
from tests.core.store.stores import ACTOR, NOW, PLACE, number
with open_store(Path(sys.argv[1])) as store:
    for value in itertools.count():
        block = tuple(Change(f"figure/e{i}", number(value)) for i in range(3))
        edit = Edit(*PLACE, block, ACTOR, "paste", ('{"value":"%d"}' % value,))
        store.run(lambda c: entries.edit(c, edit, NOW))
        print(value, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 2, 5, 17, 40, 111])
def test_nothing_acknowledged_is_lost(tmp_path: Path, acknowledged: int) -> None:
    path = tmp_path / "a.zhibao"
    new_store(path).close()
    with subprocess.Popen(
        [sys.executable, "-c", EDITOR, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as process:
        assert process.stdout is not None
        for _ in range(acknowledged):
            process.stdout.readline()
        process.kill()
        rest = process.stdout.read().split("\n")
    last = int(rest[-2]) if len(rest) > 1 else acknowledged - 1
    with open_store(path) as store:
        found = section(store)
        assert len(set(found.values())) == 1 and len(found) == 3  # a paste is there as a whole
        assert found["figure/e0"] in (number(last), number(last + 1))  # one more may be on disk, unsaid
        assert store.run(audit.verify).ok and store.run(audit.differences) == ()
