"""Authored HTML: two parsers agree that nothing harmful is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.lib.sanitize import sanitize

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>1</script>'>x</a>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<p style='background:url(//x)'>x</p>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<form action=//x><input name=a></form>",
    "<base href=//x><meta http-equiv=refresh content=0>",
    "<b><script>x</b></script>",
    "<p id=cookie name=getElementById>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
]
SCRAPS = ["<p>", "</p>", "<b", ">", "text & more", "<ul><li>", "'", '"', "<!--", "-->", "\x00"]
HARMFUL = (
    "<script",
    "onerror=",
    'href="javascript',
    'href="data',
    "<img",
    "<svg",
    "<iframe",
    "<form",
    "style=",
    "<base",
    "id=",
)
pieces = st.sampled_from([*ATTACKS, *SCRAPS])


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_or_fetches_is_left(attack):
    """No script, handler, foreign scheme, style or form."""
    clean = sanitize(attack).lower()
    assert not [word for word in HARMFUL if word in clean]


@given(st.lists(pieces, max_size=12).map("".join))
def test_second_pass_finds_nothing_to_remove(html):
    """What came through both parsers is a fixed point of the first."""
    once = sanitize(html)
    assert sanitize(once) == once


def test_prose_is_kept():
    """What authors write stays as it is."""
    html = "<p>Ask <b>first</b>: <em>is anyone</em> in danger?</p><ul><li>One</li></ul>"
    assert sanitize(html) == html
