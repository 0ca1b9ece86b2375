"""Proof of life: every rule of a plan passes one record and fails another. Loading a plan doesn't run it."""

from __future__ import annotations

from desktop.definition.proving.proof import OWN_RULE, Proof, Record

__all__ = ["OWN_RULE", "Proof", "Record"]
