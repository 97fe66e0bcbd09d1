"""Whether a text holds some words, whatever the case and the script."""

import re

from django.db.models import Q


def contains(field: str, words: str) -> Q:
    """Return the condition. SQLite's LIKE folds the case of ASCII only: other scripts go through a regex."""
    if words.isascii():
        return Q(**{f"{field}__icontains": words})
    return Q(**{f"{field}__iregex": re.escape(words)})
