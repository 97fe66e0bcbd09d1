"""Videos and recordings in Wagtail's admin: a file is what it says, and the library is there for its editors only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern
from django.utils.translation import gettext as _
from wagtailmedia import admin_urls, get_permission_policy
from wagtailmedia.forms import BaseMediaForm

from courses.moving_media import AUDIO_TYPES, HEAD_BYTES, VIDEO_TYPES, moving_kind

_ENDINGS = {"audio": AUDIO_TYPES, "video": VIDEO_TYPES}


class RecordingForm(BaseMediaForm):
    """The form of wagtailmedia, with a look at the file itself. A browser's word for its type counts for nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A second upload that nobody needs: a page shows no picture before a film is played.
        self.fields.pop("thumbnail", None)

    def clean_file(self) -> Any:
        """Refuse what is too large, or not the video or recording that its name says."""
        file = self.cleaned_data["file"]
        if file.size > settings.LARGEST_RECORDING_BYTES:
            raise ValidationError(
                _("The file has %(size)s. At most %(largest)s are allowed: make it smaller first.")
                % {"size": filesizeformat(file.size), "largest": filesizeformat(settings.LARGEST_RECORDING_BYTES)}
            )
        file.seek(0)
        kind = moving_kind(file.read(HEAD_BYTES))
        file.seek(0)
        ending = str(file.name).rpartition(".")[2].lower()
        accepted = _ENDINGS.get(self.instance.type, {})
        if kind != ending or kind not in accepted:
            raise ValidationError(
                _("This is not a file of the kind that its name says. Accepted: %(endings)s.")
                % {"endings": ", ".join(accepted)}
            )
        return file


def _door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Put the library's permission in front of a view: wagtailmedia's chooser names any file to anybody who asks."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not get_permission_policy().user_has_any_permission(request.user, ["add", "change", "delete"]):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def guard_library() -> None:
    """Put each of wagtailmedia's addresses behind the door. It includes its own list, so the list is changed."""
    admin_urls.urlpatterns[:] = [
        URLPattern(each.pattern, _door(each.callback), each.default_args, each.name) for each in admin_urls.urlpatterns
    ]


guard_library()
