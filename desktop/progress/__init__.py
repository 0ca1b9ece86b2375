"""Targets, paths to them and verdicts, as pure functions."""
