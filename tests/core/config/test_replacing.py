"""Putting a file in its place, also where somebody looks into it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.config.replacing import put_in_place


class Watched:
    """A file that can't be renamed the first few times, as while a virus scanner looks into it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
        self.asked = 0
        self.slept: list[float] = []
        real = Path.replace

        def replace(part: Path, target: Path) -> Path:
            self.asked += 1
            if self.asked <= times:
                raise PermissionError(13, "in use", str(part))
            return real(part, target)

        monkeypatch.setattr(Path, "replace", replace)
        monkeypatch.setattr("time.sleep", self.slept.append)


@pytest.fixture
def part(tmp_path: Path) -> Path:
    path = tmp_path / "a.part"
    path.write_bytes(b"new")
    (tmp_path / "a").write_bytes(b"old")
    return path


def test_on_windows_it_is_tried_again_for_a_moment(part: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    watched = Watched(monkeypatch, 3)
    put_in_place(part, part.with_suffix(""))
    assert part.with_suffix("").read_bytes() == b"new"
    assert not part.exists()
    assert watched.slept == sorted(watched.slept) and len(watched.slept) == 3


def test_a_file_that_stays_open_is_told_within_a_second(part: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    watched = Watched(monkeypatch, 1000)
    with pytest.raises(PermissionError):
        put_in_place(part, part.with_suffix(""))
    assert part.with_suffix("").read_bytes() == b"old"
    assert sum(watched.slept) < 1


def test_elsewhere_a_refusal_is_one(part: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    watched = Watched(monkeypatch, 1)
    with pytest.raises(PermissionError):
        put_in_place(part, part.with_suffix(""))
    assert watched.asked == 1 and not watched.slept
