"""Where things lie on this machine: one owner of paths, and nothing is created by asking."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop.values import dataclass

PROGRAM = "zhibao"
VERSION = "0.1.0"
DEFAULT_PLAN = "binhai-ip-2022-2024"


@dataclass(frozen=True, slots=True)
class Folders:
    """The user's folders. In portable mode all of them lie beside the program."""

    config: Path
    data: Path
    logs: Path
    documents: Path


def program_folder() -> Path:
    """The folder of the program: the frozen bundle's, or the checkout's."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent
    return Path(__file__).resolve().parents[2]


def resources_folder() -> Path:
    """The folder `resources/`, found from this file so that it is right when frozen too."""
    return Path(__file__).resolve().parents[2] / "resources"


def plans_folder() -> Path:
    """The folder in which each plan has a folder of its own, named by the plan's id."""
    return resources_folder() / "plans"


def folders() -> Folders:
    """The user's folders; `ZHIBAO_HOME` or a file `portable` beside the program overrides them."""
    home = os.environ.get("ZHIBAO_HOME")
    if home:
        return _below(Path(home))
    if (program_folder() / "portable").exists():
        return _below(program_folder() / "zhibao-data")
    import platformdirs

    where = platformdirs.PlatformDirs(PROGRAM, appauthor=False)
    return Folders(
        config=Path(where.user_config_dir),
        data=Path(where.user_data_dir),
        logs=Path(where.user_log_dir),
        documents=Path(where.user_documents_dir) / "知报",
    )


def _below(root: Path) -> Folders:
    return Folders(config=root / "config", data=root / "data", logs=root / "logs", documents=root / "files")
