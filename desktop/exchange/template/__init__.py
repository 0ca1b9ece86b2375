"""The blank workbook that is filled in without this program."""
