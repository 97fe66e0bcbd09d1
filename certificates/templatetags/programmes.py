"""What the pages of programmes and cohorts need of templates."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from accounts.models import Cohort
from accounts.territories import territory_name
from certificates.models import Programme
from certificates.programmes.forms import TEACHING_LANGUAGES
from certificates.programmes.hub import HubLink, links_of_programme

register = template.Library()


@register.filter
def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, else in English, else in any."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


@register.filter
def programme_links(programme: Programme) -> list[HubLink]:
    """Return where one can go from a programme to change what belongs to it."""
    return links_of_programme(programme)


@register.filter
def key_in(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return what stands under a key, None where nothing does."""
    return mapping.get(key)


@register.filter
def history_time(history: Mapping[str, Any]) -> str:
    """Return what is known of when something was: a year, or a month of one."""
    year, _dash, month = str(history.get("month", "")).partition("-")
    return date_format(dt.date(int(year), int(month), 1), "F Y") if month else year


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """Return the languages of a cohort, each in its own words."""
    names = dict(TEACHING_LANGUAGES)
    return ", ".join(names.get(code, code) for code in codes)


@register.filter
def cohort_name(cohort: Cohort, language: str) -> str:
    """Return the name of a cohort; one of before this site has it in more than one language."""
    plan = getattr(cohort, "plan", None)
    names: Mapping[str, str] = plan.history.get("name", {}) if plan else {}
    return names.get(language) or cohort.name


@register.filter
def country_names(codes: Iterable[str]) -> str:
    """Return countries by name, in the language of the page."""
    return ", ".join(territory_name(code, get_language() or "en") for code in codes)
