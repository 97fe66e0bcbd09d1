"""The single choice question. Exactly one choice is right."""
