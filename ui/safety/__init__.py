"""Backups, what a crash left, and what the disk refuses."""
