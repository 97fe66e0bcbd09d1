"""The numeric question. A number to give."""
