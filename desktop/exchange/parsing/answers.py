"""What the worker process says of one file: plain data or a refusal, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

from desktop.errors import EnvironmentFault
from desktop.exchange.format.filereading import Refusal
from desktop.exchange.parsing.safety import Refused
from desktop.model.canonical import Json
from desktop.model.plain import SHAPE_FAULTS

Found = TypeVar("Found")
NO_ANSWER = SHAPE_FAULTS
"""What is raised where something came through the pipe that is no answer."""


def answer_to_bytes(found: Callable[[], Json]) -> bytes:
    """What `found` gives, or why it refused the file, as UTF-8 JSON."""
    try:
        answer: Json = {"found": found()}
    except Refused as refused:
        answer = {"refusal": asdict(refused.refusal)}
    except EnvironmentFault as fault:
        answer = {"refusal": asdict(Refusal("exchange.unopened", {"reason": str(fault)}))}
    # file names may hold bytes that are no text; escapes carry them
    return json.dumps(answer, separators=(",", ":")).encode()


def answer_from_bytes(content: bytes, read: Callable[[Json], Found]) -> Found | Refusal:
    """What `read` makes of such JSON, or the refusal; raises what `read` does and NO_ANSWER for others."""
    answer: Json = json.loads(content)
    return refusal_from_json(answer["refusal"]) if "refusal" in answer else read(answer["found"])


def refusal_from_json(data: Json) -> Refusal:
    """The refusal of such JSON; raises one of NO_ANSWER if it isn't one."""
    return Refusal(str(data["code"]), {str(name): str(value) for name, value in data["params"].items()})
