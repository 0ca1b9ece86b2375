"""Reading the header block: who answers for the report, and whose it is where the manifest is lost."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.exchange.format import visible
from desktop.exchange.format.filereading import EditedCell
from desktop.exchange.format.layout import DEMO
from desktop.exchange.format.visible import comparable
from desktop.exchange.reading.comparison import Log
from desktop.exchange.reading.tables import Table
from desktop.model.finding import Finding, Severity
from desktop.model.listing import read_date
from desktop.model.period import Period
from desktop.model.plan import Plan
from desktop.model.submission import SignOff, Submission

_UNIT = re.compile(r"填报单位：\s*(.*?)\s*(?:（([^）]*)）)?\s*(?:报告期：|版次：|校验码：|$)")
_PERIOD = re.compile(r"报告期：.*?（([0-9QM]+)）\s*(?:版次：|校验码：|$)")
_REVISION = re.compile(r"版次：第([0-9]{1,6})版")
_SIGN_OFF = re.compile(r"单位负责人：(.*?)\s*审核人：(.*?)\s*填表人：(.*?)\s*报出日期：(.*)")
SIGN_OFF_ADDRESS = "sign_off"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the header block says; parts that can't be read are None."""

    unit: str | None
    period: Period | None
    revision: int | None
    synthetic: bool


def read_heading(above: Sequence[str], plan: Plan) -> Heading:
    """Unit, period and revision from the lines above a table."""
    text = "\n".join(comparable(line) for line in above)
    unit, period, revision = _search(_UNIT, text), _search(_PERIOD, text), _search(_REVISION, text)
    found = (plan.find_unit(name) for name in (unit.groups() if unit else ()) if name)
    return Heading(
        unit=next((one.id for one in found if one), None),
        period=_period(period[1]) if period else None,
        revision=int(revision[1]) if revision else None,
        synthetic=f"{DEMO}数据" in text,
    )


def check_heading(table: Table, submission: Submission, log: Log) -> None:
    """Say where the header block names another unit, period or revision than the manifest."""
    said = read_heading(table.above, log.plan)
    expected = (submission.unit, submission.period, submission.revision)
    pairs = zip((said.unit, said.period, said.revision), expected, strict=True)
    for now, was in pairs:
        if now is not None and now != was:
            params = {"where": table.name, "was": str(was), "now": str(now)}
            log.findings.append(
                Finding(
                    "exchange.heading_changed", Severity.ERROR, submission.unit, "", "heading", "", params
                )
            )


def read_sign_off(table: Table, was: SignOff, unit: str, log: Log) -> SignOff:
    """Those who answer for the report, as the line says; as before where the line is gone."""
    expected = comparable(visible.sign_off(was))
    for line in table.above:
        said = comparable(line)
        match = _SIGN_OFF.fullmatch(said)
        if match is None or said == expected:
            continue
        now = SignOff(match[1].strip(), match[2].strip(), match[3].strip(), _date(match[4]))
        if log.compares and now != was:
            log.edited.append(EditedCell(SIGN_OFF_ADDRESS, unit, expected, said, table.name, "", "签报"))
        return now
    return was


def _search(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next((match for line in text.splitlines() if (match := pattern.search(line))), None)


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None


def _date(text: str) -> datetime.date | None:
    return read_date(text.strip())
