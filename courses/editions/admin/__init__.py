"""Editions in Wagtail's admin: the door in front of its page views, and pages of our own."""
