"""E-mail drafts: an .eml that the system's mail program opens ready to be sent, with its attachments."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import from_os_error
from desktop.exchange.atomic import write_whole
from desktop.model.canonical import clean_text

_TYPE = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?![A-Za-z0-9-])"
)


@dataclass(frozen=True, slots=True)
class Letter:
    """What a draft says. `to` is an address or empty; whoever sends it fills in the rest."""

    subject: str
    body: str
    to: str = ""


def address_in(contact: str) -> str:
    """The first e-mail address in a text about how to reach somebody; empty if there is none."""
    match = _ADDRESS.search(contact)
    return match[0] if match else ""


def write_draft(
    path: Path, letter: Letter, date: datetime.datetime, attachments: Sequence[Path] = ()
) -> Path:
    """Write an unsent message over an older one; raises EnvironmentFault for the disk."""
    try:
        contents = [(attachment.name, attachment.read_bytes()) for attachment in attachments]
    except OSError as error:
        raise from_os_error(error, "写入邮件草稿") from error
    write_whole(path, _message(letter, date, contents), "写入邮件草稿", overwrite=True)
    return path


def _message(letter: Letter, date: datetime.datetime, attachments: Sequence[tuple[str, bytes]]) -> bytes:
    from email.generator import BytesGenerator
    from email.header import Header
    from email.mime.application import MIMEApplication
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText
    from email.policy import compat32
    from email.utils import format_datetime
    from io import BytesIO

    message = MIMEMultipart(policy=compat32)
    message["X-Unsent"] = "1"
    if letter.to:
        message["To"] = letter.to
    subject = " ".join(clean_text(letter.subject).split())
    message["Subject"] = Header(subject, "utf-8", header_name="Subject").encode()
    message["Date"] = format_datetime(date)
    message.attach(MIMEText(clean_text(letter.body), "plain", "utf-8", policy=compat32))
    for name, content in attachments:
        part = MIMEApplication(content, _TYPE, policy=compat32)
        # programs that know RFC 2231 take the name from the disposition, older ones that of the type
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
        part.set_param("name", Header(name, "utf-8", maxlinelen=_ONE_LINE).encode())
        message.attach(part)
    message.set_boundary(_BOUNDARY)
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=compat32.clone(linesep="\r\n")).flatten(message)
    return out.getvalue()


_ONE_LINE = 900
"""A name is one encoded word: it may not be broken inside the quotes of a parameter."""
_BOUNDARY = "=_zhibao_5f2b3a9c7d1e4806"
"""Never in base64, and always the same, so that a draft can be made again byte for byte."""
