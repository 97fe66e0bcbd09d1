"""Arabic forms."""
