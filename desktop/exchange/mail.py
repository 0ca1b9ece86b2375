"""E-mail drafts: an .eml that the system's mail program opens ready to send."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from desktop.errors import from_os_error

_TYPE = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def write_mail_draft(path: Path, subject: str, body: str, attachment: Path) -> None:
    """Write an unsent message with one attachment; raises EnvironmentFault if it can't be written."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    message.set_content(body)
    try:
        message.add_attachment(
            attachment.read_bytes(), maintype=_TYPE[0], subtype=_TYPE[1], filename=attachment.name
        )
        path.write_bytes(message.as_bytes())
    except OSError as error:
        raise from_os_error(error, "写入邮件草稿") from error
