"""From a workbook's cells to figures, item reports and explanations."""
