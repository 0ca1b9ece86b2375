"""Fair timing: candidates take turns, so that what else the machine does meets all of them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping

Work = Callable[[], object]


def in_turns(candidates: Mapping[str, Work], rounds: int) -> dict[str, list[float]]:
    """Seconds of each candidate in each round, after one round that warms up.

    What a candidate leaves behind is collected before the next begins: Python looks through the whole process
    only once in several turns, and in an order that meets some candidates again and again and others never.
    """
    for work in candidates.values():
        work()
    taken: dict[str, list[float]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, work in candidates.items():
            gc.collect()
            begin = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - begin)
    return taken


def show(
    title: str,
    taken: Mapping[str, list[float]],
    yardstick: str,
    marks: Mapping[str, float] | None = None,
) -> None:
    """One line per candidate: median milliseconds, and the median of its ratio to the yardstick by round.

    `marks` are the ratios that candidates are to stay below; whether they do is said.
    """
    print(title)
    base = taken[yardstick]
    for name, seconds in taken.items():
        ratio = statistics.median(mine / other for mine, other in zip(seconds, base, strict=True))
        line = f"  {name:<44} {statistics.median(seconds) * 1000:9.2f} ms   {ratio:6.2f} ×"
        mark = (marks or {}).get(name)
        if mark is not None:
            line += f"   mark {mark:g}: {'held' if ratio <= mark else 'missed'}"
        print(line)
