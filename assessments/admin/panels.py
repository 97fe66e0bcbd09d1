"""How the edit form is laid out: a section for the key, one for each language, one for the rest."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel, PanelGroup

from assessments.admin.fields import LANGUAGE_NAMES, alt_name, feedback_name, stem_name, still_right_name
from assessments.admin.forms import QuestionForm
from assessments.admin.pictures import PICTURE_FIELD


class LanguageColumns(PanelGroup):
    """The languages side by side where there is room, the one that the others translate first."""

    class BoundPanel(PanelGroup.BoundPanel):
        """The panel of one form."""

        template_name = "assessments/admin/_language_columns.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Add the columns in their order, and the languages that may still be written."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            first = self.instance.language if self.instance.pk else ""
            shown = self.form.shown_languages
            columns = [
                {
                    "panel": child,
                    "language": child.panel.language,
                    "name": LANGUAGE_NAMES[child.panel.language],
                    "is_first": child.panel.language == first,
                    "stale_since": self.form.stale.get(child.panel.language),
                }
                for child in self.visible_children
            ]
            columns.sort(key=lambda column: not column["is_first"])
            more = [(code, name) for code, name in LANGUAGE_NAMES.items() if code not in shown]
            return {**context, "columns": columns, "first_name": LANGUAGE_NAMES.get(first, ""), "more": more}


class LanguageColumn(MultiFieldPanel):
    """All that is written in one language."""

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = language

    def clone_kwargs(self) -> dict[str, Any]:
        """Return what makes a panel like this one."""
        return {**super().clone_kwargs(), "language": self.language}


def question_panels(form: type[QuestionForm], keys: Sequence[str | tuple[str, ...]]) -> ObjectList:
    """Return the layout of a kind's form; `keys` are the fields that say what is right, those of a tuple in a row."""
    return ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("course_uuid", required_on_save=False),
                    FieldPanel("lesson_uuid"),
                    FieldPanel("country"),
                    FieldRowPanel([FieldPanel("difficulty", required_on_save=False), FieldPanel("source")]),
                    FieldPanel("category"),
                    FieldRowPanel([FieldPanel("tags"), FieldPanel("new_tags")]),
                ],
                heading=_("Where it belongs"),
                icon="folder-open-inverse",
            ),
            MultiFieldPanel([FieldPanel(PICTURE_FIELD)], heading=_("Picture"), icon="image"),
            LanguageColumns(
                [_language_section(form, code, name) for code, name in settings.LANGUAGES],
                heading=_("Words"),
                icon="globe",
            ),
            MultiFieldPanel([_key_panel(key) for key in keys], heading=_("The key"), icon="key"),
            MultiFieldPanel(
                [FieldPanel("status", required_on_save=False), FieldPanel("is_practice")],
                heading=_("Use"),
                icon="view",
            ),
        ],
        base_form_class=form,
    )


def _key_panel(key: str | tuple[str, ...]) -> Panel:
    if isinstance(key, str):
        return FieldPanel(key, required_on_save=False)
    return FieldRowPanel([FieldPanel(each, required_on_save=False) for each in key])


def _language_section(form: type[QuestionForm], code: str, name: str) -> Panel:
    passages = [FieldPanel(column.field(code, 1)) for column in form.columns if column.is_passage]
    numbered = [column for column in form.columns if not column.is_passage]
    rows = [
        FieldRowPanel([FieldPanel(each) for column in numbered for each in column.fields(code, place)])
        for place in range(1, form.most_rows + 1)
        if numbered
    ]
    first, alt, last = (FieldPanel(named(code)) for named in (stem_name, alt_name, feedback_name))
    children = [first, alt, *passages, *rows, last, FieldPanel(still_right_name(code))]
    return LanguageColumn(children, heading=name, icon="globe", language=code)
