"""What a lesson is made of. Each block has one template; courses.packs reads the same blocks from a pack."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.block_parts import PROSE, items_field, source_field, sourced_items_field
from courses.decision_block import DecisionPathBlock
from courses.moving_blocks import AudioBlock, VideoBlock
from courses.training_blocks import FurtherReadingBlock, SessionPlanBlock, TableBlock


class TextBlock(blocks.StructBlock):
    """A part of the lesson: a heading, prose, and where it comes from."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)
    sources = blocks.ListBlock(blocks.CharBlock(label=_("Source"), max_length=600), label=_("Sources"), default=[])

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "courses/blocks/text.html"


class KeyPointsBlock(blocks.StructBlock):
    """What to remember, in a few lines."""

    items = blocks.ListBlock(blocks.CharBlock(label=_("Point")), label=_("Points"), min_num=1, max_num=6)

    class Meta:
        icon = "key"
        label = _("Key points")
        template = "courses/blocks/key_points.html"


class ChecklistBlock(blocks.StructBlock):
    """Steps to tick off."""

    title = blocks.CharBlock(label=_("Title"))
    items = sourced_items_field(_("Points"))

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        template = "courses/blocks/checklist.html"


class DoDontBlock(blocks.StructBlock):
    """Two cards: what to do, what not to do."""

    do = sourced_items_field(_("Do"))
    dont = sourced_items_field(_("Do not"))

    class Meta:
        icon = "check"
        label = _("Do and do not")
        template = "courses/blocks/do_dont.html"


class IndicatorsBlock(blocks.StructBlock):
    """Signs to notice; a sign is no proof."""

    title = blocks.CharBlock(label=_("Title"))
    items = sourced_items_field(_("Points"))
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=500)

    class Meta:
        icon = "view"
        label = _("Indicators")
        template = "courses/blocks/indicators.html"


class CaseStudyBlock(blocks.StructBlock):
    """A case to think through. An invented one says so."""

    title = blocks.CharBlock(label=_("Title"))
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)
    questions = blocks.ListBlock(blocks.CharBlock(label=_("Question")), label=_("To discuss"), default=[])
    source = source_field(required=False)
    invented = blocks.BooleanBlock(label=_("Invented for this course"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Case study")
        template = "courses/blocks/case_study.html"


class LegalTextBlock(blocks.StructBlock):
    """What a treaty or a law says, with the article."""

    instrument = blocks.CharBlock(label=_("Treaty or law"))
    article = blocks.CharBlock(label=_("Article"))
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)
    source = source_field()

    class Meta:
        icon = "clipboard-list"
        label = _("Legal text")
        template = "courses/blocks/legal_text.html"


class PictureBlock(blocks.StructBlock):
    """A picture, with its description in the language of the page."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Description for those who do not see it"), help_text=_("In the language of this page."), max_length=400
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "courses/blocks/image.html"


class GlossaryTermBlock(blocks.StructBlock):
    """A word and what it means here."""

    term = blocks.CharBlock(label=_("Term"))
    definition = blocks.TextBlock(label=_("Meaning"))
    source = source_field(required=False)

    class Meta:
        icon = "openquote"
        label = _("Glossary term")
        template = "courses/blocks/glossary_term.html"


class SelfCheckBlock(blocks.StructBlock):
    """A question to check oneself. Its key is on the page, so it is never drawn for a graded quiz."""

    question = blocks.CharBlock(label=_("Question"), max_length=500)
    choices = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("text", blocks.CharBlock(label=_("Choice"))),
                ("right", blocks.BooleanBlock(label=_("Right"), required=False)),
                ("feedback", blocks.CharBlock(label=_("Feedback"), required=False, max_length=500)),
            ]
        ),
        label=_("Choices"),
        min_num=2,
        max_num=5,
    )

    class Meta:
        icon = "help"
        label = _("Self-check")
        template = "courses/blocks/self_check.html"


class SafetyNoticeBlock(blocks.StructBlock):
    """A warning before hard content, or about one's own safety."""

    title = blocks.CharBlock(label=_("Title"))
    body = blocks.RichTextBlock(label=_("Text"), features=PROSE)

    class Meta:
        icon = "warning"
        label = _("Safety notice")
        template = "courses/blocks/safety_notice.html"


class ContactSheetBlock(blocks.StructBlock):
    """A sheet to print and fill in at the post."""

    title = blocks.CharBlock(label=_("Title"))
    fields = items_field(
        _("Contacts"),
        label=blocks.CharBlock(label=_("Contact")),
        hint=blocks.CharBlock(label=_("Hint"), required=False),
    )
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=500)

    class Meta:
        icon = "form"
        label = _("Contact sheet")
        template = "courses/blocks/contact_sheet.html"


class LessonBlocks(blocks.StreamBlock):
    """The blocks an author chooses from."""

    text = TextBlock()
    key_points = KeyPointsBlock()
    checklist = ChecklistBlock()
    do_dont = DoDontBlock()
    indicators = IndicatorsBlock()
    case_study = CaseStudyBlock()
    legal_text = LegalTextBlock()
    image = PictureBlock()
    glossary_term = GlossaryTermBlock()
    self_check = SelfCheckBlock()
    safety_notice = SafetyNoticeBlock()
    contact_sheet = ContactSheetBlock()
    table = TableBlock()
    session_plan = SessionPlanBlock()
    further_reading = FurtherReadingBlock()
    decision_path = DecisionPathBlock()
    video = VideoBlock()
    audio = AudioBlock()

    class Meta:
        required = True
