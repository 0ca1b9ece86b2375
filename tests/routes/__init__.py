"""The ways a submission comes back: as it was, re-saved by other programs, arranged by hand."""
