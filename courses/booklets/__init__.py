"""Courses on paper and in reading apps: a neutral document, written as PDF (typst) and as EPUB 3."""
