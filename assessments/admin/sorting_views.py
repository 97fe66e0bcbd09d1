"""Pages that keep the bank in order: categories as a tree, tags, and questions that look alike."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.db.models.deletion import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from accounts.actions import record_audit
from accounts.models import Country
from assessments.admin.categories import as_tree, category_choices, fits, may_change, visible_categories, with_inner
from assessments.admin.fields import LANGUAGE_NAMES, spoken_in
from assessments.admin.listing import LIST
from assessments.admin.plain_text import plain_text
from assessments.admin.tags import name_of, tag_problem, tags_named
from assessments.admin.tags import read_new_tags as read_tags
from assessments.admin.twins import pairs_in
from assessments.models import Question, QuestionCategory, QuestionTag, QuizSlot
from assessments.policy import QUESTIONS_WRITE, writing_scope

CATEGORIES, TAGS = "questions:categories", "questions:tags"
LONGEST_NAME = 80


class _Page(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page of the question area, for those who write questions."""

    model = Question
    permission_required = "add"
    parents: tuple[tuple[str, Any], ...] = ()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way back."""
        view: Any = self
        above = [{"url": reverse(name), "label": label} for name, label in ((LIST, _("Questions")), *self.parents)]
        return [*view.breadcrumbs_items, *above, {"url": "", "label": view.page_title}]


class TwinsView(_Page, TemplateView):
    """All pairs of questions that look alike, of those that one may read."""

    template_name = "assessments/admin/twins.html"
    page_title = gettext_lazy("Questions that look alike")
    header_icon = "copy"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the pairs."""
        return {**super().get_context_data(**kwargs), "pairs": pairs_in(self.request.user)}


class NamesForm(forms.Form):
    """A name in every language of the site; one at least."""

    def __init__(self, *args: Any, names: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            if code in settings.COMPLETE_LANGUAGES or (names or {}).get(code):
                self.fields[f"name_{code}"] = forms.CharField(
                    label=_("Name in %(language)s") % {"language": name},
                    required=False,
                    max_length=LONGEST_NAME,
                    initial=(names or {}).get(code, ""),
                    widget=forms.TextInput(attrs=spoken_in(code)),
                )

    def names(self) -> dict[str, str]:
        """Return the names by language, those that are given."""
        found = {code: plain_text(self.cleaned_data.get(f"name_{code}", "")) for code in LANGUAGE_NAMES}
        return {code: name for code, name in found.items() if name}


class CategoryForm(NamesForm):
    """A category: its names, where it lies, whose it is."""

    parent = forms.ChoiceField(label=gettext_lazy("In"), required=False)
    country = forms.ModelChoiceField(label=gettext_lazy("Country"), queryset=Country.objects.none(), required=False)

    def __init__(self, *args: Any, login: Any, category: QuestionCategory | None = None, **kwargs: Any) -> None:
        super().__init__(*args, names=category.name if category else None, **kwargs)
        self.login, self.category = login, category
        inner = with_inner(login, category.pk) if category else frozenset()
        parents = category_choices(login, category.parent_id if category else None)
        parent: Any = self.fields["parent"]
        parent.choices = [("", _("At the top")), *(each for each in parents if int(each[0]) not in inner)]
        parent.initial = str(category.parent_id or "") if category else ""
        self._offer_countries(category)
        self.order_fields([name for name in self.fields if name.startswith("name_")])

    def _offer_countries(self, category: QuestionCategory | None) -> None:
        scope = writing_scope(self.login)
        country: Any = self.fields["country"]
        country.queryset = (
            Country.objects.all() if scope.everywhere else Country.objects.filter(pk__in=scope.country_ids)
        )
        country.required = not scope.everywhere
        country.empty_label = _("All countries (shared)") if scope.everywhere else _("Choose a country")
        country.initial = category.country_id if category else None
        if category:
            # What lies in it, and the questions in it, are of this country.
            country.disabled = True
        elif not scope.everywhere and len(scope.country_ids) == 1:
            country.initial = next(iter(scope.country_ids))

    def clean(self) -> dict[str, Any]:
        """Check that it has a name, and lies in a category that its country sees."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.names():
            self.add_error(f"name_{settings.COMPLETE_LANGUAGES[0]}", _("Give a name in one language at least."))
        parent = QuestionCategory.objects.filter(pk=data["parent"]).first() if data.get("parent") else None
        if parent and not fits(parent, data.get("country")):
            self.add_error("parent", _("This category belongs to another country. Choose a shared one, or none."))
        data["parent_row"] = parent
        return data


class CategoriesView(_Page, TemplateView):
    """The categories as a tree, with how many questions lie in each."""

    template_name = "assessments/admin/categories.html"
    page_title = gettext_lazy("Categories")
    header_icon = "folder-open-inverse"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tree. Three queries, however many categories there are."""
        login: Any = self.request.user
        rows = visible_categories(login)
        mine = set(QUESTIONS_WRITE.filter(QuestionCategory.objects.all(), login).values_list("pk", flat=True))
        readable: Any = Question.objects.visible_to(login).non_polymorphic().order_by()
        counts = dict(readable.values_list("category").annotate(count=Count("pk")))
        drawers = [
            {"drawer": drawer, "is_mine": drawer.row.pk in mine, "count": counts.get(drawer.row.pk, 0)}
            for drawer in as_tree(rows)
        ]
        return {**super().get_context_data(**kwargs), "drawers": drawers}


class _CategoryFormView(_Page, FormView):  # type: ignore[type-arg]  # Django's own is no generic class
    template_name = "assessments/admin/sorting_form.html"
    form_class = CategoryForm
    header_icon = "folder-open-inverse"
    parents = ((CATEGORIES, gettext_lazy("Categories")),)
    category: QuestionCategory | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add who asks, and what is changed."""
        return {**super().get_form_kwargs(), "login": self.request.user, "category": self.category}

    def form_valid(self, form: CategoryForm) -> HttpResponse:
        """Write the category."""
        by: Any = self.request.user
        row = self.category or QuestionCategory(country=form.cleaned_data["country"])
        row.name, row.parent = form.names(), form.cleaned_data["parent_row"]
        row.save()
        record_audit(
            by=by, act="category.changed" if self.category else "category.written", target=row, country=row.country
        )
        messages.success(self.request, _("The category is saved."))
        return redirect(reverse(CATEGORIES))


class WriteCategoryView(_CategoryFormView):
    """A new category."""

    page_title = gettext_lazy("New category")


class ChangeCategoryView(_CategoryFormView):
    """Rename, move or delete a category."""

    page_title = gettext_lazy("Category")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the category: not visible is 404, visible but not yours is 403."""
        self.category = visible_categories(request.user).filter(pk=kwargs["pk"]).first()
        if self.category is None:
            raise Http404
        if not may_change(request.user, self.category):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or delete where nothing lies in it."""
        if "delete" not in request.POST or self.category is None:
            return super().post(request, *args, **kwargs)
        by: Any = request.user
        try:
            record_audit(by=by, act="category.deleted", target=self.category, country=self.category.country)
            self.category.delete()
        except ProtectedError:
            messages.error(
                request, _("The category is not deleted: there is something in it, or a quiz draws from it.")
            )
            return redirect(reverse("questions:category", args=[kwargs["pk"]]))
        messages.success(request, _("The category is deleted."))
        return redirect(reverse(CATEGORIES))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer to delete."""
        return {**super().get_context_data(**kwargs), "may_delete": True}


class NewTagForm(forms.Form):
    """One tag or several, as "facet:short-name"."""

    tags = forms.CharField(
        label=gettext_lazy("New tags"),
        help_text=gettext_lazy("Kind and short name, for example: article:art-3, topic:documents"),
        max_length=400,
    )

    def clean_tags(self) -> list[str]:
        """Return the names of the tags."""
        typed = str(self.cleaned_data["tags"])
        if problem := tag_problem(typed):
            raise forms.ValidationError(problem)
        return read_tags(typed)[0]


class TagsView(_Page, FormView):  # type: ignore[type-arg]  # Django's own is no generic class
    """All tags by facet, with how many of the questions that one reads have each. Every author may add one."""

    template_name = "assessments/admin/tags.html"
    form_class = NewTagForm
    page_title = gettext_lazy("Tags")
    header_icon = "tag"

    def form_valid(self, form: NewTagForm) -> HttpResponse:
        """Write the tags."""
        by: Any = self.request.user
        for tag in tags_named(form.cleaned_data["tags"]):
            record_audit(by=by, act="tag.written", target=tag, detail={"tag": name_of(tag)})
        messages.success(self.request, _("The tags are there now."))
        return redirect(reverse(TAGS))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the tags. Two queries."""
        login: Any = self.request.user
        readable: Any = Question.objects.visible_to(login).non_polymorphic().order_by()
        used = Count("questions", filter=Q(questions__in=readable.values("pk")))
        tags = list(QuestionTag.objects.annotate(used=used))
        groups = [(label, [tag for tag in tags if tag.facet == facet]) for facet, label in QuestionTag.Facet.choices]
        shown = [(label, group) for label, group in groups if group]
        return {
            **super().get_context_data(**kwargs),
            "groups": shown,
            "may_change": writing_scope(login).everywhere,
        }


class ChangeTagView(_Page, FormView):  # type: ignore[type-arg]  # Django's own is no generic class
    """Name a tag in the languages, or delete it. Tags belong to all countries: for those who write everywhere."""

    template_name = "assessments/admin/sorting_form.html"
    form_class = NamesForm
    header_icon = "tag"
    parents = ((TAGS, gettext_lazy("Tags")),)
    tag: QuestionTag

    @property
    def page_title(self) -> str:
        """The tag as a pack names it."""
        return name_of(self.tag)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the tag."""
        if not writing_scope(request.user).everywhere:
            raise PermissionDenied
        tag = QuestionTag.objects.filter(pk=kwargs["pk"]).first()
        if tag is None:
            raise Http404
        self.tag = tag
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add the names that it has."""
        return {**super().get_form_kwargs(), "names": self.tag.name}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or delete: the questions lose the tag and stay."""
        if "delete" not in request.POST:
            return super().post(request, *args, **kwargs)
        by: Any = request.user
        if QuizSlot.objects.filter(tags=self.tag).exists():
            messages.error(request, _("The tag is not deleted: a quiz draws by it."))
            return redirect(reverse("questions:tag", args=[kwargs["pk"]]))
        record_audit(by=by, act="tag.deleted", target=self.tag, detail={"tag": name_of(self.tag)})
        self.tag.delete()
        messages.success(request, _("The tag is deleted."))
        return redirect(reverse(TAGS))

    def form_valid(self, form: NamesForm) -> HttpResponse:
        """Write the names."""
        by: Any = self.request.user
        self.tag.name = form.names()
        self.tag.save(update_fields=["name"])
        record_audit(by=by, act="tag.changed", target=self.tag, detail={"tag": name_of(self.tag)})
        messages.success(self.request, _("The tag is saved."))
        return redirect(reverse(TAGS))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offer to delete, and say what that does."""
        return {**super().get_context_data(**kwargs), "may_delete": True}
