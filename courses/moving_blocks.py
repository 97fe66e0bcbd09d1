"""Videos and recordings in the editor, never without their words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from courses.block_parts import PROSE
from courses.moving_media import captions_problem
from courses.recordings import captions_url, recording_of


def check_captions(text: Any) -> None:
    """Refuse what a browser could not show as captions."""
    if problem := captions_problem(str(text)):
        raise ValidationError(problem)


def _minutes() -> blocks.IntegerBlock:
    return blocks.IntegerBlock(label=_("Minutes"), min_value=1, max_value=60)


class VideoBlock(blocks.StructBlock):
    """A video with captions and its words; its sound alone for a poor link."""

    title = blocks.CharBlock(label=_("Title"))
    video = VideoChooserBlock(label=_("Video"))
    audio = AudioChooserBlock(label=_("Sound alone"), required=False)
    captions = blocks.TextBlock(
        label=_("Captions"),
        help_text=_("WebVTT, in the language of this page."),
        validators=[check_captions],
    )
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=PROSE)
    minutes = _minutes()

    class Meta:
        icon = "media"
        label = _("Video")
        template = "courses/blocks/video.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the files as the page needs them."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {
            "film": recording_of(value["video"]),
            "sound": recording_of(value["audio"]),
            "captions_url": captions_url(value["captions"]),
            "LANGUAGE_CODE": get_language(),
        }


class AudioBlock(blocks.StructBlock):
    """A recording with its words."""

    title = blocks.CharBlock(label=_("Title"))
    audio = AudioChooserBlock(label=_("Recording"))
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=PROSE)
    minutes = _minutes()

    class Meta:
        icon = "media"
        label = _("Recording")
        template = "courses/blocks/audio.html"

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the file as the page needs it."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"sound": recording_of(value["audio"])}
