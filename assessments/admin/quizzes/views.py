"""The pages of quizzes: the list by course, the builder, a paper to look at, opening times."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from assessments.actions import save_quiz
from assessments.actions.freezing import sheet_of
from assessments.admin.lessons import published_courses
from assessments.admin.quizzes.builder import Builder
from assessments.admin.quizzes.notes import QuizBank
from assessments.admin.quizzes.paper import pages_of
from assessments.admin.quizzes.times import TimesForm, cohorts_for, save_times
from assessments.admin.quizzes.tree import change_tree, read_tree
from assessments.bank import practice_sheet_of
from assessments.errors import QuizRefusedError, TooFewQuestionsError
from assessments.models import Quiz
from assessments.planning import PlannedSection, sections_of
from assessments.policy import QUIZZES_READ, READERS, writing_scope

INDEX, ADD, EDIT, PAPER, TIMES = (f"quizzes:{name}" for name in ("index", "add", "edit", "paper", "times"))
SAVE, COUNT, SHOW_PAPER = "save", "count", "paper"
_LOOKS = frozenset({COUNT})


class _QuizPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the quiz area, for those who may read quizzes. Not visible to you: 404; visible, not yours: 403."""

    header_icon = "clipboard-list"
    must_write = False
    quiz: Quiz

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in whom the policy lets in."""
        login: Any = request.user
        if not login.holds(*READERS):
            raise PermissionDenied
        self.may_write = writing_scope(login).everywhere
        if "pk" in kwargs:
            found = QUIZZES_READ.filter(Quiz.objects.filter(pk=kwargs["pk"]), login).first()
            if found is None:
                raise Http404
            self.quiz = found
        if self.must_write and not self.may_write:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the way back to the list, and to the quiz."""
        above = [{"url": reverse(INDEX), "label": _("Quizzes")}]
        if getattr(self, "quiz", None) and self.quiz.pk and self.above_is_quiz:
            above.append({"url": reverse(EDIT, args=[self.quiz.pk]), "label": str(self.quiz)})
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_title()}]

    above_is_quiz = False


class QuizListView(_QuizPage):
    """All quizzes, by course."""

    template_name = "assessments/admin/quizzes/list.html"
    page_title = gettext_lazy("Quizzes")

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the way to a new quiz, for those who may."""
        return [HeaderButton(_("New quiz"), url=reverse(ADD), icon_name="plus")] if self.may_write else []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Return the list alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the quizzes. Three queries, however many there are."""
        quizzes = QUIZZES_READ.filter(Quiz.objects.prefetch_related("sections", "windows"), self.request.user)
        rows = list(quizzes.order_by("pk"))
        titles = {course.uuid: course.title for course in published_courses()}
        courses = {
            **titles,
            **{quiz.course_uuid: _("Not published") for quiz in rows if quiz.course_uuid not in titles},
        }
        groups = [
            {"title": title, "quizzes": [quiz for quiz in rows if quiz.course_uuid == uuid]}
            for uuid, title in courses.items()
        ]
        return super().get_context_data(groups=groups, may_write=self.may_write, **kwargs)


class BuildQuizView(_QuizPage):
    """Build a quiz. Who may only read sees the same page, closed."""

    template_name = "assessments/admin/quizzes/build.html"

    def get_page_title(self) -> str:
        """Return the title of the quiz."""
        return str(self.quiz) if self.quiz.pk else _("New quiz")

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Show the quiz as it is stored."""
        return self._show(Builder(request.user, self.quiz))

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Do what the button says: save, count, add a row, show a paper."""
        if not self.may_write:
            raise PermissionDenied
        button = request.POST.get("do", COUNT)
        if button in {SAVE, SHOW_PAPER}:
            return self._use(request, button)
        tree = read_tree(request.POST)
        if button in _LOOKS:
            return self._look(request, Builder(request.user, self.quiz, request.POST, tree))
        change_tree(tree, button)
        builder = Builder(request.user, self.quiz, request.POST, tree)
        builder.begin_anew(request.POST)
        return self._show(builder)

    def _look(self, request: HttpRequest, builder: Builder) -> HttpResponse:
        if "application/json" not in request.headers.get("Accept", ""):
            builder.is_valid()
            return self._show(builder)
        notes = builder.look_up()
        return JsonResponse({"rows": builder.counts(), "notes": notes})

    def _use(self, request: HttpRequest, button: str) -> HttpResponse:
        builder = Builder(request.user, self.quiz, request.POST)
        if not builder.is_valid():
            return self._refuse(builder, [])
        quiz, sections = builder.form.filled(), builder.planned()
        if button == SHOW_PAPER:
            return show_paper(request, quiz, sections)
        by: Any = request.user
        try:
            saved = save_quiz(by=by, quiz=quiz, sections=sections)
        except QuizRefusedError as error:
            return self._refuse(builder, error.problems)
        messages.success(request, _("The quiz is saved. It holds for attempts that begin from now on."))
        return redirect(reverse(EDIT, args=[saved.pk]))

    def _refuse(self, builder: Builder, problems: Iterable[str]) -> HttpResponse:
        for problem in problems:
            builder.form.add_error(None, problem)
        messages.error(self.request, _("The quiz is not saved. Correct what is marked below."))
        return self._show(builder, status=422)

    def _show(self, builder: Builder, status: int = 200) -> HttpResponse:
        notes = builder.look_up()
        context = self.get_context_data(builder=builder, notes=notes, may_write=self.may_write, quiz=self.quiz)
        return self.render_to_response(context, status=status)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Return the way to a paper and to the opening times."""
        if not self.quiz.pk:
            return []
        return [
            HeaderButton(_("Opening times"), url=reverse(TIMES, args=[self.quiz.pk]), icon_name="calendar-alt"),
            HeaderButton(_("Preview a paper"), url=reverse(PAPER, args=[self.quiz.pk]), icon_name="view"),
        ]


class NewQuizView(BuildQuizView):
    """Build a quiz that is not stored yet."""

    must_write = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Begin with the usual rules."""
        super().setup(request, *args, **kwargs)
        self.quiz = Quiz()


class PaperView(_QuizPage):
    """A paper drawn by the stored rules, for looking at: nothing is kept of it."""

    template_name = "assessments/admin/quizzes/paper.html"
    above_is_quiz = True
    page_title = gettext_lazy("Preview of a paper")

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:  # noqa: ARG002  # Django's own
        """Draw one."""
        return self.render_to_response(self.get_context_data(**paper_context(self.quiz, sections_of(self.quiz))))


def show_paper(request: HttpRequest, quiz: Quiz, sections: Iterable[PlannedSection]) -> HttpResponse:
    """Draw a paper by what a form says, before it is saved."""
    page = PaperView()
    page.setup(request)
    page.quiz = quiz
    return page.render_to_response(page.get_context_data(**paper_context(quiz, list(sections))))


def paper_context(quiz: Quiz, sections: Any) -> dict[str, Any]:
    """Return a paper's questions, without keys; or why there is none."""
    is_practice = quiz.quiz_class == Quiz.Class.PRACTICE
    bank = QuizBank(quiz, () if is_practice else sections)
    try:
        sheet = practice_sheet_of(quiz) if is_practice else sheet_of(quiz, bank.candidates, bank.parts)
    except TooFewQuestionsError as error:
        return {"quiz": quiz, "error": error.text, "pages": []}
    language = (get_language() or "en").split("-")[0]
    return {"quiz": quiz, "error": "", "pages": pages_of(sheet, language), "count": len(sheet.items)}


class TimesView(_QuizPage):
    """When a quiz is open to each class that takes its course, in the class's own time."""

    template_name = "assessments/admin/quizzes/times.html"
    above_is_quiz = True
    page_title = gettext_lazy("Opening times")

    def get(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:  # noqa: ARG002  # Django's own
        """Show the times."""
        return self._show([TimesForm(cohort=cohort, window=window) for cohort, window in self._cohorts()])

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Save the times of all classes on the page, or none."""
        forms = [TimesForm(request.POST, cohort=cohort, window=window) for cohort, window in self._cohorts()]
        # Each is asked, so that all faults show at once.
        if sum(not form.is_valid() for form in forms):
            messages.error(request, _("The times are not saved. Correct what is marked below."))
            return self._show(forms, status=422)
        by: Any = request.user
        changed = save_times(by, self.quiz, forms)
        messages.success(
            request,
            ngettext(
                "The times of %(count)d class are saved. They hold for papers that are drawn from now on.",
                "The times of %(count)d classes are saved. They hold for papers that are drawn from now on.",
                changed,
            )
            % {"count": changed},
        )
        return redirect(request.path)

    def _cohorts(self) -> Any:
        login: Any = self.request.user
        return cohorts_for(login, self.quiz)

    def _show(self, forms: list[TimesForm], status: int = 200) -> HttpResponse:
        return self.render_to_response(self.get_context_data(forms=forms, quiz=self.quiz), status=status)
