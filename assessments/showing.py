"""A question as a player sees it: what its kind shows, and its picture."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assessments.keeping import Kept
from assessments.models import QuestionImage
from assessments.questions.kind import IMAGE_PART, BaseKind, Shown, ShownImage, Structure, Text
from assessments.questions.registry import kind_named
from assessments.versions import Version

kept: Kept[str, str] = Kept(256)


def show_version(version: Version, order: Sequence[str], language: str, response: Any = None) -> Shown:
    """Return a version as a player may see it, in a language or what stands in for it."""
    found = version.language_for(language)
    return show_question(kind_named(version.kind), version.structure, version.texts[found], found, order, response)


def show_question(  # what a page is made of
    kind: BaseKind, structure: Structure, text: Text, language: str, order: Sequence[str], response: Any = None
) -> Shown:
    """Return a question as a player may see it, with a response as it was given."""
    shown = kind.show(structure, text, language, order, response)
    image = structure.get("image")
    return replace(shown, image=_show_image(image, text)) if image else shown


def _show_image(image: Structure, text: Text) -> ShownImage | None:
    source = picture_source(image["sha256"])
    return ShownImage(source, image["width"], image["height"], text["choices"].get(IMAGE_PART, "")) if source else None


def picture_source(sha256: str) -> str:
    """Return a picture as a data: address, read once per process; "" where it is not here."""
    if found := kept.take([sha256]):
        return found[sha256]
    row = QuestionImage.objects.filter(pk=sha256).first()
    if row is None:
        return ""
    source = f"data:{row.media_type};base64,{b64encode(row.content).decode()}"
    kept.keep({sha256: source})
    return source
