"""Where things lie on this machine, and what a person has set for this program."""

from __future__ import annotations

from desktop.config.options import (
    BACKUP_FOLDER,
    FONT_PERCENT,
    OPTIONS,
    ROW_HEIGHT,
    THEME,
    TOUR_SEEN,
    Option,
    RowHeight,
    Theme,
)
from desktop.config.places import (
    DEFAULT_PLAN,
    PROGRAM,
    VERSION,
    Folders,
    folders,
    plans_folder,
    program_folder,
    resources_folder,
)
from desktop.config.preferences import Preferences

__all__ = [
    "BACKUP_FOLDER",
    "DEFAULT_PLAN",
    "FONT_PERCENT",
    "OPTIONS",
    "PROGRAM",
    "ROW_HEIGHT",
    "THEME",
    "TOUR_SEEN",
    "VERSION",
    "Folders",
    "Option",
    "Preferences",
    "RowHeight",
    "Theme",
    "folders",
    "plans_folder",
    "program_folder",
    "resources_folder",
]
