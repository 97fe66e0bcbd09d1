"""Packs in Wagtail's admin: download a course as a zip, load one after looking at what it would change."""
