"""What a check gives out: terminal summary, HTML page, workbook, JSON."""
