"""Imports without PySide's hook.

PySide replaces the import statement, so that `from __feature__ import …` can work, and reads the source text
of every module that is imported after it. We use no such feature; start-up and each dialog would pay for it.
"""

from __future__ import annotations

import builtins


def import_plainly() -> None:
    """Load Qt and give the import statement back to Python; where there is no hook nothing happens."""
    import PySide6.QtCore  # noqa: F401 - the hook comes with it

    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        vars(builtins).update(__import__=plain)
