"""From plan files or a plan workbook to a checked plan."""
