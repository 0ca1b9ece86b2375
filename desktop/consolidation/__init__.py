"""Merging the submissions of children: inbox, conflicts, totals, coverage, reconciliation."""
