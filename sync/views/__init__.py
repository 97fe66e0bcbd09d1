"""Views of sync."""
