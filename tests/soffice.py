"""LibreOffice without a window, for tests: files converted many at a time, with or without recalculation."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_REGISTRY = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>{mode}</value></prop></item>
</oor:items>
"""
_ALWAYS, _NEVER = 0, 1


def convert(paths: Sequence[Path], out_dir: Path, *, to: str = "xlsx", recalc: bool = False) -> list[Path]:
    """Convert files in one call and return the new ones; `recalc` has every formula computed at loading.

    Each call has a profile of its own, so that it neither waits for nor disturbs another one.
    """
    out_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="soffice-") as profile:
        user = Path(profile) / "user"
        user.mkdir()
        mode = _ALWAYS if recalc else _NEVER
        (user / "registrymodifications.xcu").write_text(_REGISTRY.format(mode=mode), encoding="utf-8")
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--convert-to",
                to,
                "--outdir",
                str(out_dir),
                *(str(path) for path in paths),
            ],
            check=True,
            capture_output=True,
            timeout=600,
        )
    made = [out_dir / f"{path.stem}.{to.partition(':')[0]}" for path in paths]
    missing = [path.name for path in made if not path.exists()]
    assert not missing, f"not converted: {missing}"
    return made
