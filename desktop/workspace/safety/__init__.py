"""That nothing is lost: what the disk refused, what a crash left, backups."""
