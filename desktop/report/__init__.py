"""From consolidated tables to the merged workbook."""
