"""What courses adds to Wagtail's admin. Wagtail looks for a module of this name."""

from courses import media_admin
from courses.editions.admin import hooks as editions
from courses.packs.admin import hooks as packs
from courses.translating import admin as translating

__all__ = ["editions", "media_admin", "packs", "translating"]
