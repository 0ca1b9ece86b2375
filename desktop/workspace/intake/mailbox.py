"""What lies in a mailbox: files, folders, archives and e-mails, down to the single files meant to be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.exchange import FileReader, Refusal
from desktop.exchange.parsing.sources import LEFT_ALONE, UNREADABLE, Source, is_archive


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file to be read, or one that can't be walked with the reason; `place` names it for people."""

    source: Source
    refusal: Refusal | None = None

    @property
    def place(self) -> str:
        """Where it lies: the path, and behind it the way into archives."""
        return f"{self.source.path}{self.source.name.removeprefix(self.source.path.name)}"


def arrived(paths: Sequence[Path], reader: FileReader) -> Iterator[Arrived]:
    """Every file meant: those named, those in folders at any depth, those in archives and e-mails."""
    for path in files_below(paths):
        if path.suffix.lower() in UNREADABLE:
            yield Arrived(Source.on_disk(path), Refusal(UNREADABLE[path.suffix.lower()]))
        elif not is_archive(path):
            yield Arrived(Source.on_disk(path))
        else:
            walked = reader.walk(path)
            assert walked is not None  # nobody cancels it
            yield from (Arrived(source) for source in walked.sources)
            yield from (Arrived(source, refusal) for source, refusal in walked.refused)


def files_below(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files named, and in a stable order those in folders that aren't left alone by their kind."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                file
                for file in path.rglob("*")
                if file.is_file()
                and not file.name.startswith(("~$", "."))
                and file.suffix.lower() not in LEFT_ALONE
            )
        else:
            found.append(path)
    return tuple(dict.fromkeys(found))
