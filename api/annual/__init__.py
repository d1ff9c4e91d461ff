"""The yearly duty of winners: a batch of reports checked, a workbook, a calendar, a letter."""
