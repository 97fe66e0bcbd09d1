"""Tags as authors choose and write them: "facet:short-name", as in a pack."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.models import Question, QuestionTag

MOST_TAGS = 20
LONGEST_SLUG = 80
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SEPARATORS = re.compile(r"[\s,،;]+")


def name_of(tag: QuestionTag) -> str:
    """Return a tag as a pack names it."""
    return f"{tag.facet}:{tag.slug}"


def tag_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all tags, a group for each facet. One query."""
    tags = list(QuestionTag.objects.all())
    groups = [
        (str(label), sorted(((name_of(tag), str(tag)) for tag in tags if tag.facet == facet), key=lambda each: each[1]))
        for facet, label in QuestionTag.Facet.choices
    ]
    return [(label, group) for label, group in groups if group]


def read_new_tags(typed: str) -> tuple[list[str], list[str]]:
    """Return the tags that somebody typed, and what of it is no tag.

    >>> read_new_tags("article:art-3, topic:bus colour:red")
    (['article:art-3', 'topic:bus'], ['colour:red'])
    """
    found: list[str] = []
    wrong: list[str] = []
    for each in _SEPARATORS.split(typed.strip().lower()):
        facet, colon, slug = each.partition(":")
        if not each:
            continue
        is_tag = colon and facet in QuestionTag.Facet.values and len(slug) <= LONGEST_SLUG and _SLUG.fullmatch(slug)
        (found if is_tag else wrong).append(each)
    return found, wrong


def tag_problem(typed: str) -> str:
    """Return what is wrong with new tags, in words for their author; "" where nothing is."""
    _found, wrong = read_new_tags(typed)
    if not wrong:
        return ""
    return _(
        "“%(tag)s” is no tag. Write the kind of tag, a colon and a short name without spaces or accents, "
        "for example article:art-3. Kinds of tag: %(facets)s."
    ) % {"tag": wrong[0], "facets": ", ".join(QuestionTag.Facet.values)}


def tags_named(names: Iterable[str]) -> list[QuestionTag]:
    """Return the tags of these names; those that are new are written."""
    wanted = [name.partition(":")[::2] for name in sorted(set(names))]
    return [QuestionTag.objects.get_or_create(facet=facet, slug=slug)[0] for facet, slug in wanted]


def tags_of(question: Question) -> list[str]:
    """Return the names of a question's tags."""
    return sorted(name_of(tag) for tag in question.tags.all()) if question.pk else []
