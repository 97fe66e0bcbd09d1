"""Minutes as hours, as people read them. Pure."""


def hours_text(minutes: int | None) -> str:
    """Return minutes as hours, with a half or a quarter where there is one.

    >>> hours_text(90), hours_text(600), hours_text(None)
    ('1.5', '10', '0')
    """
    return f"{(minutes or 0) / 60:.2f}".rstrip("0").rstrip(".")
