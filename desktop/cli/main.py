"""Entry of the command line: parse, run one command, print one answer. Never a traceback for what a
person can mend.
"""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.cli.arguments import UsageError
from desktop.cli.output import complain, show, speak_chinese
from desktop.cli.parser import parse
from desktop.cli.sheets import Painter
from desktop.config import folders
from desktop.errors import ZhibaoError, from_os_error

WRONG_CALL, ENVIRONMENT, STOPPED = 2, 3, 130

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] | None = None, paint: Painter | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 needs a person, 2 call or input wrong, 3
    environment. `paint` makes the PDF of a sheet to print: only the window can, and it stands above us.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in arguments
    for stream in (sys.stdout, sys.stderr):
        speak_chinese(stream)
    try:
        return _run(arguments, paint, as_json=as_json)
    except (UsageError, argparse.ArgumentTypeError) as error:
        complain(str(error), code="call.wrong", as_json=as_json)
        return WRONG_CALL
    except ZhibaoError as error:
        complain(str(error), code=error.code, as_json=as_json)
        return error.exit_status
    except BrokenPipeError:
        # whoever read our output has gone; Python's own flush at exit must not stumble over it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        complain(str(from_os_error(error, "执行命令")), code="disk.fault", as_json=as_json)
        return ENVIRONMENT
    except KeyboardInterrupt:
        complain("已中断，已保存的数据不受影响。", code="call.stopped", as_json=as_json)
        return STOPPED
    except Exception:  # noqa: BLE001 - the last stop: a bug is told in one sentence, and whole in the log
        complain(
            f"程序出错，详情见日志 {_logged()}。已保存的数据不受影响。", code="program.fault", as_json=as_json
        )
        return ENVIRONMENT


def _run(arguments: list[str], paint: Painter | None, *, as_json: bool) -> int:
    options = parse(arguments)
    options.paint = paint
    answer = options.run(options)
    try:
        status = show(answer, as_json=as_json)
        if sys.stdout is not None:  # a program without a console has none
            sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EINVAL:  # what Windows says of a pipe whose reader has gone
            raise BrokenPipeError from error
        raise
    return status


def _logged() -> Path:
    """Write the error that is being handled into the log; returns the file."""
    path = folders().logs / "zhibao.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    _log.addHandler(handler)
    _log.propagate = False
    _log.exception("unexpected error")
    _log.removeHandler(handler)
    handler.close()
    return path
