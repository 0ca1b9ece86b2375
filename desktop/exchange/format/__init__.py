"""What every workbook of ours is made of: sheets and columns, names, the manifest."""
