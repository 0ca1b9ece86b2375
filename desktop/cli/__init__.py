"""The command line: the same use cases for scripts, tests and people without a screen."""
