"""The picture of a question in its form: uploaded, kept from one edit to the next, or taken away."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.errors import PictureRefusedError
from assessments.models import QuestionImage
from assessments.pictures import LARGEST_UPLOAD_BYTES, make_picture, store_picture
from assessments.showing import picture_source

PICTURE_FIELD = "image"
# What an upload is told of the picture that was made of it: a form with other errors shows it again.
_STORED_AS = "stored_as_picture"
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PictureSent:
    """What a form says of its picture: a new file, the hash of the one it had, or that it goes."""

    upload: Any
    kept: str
    is_removed: bool


class PictureInput(forms.FileInput):
    """The picture as it is, a box to take it away, and a file."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> PictureSent:
        """Return what the form says."""
        upload = files.get(name)
        kept = getattr(upload, _STORED_AS, "") or data.get(f"{name}_kept") or ""
        return PictureSent(upload, kept, bool(data.get(f"{name}_removed")))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Tell whether the form says nothing of the picture."""
        return name not in files and f"{name}_kept" not in data

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the HTML."""
        del renderer
        kept = value.kept if isinstance(value, PictureSent) else (value or {}).get("sha256", "")
        source = picture_source(kept) if _SHA256.fullmatch(kept) else ""
        context = {"name": name, "attrs": self.build_attrs(self.attrs, attrs), "kept": kept, "source": source}
        is_removed = isinstance(value, PictureSent) and value.is_removed
        return render_to_string("assessments/admin/_picture_input.html", {**context, "is_removed": is_removed})


class PictureField(forms.Field):
    """A picture as the structure of a question names it: {"sha256", "width", "height"}; None for none."""

    widget = PictureInput

    def clean(self, value: PictureSent) -> dict[str, Any] | None:
        """Return the picture. A new one is stored at once, so that a form with errors does not lose it."""
        if value.upload:
            return _take(value.upload)
        if value.is_removed or not value.kept:
            return None
        row = QuestionImage.objects.filter(pk=value.kept).values("sha256", "width", "height").first()
        if row is None:
            raise forms.ValidationError(_("The picture is not here any more. Choose it again."))
        return dict(row)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether the form changes the picture."""
        return bool(data and (data.upload or data.is_removed or data.kept != (initial or {}).get("sha256", "")))


def picture_field() -> forms.Field:
    """Return the field that every kind's form has."""
    return PictureField(
        label=gettext_lazy("Picture"),
        required=False,
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or GIF, 8 MB at most. It is made small, and what the camera noted (place, time) is"
            " taken out. Say in each language what it shows. The preview shows a new picture once the question"
            " is saved."
        ),
    )


def _take(upload: Any) -> dict[str, Any]:
    try:
        # A byte more than may be: make_picture refuses it, and no more is read.
        picture = make_picture(upload.read(LARGEST_UPLOAD_BYTES + 1))
    except PictureRefusedError as error:
        raise forms.ValidationError(str(error.text)) from None
    store_picture(picture)
    setattr(upload, _STORED_AS, picture.sha256)
    return picture.named
