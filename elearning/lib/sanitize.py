"""The one door through which authored HTML becomes safe: nh3, then bleach.

Two independent parsers must agree (shared/reliability.md section 1). nh3 goes first: it removes
the text of scripts and styles, which bleach alone would leave visible.
"""

import bleach
import nh3

TAGS = frozenset({"p", "br", "b", "strong", "i", "em", "ul", "ol", "li", "h3", "h4", "a", "cite", "bdi"})
ATTRIBUTES = {"a": {"href"}, "bdi": {"dir"}}
SCHEMES = frozenset({"https", "http", "mailto"})


def sanitize(html: str) -> str:
    """Return the HTML with nothing left but the allowed tags, attributes and link schemes."""
    once = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel="noopener noreferrer",
    )
    allowed = {tag: sorted(names) for tag, names in ATTRIBUTES.items()} | {"a": ["href", "rel"]}
    return bleach.clean(once, tags=TAGS, attributes=allowed, protocols=SCHEMES, strip=True)
