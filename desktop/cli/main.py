"""Entry of the command line: parse, run one command, print one answer. Never a traceback for what a person can mend."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from desktop.cli.output import complain, show
from desktop.cli.parser import UsageError, build_parser
from desktop.errors import ZhibaoError

WRONG_CALL = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 needs a person, 2 call or input wrong, 3 environment."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in arguments
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        options = build_parser().parse_args(arguments)
        return show(options.run(options), as_json=as_json)
    except UsageError as error:
        complain(str(error), code="call.wrong", as_json=as_json)
        return WRONG_CALL
    except ZhibaoError as error:
        complain(str(error), code=error.code, as_json=as_json)
        return error.exit_status
    except argparse.ArgumentTypeError as error:
        complain(str(error), code="call.wrong", as_json=as_json)
        return WRONG_CALL
