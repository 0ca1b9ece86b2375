"""Filling in a form: what is typed, pasted, carried over, explained and undone."""
