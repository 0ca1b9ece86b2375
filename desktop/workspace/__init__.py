"""The use cases: the one door through which the window and the command line come in."""
