"""From a filled form to a report: 送审, 报出, the sheet to stamp, letters, and blank workbooks."""
