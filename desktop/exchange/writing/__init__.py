"""Writing a submission workbook: pages, styles, sheets."""
