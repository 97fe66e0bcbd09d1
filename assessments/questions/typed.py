"""What somebody typed into one line: read with care, and the same on a device (static/relais/js/kinds/typed.js)."""

import re
from collections.abc import Sequence

from assessments.errors import ResponseRefusedError, ResponseTooLongError
from assessments.questions.spaces import SPACES

# A control character is no letter that anybody types, and some databases keep no NUL.
_CONTROLS = re.compile("[\x00-\x1f\x7f]")


def typed_line(values: Sequence[str], longest: int) -> str:
    """Return the one text of a form's field, trimmed; raise ResponseRefusedError for several or for too much."""
    if len(values) > 1:
        raise ResponseRefusedError
    text = _CONTROLS.sub(" ", values[0] if values else "").strip(SPACES)
    if len(text) > longest:
        raise ResponseTooLongError
    return text
