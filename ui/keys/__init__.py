"""Signing keys and the roster in the window."""
