"""Texts of the codes that begin in `validation`. Placeholders are names of parameters."""

from __future__ import annotations

MESSAGES: dict[str, str] = {}
