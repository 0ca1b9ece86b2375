"""Totals: where they come from, what is noted about them, what they are compared with, their export."""
