"""How the edit form is laid out: a section for the key, one for each language, one for the rest."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from assessments.admin.fields import word_names
from assessments.admin.forms import QuestionForm


def question_panels(form: type[QuestionForm], key: str) -> ObjectList:
    """Return the layout of a kind's form; `key` is the field that says what is right."""
    return ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("course_uuid", required_on_save=False),
                    FieldPanel("lesson_uuid"),
                    FieldPanel("country"),
                    FieldRowPanel([FieldPanel("difficulty", required_on_save=False), FieldPanel("source")]),
                ],
                heading=_("Where it belongs"),
                icon="folder-open-inverse",
            ),
            *(_language_section(form, code, name) for code, name in settings.LANGUAGES),
            MultiFieldPanel([FieldPanel(key, required_on_save=False)], heading=_("The key"), icon="key"),
            MultiFieldPanel(
                [FieldPanel("status", required_on_save=False), FieldPanel("is_practice")],
                heading=_("Use"),
                icon="view",
            ),
        ],
        base_form_class=form,
    )


def _language_section(form: type[QuestionForm], code: str, name: str) -> Panel:
    first, *choices, last = word_names(code, has_choices=form.has_choices)
    pairs = [FieldRowPanel([FieldPanel(each) for each in choices[at : at + 2]]) for at in range(0, len(choices), 2)]
    return MultiFieldPanel([FieldPanel(first), *pairs, FieldPanel(last)], heading=name, icon="globe")
