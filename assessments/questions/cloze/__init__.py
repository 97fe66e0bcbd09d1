"""The cloze question. Gaps of other kinds inside a text."""
