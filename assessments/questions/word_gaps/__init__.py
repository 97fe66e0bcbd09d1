"""The words into gaps question. Words to put into the gaps of a text."""
