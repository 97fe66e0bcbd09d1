"""The pages a pack is written below: a locale, a catalogue for each language, and the site."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Site

from courses.models import CataloguePage

# A constant of the product: the catalogues of all languages are translations of each other.
CATALOGUE_KEY = UUID("2f6d2c58-93a4-4f0e-9b57-1d3f1e0f8a11")


def catalogue_page(language: str) -> CataloguePage:
    """Return the catalogue of a language, made and published where there is none."""
    locale, _created = Locale.objects.get_or_create(language_code=language)
    page: CataloguePage | None = CataloguePage.objects.filter(locale=locale).order_by("path").first()
    if page is None:
        with translation.override(language):
            title = gettext("Courses")
        page = CataloguePage(title=title, slug=f"catalogue-{language}", locale=locale, translation_key=CATALOGUE_KEY)
        Page.get_first_root_node().add_child(instance=page)
        publish(page)
    return page


def fit_site() -> None:
    """Let the site begin at the catalogue of the site's own language, in place of Wagtail's welcome page."""
    root = catalogue_page(settings.LANGUAGE_CODE)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        Site.objects.create(
            hostname="localhost", port=80, site_name="Relais", is_default_site=True, root_page_id=root.pk
        )
        return
    if site.root_page.specific_class is not CataloguePage:
        welcome = site.root_page
        site.root_page_id, site.site_name = root.pk, site.site_name or "Relais"
        site.save()
        # Wagtail's first migration makes it; with pages below it, it is somebody's own.
        if welcome.specific_class is Page and welcome.slug == "home" and not welcome.get_children().exists():
            welcome.delete()


def publish(page: Any) -> None:
    """Save a page's state as a revision and publish it, as the admin does."""
    page.save_revision(log_action=True).publish()
