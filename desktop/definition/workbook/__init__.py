"""A plan as one workbook that people can edit, and back; and a plan as the TOML folder it came from."""

from __future__ import annotations

from desktop.definition.workbook.folder_writing import refuse_taken, write_plan_folder
from desktop.definition.workbook.reading import read_plan_workbook
from desktop.definition.workbook.writing import plan_workbook, starter_workbook

__all__ = ["plan_workbook", "read_plan_workbook", "refuse_taken", "starter_workbook", "write_plan_folder"]
