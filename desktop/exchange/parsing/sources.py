"""Where a file comes from: the disk, or the inside of archives and e-mails, walked without extracting.

Nothing is written, no name from inside is ever used as a path, and depth, number and size are limited.
"""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from desktop.errors import EnvironmentFault
from desktop.exchange.format.filereading import Refusal
from desktop.exchange.parsing.safety import LARGEST_FILE, Refused, read_limited
from desktop.model.canonical import clean_text

if TYPE_CHECKING:
    from email.message import EmailMessage

ARCHIVES = (".zip", ".eml")
DEEPEST = 4
MOST_FILES = 5_000
LARGEST_ARCHIVE = 200 << 20
LARGEST_ALL = 1 << 30
"""Bytes inflated in one walk."""
LEFT_ALONE = (".pdf", ".zhibao", ".lock", ".docx", ".doc", ".txt", ".jpg", ".jpeg", ".png", ".html", ".ics")
"""Files that nobody means to be taken in when they lie in a folder, an archive or a mail."""
UNREADABLE = {
    ".msg": "exchange.msg",
    ".rar": "exchange.rar",
    ".7z": "exchange.rar",
    ".dat": "exchange.winmail",
}
"""Kinds that hold files and can't be walked, with the refusal that names the remedy."""

_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    LookupError,
    RecursionError,
)
_LONGEST_NAME = 120
_WORKBOOK_PART = "[content_types].xml"


@dataclass(frozen=True, slots=True)
class Source:
    """One file that came in.

    `inside` are places in archives from the outermost inwards (empty: the file lies on the disk), `name` what
    people see of it. `received` is when the mail that brought it was received, `sender` from whom, where
    one did.
    """

    path: Path
    inside: tuple[int, ...] = ()
    name: str = ""
    received: datetime.datetime | None = None
    sender: str = ""

    @classmethod
    def on_disk(cls, path: Path) -> Source:
        """A file on the disk."""
        return cls(path, (), path.name)

    @property
    def suffix(self) -> str:
        """The extension in lower case."""
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk found: the files meant to be read, and archives that couldn't be walked with the reason."""

    sources: tuple[Source, ...] = ()
    refused: tuple[tuple[Source, Refusal], ...] = ()


@dataclass(slots=True)
class _Walk:
    """What a walk has cost so far."""

    sources: list[Source] = field(default_factory=list)
    refused: list[tuple[Source, Refusal]] = field(default_factory=list)
    files: int = 0
    left: int = LARGEST_ALL


def is_archive(path: Path) -> bool:
    """Whether a file is one to be walked by its name."""
    return path.suffix.lower() in ARCHIVES


def walk(archive: Source) -> Walked:
    """The files inside an archive or e-mail on the disk, in its order."""
    done = _Walk()
    try:
        _look_into(read_limited(archive.path, LARGEST_ARCHIVE), archive, done)
    except Refused as reason:
        done.refused.append((archive, reason.refusal))
    except EnvironmentFault as fault:
        done.refused.append((archive, Refusal("exchange.unopened", {"reason": str(fault)})))
    return Walked(tuple(done.sources), tuple(done.refused))


class SourceReader:
    """Gives the bytes of sources; keeps the archive it looked into last, since many files come from one."""

    def __init__(self) -> None:
        self._at: tuple[Path, tuple[int, ...]] | None = None
        self._members: tuple[_Member, ...] = ()

    def content(self, source: Source) -> bytes:
        """A file's bytes; raises Refused if it is too large or not there, EnvironmentFault for the disk."""
        if not source.inside:
            return read_limited(source.path)
        *outer, place = source.inside
        members = self._archive(source.path, tuple(outer))
        if place >= len(members):
            raise Refused("exchange.damaged")
        return members[place].read(LARGEST_FILE)

    def _archive(self, path: Path, inside: tuple[int, ...]) -> tuple[_Member, ...]:
        if self._at != (path, inside):
            content, name = read_limited(path, LARGEST_ARCHIVE), path.name
            members = tuple(_members(content, name))
            for place in inside:
                if place >= len(members):
                    raise Refused("exchange.damaged")
                name, content = members[place].name, members[place].read(LARGEST_ARCHIVE)
                members = tuple(_members(content, name))
            self._at, self._members = (path, inside), members
        return self._members


@dataclass(frozen=True, slots=True)
class _Member:
    """One file in an archive, which is read only when asked for."""

    name: str
    archive: zipfile.ZipFile | None = None
    info: zipfile.ZipInfo | None = None
    part: EmailMessage | None = None
    received: datetime.datetime | None = None
    sender: str = ""

    def read(self, limit: int) -> bytes:
        """Its bytes; raises Refused if there are more than `limit`, or if they are damaged."""
        try:
            content = self._from_zip(limit) if self.archive is not None else self._from_mail()
        except _FAULTS as error:
            raise Refused("exchange.damaged") from error
        if len(content) > limit:
            raise Refused("exchange.too_large", limit=str(limit >> 20))
        return content

    def _from_zip(self, limit: int) -> bytes:
        assert self.archive is not None
        assert self.info is not None
        if self.info.flag_bits & 1:
            raise Refused("exchange.encrypted_archive")
        with self.archive.open(self.info) as file:
            return file.read(limit + 1)

    def _from_mail(self) -> bytes:
        assert self.part is not None
        if self.part.get_content_type() == "message/rfc822":
            inner = self.part.get_content()
            return inner.as_bytes() if hasattr(inner, "as_bytes") else b""
        payload = self.part.get_payload(decode=True)
        return payload if isinstance(payload, bytes) else b""


def _look_into(content: bytes, here: Source, done: _Walk) -> None:
    """Gather what an archive holds; an archive within that is broken only loses itself."""
    done.left -= len(content)
    if done.left < 0:
        raise Refused("exchange.too_large_unpacked", limit=str(LARGEST_ALL >> 20))
    if here.suffix == ".zip" and _is_workbook(content):
        done.sources.append(here)  # a workbook that somebody renamed
        return
    for place, member in enumerate(_members(content, here.name)):
        done.files += 1
        if done.files > MOST_FILES:
            raise Refused("exchange.too_many_files", limit=str(MOST_FILES))
        received = member.received or here.received
        shown = f"{here.name} › {member.name}"
        sender = member.sender or here.sender
        _sort_out(member, Source(here.path, (*here.inside, place), shown, received, sender), done)


def _sort_out(member: _Member, source: Source, done: _Walk) -> None:
    """One member: walked further, named as unreadable, left alone, or a file to be read."""
    suffix = source.suffix
    if suffix in UNREADABLE:
        done.refused.append((source, Refusal(UNREADABLE[suffix])))
    elif suffix in ARCHIVES:
        try:
            if len(source.inside) >= DEEPEST:
                raise Refused("exchange.too_deep", limit=str(DEEPEST))
            _look_into(member.read(LARGEST_ARCHIVE), source, done)
        except Refused as reason:
            done.refused.append((source, reason.refusal))
    elif suffix not in LEFT_ALONE:
        done.sources.append(source)


def _members(content: bytes, name: str) -> Iterator[_Member]:
    """The files in an archive or mail; raises Refused if it is damaged."""
    found = _of_mail(content) if name.lower().endswith(".eml") else _of_zip(content)
    try:
        yield from found
    except _FAULTS as error:
        raise Refused("exchange.damaged_archive") from error


def _of_zip(content: bytes) -> Iterator[_Member]:
    archive = zipfile.ZipFile(
        io.BytesIO(content)
    )  # nothing to close: it reads from memory as long as it lives
    for info in archive.infolist():
        if not info.is_dir():
            yield _Member(_shown(_decoded(info)), archive, info)


def _of_mail(content: bytes) -> Iterator[_Member]:
    from email import message_from_bytes, policy

    message = message_from_bytes(content, policy=policy.default)
    received, sender = _received(message), _sender(message)
    for part in message.iter_attachments():
        inner = part.get_content_type() == "message/rfc822"
        name = part.get_filename() or ("转发的邮件.eml" if inner else "")
        if name:
            yield _Member(_shown(name), part=part, received=received, sender=sender)


def _sender(message: EmailMessage) -> str:
    """From whom the mail says it is; anybody can write that."""
    try:
        said = clean_text(str(message.get("From", ""))).replace("\n", " ")
    except (ValueError, LookupError, TypeError, AttributeError):  # headers that the parser chokes on
        return ""
    return "".join(c for c in said if c.isprintable()).strip()[:_LONGEST_NAME]


def _received(message: EmailMessage) -> datetime.datetime | None:
    """When the mail arrived: the topmost Received header, else the sender's Date."""
    from email.utils import parsedate_to_datetime

    stamps = [str(line).rpartition(";")[2] for line in message.get_all("Received", [])[:1]]
    for stamp in (*stamps, str(message.get("Date", ""))):
        try:
            moment = parsedate_to_datetime(stamp.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return None


def _decoded(info: zipfile.ZipInfo) -> str:
    """A member's name: Chinese Windows packs names in GB18030 without saying so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return info.filename


def _shown(name: str) -> str:
    """A name as it may stand in a sentence: without folders, control characters and excess."""
    last = clean_text(name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    short = "".join(c for c in last if c.isprintable()).strip()
    return short[-_LONGEST_NAME:] or "未命名"


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return any(name.lower() == _WORKBOOK_PART for name in archive.namelist())
    except _FAULTS:
        return False
