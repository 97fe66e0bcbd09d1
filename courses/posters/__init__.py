"""Posters and cards to print: data, drawings of our own, and pages that say the same in plain text."""
