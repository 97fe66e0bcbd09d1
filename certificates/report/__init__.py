"""The donor report: fixed tables of a period, as a PDF in the language that was chosen."""
