"""The result page: the score, how each lesson went, and, once nothing can be gained by it, the keys."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import Exists
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Cohort
from assessments.access import Sitting, quiz_for, sitting_for
from assessments.accommodating import granted_by, held_sheet, standing_accommodation
from assessments.accommodation_words import accommodation_facts, until_text
from assessments.answering import AttemptLog, follow_attempt
from assessments.deciding import reason_of
from assessments.deriving import score_log
from assessments.flags import flags_named
from assessments.lateness import cut_late
from assessments.models import Accommodation, Attempt, Quiz
from assessments.moments import UTC, moment_text
from assessments.onward import onward_links
from assessments.opening import is_still_sat
from assessments.regrade_words import anew_lines
from assessments.results import Standing, in_course_order, results_by_objective, standing_of
from assessments.scoring import Score
from assessments.versions import find_versions
from assessments.views.explaining import explain_all
from assessments.views.practice import practice_result
from assessments.windows import may_begin_at
from courses.catalogue import CourseOutline, read_catalogue
from elearning.lib.points import points_text
from records.storage import statements_of


@never_cache
@login_required
@require_safe
def result(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Show the result of an attempt that is handed in."""
    sitting = sitting_for(request.user, attempt)
    log = follow_attempt(statements_of([attempt]))
    if not log.submitted:
        return HttpResponseRedirect(reverse("assessments:attempt", args=[attempt]))
    if sitting.sheet.is_practice:
        return practice_result(request, sitting, log)
    rows = Attempt.objects.filter(enrolment=sitting.enrolment, quiz_uuid=sitting.quiz)
    attempts = list(rows.annotate(may_have_more=Exists(Accommodation.objects.filter(person_uuid=sitting.person))))
    granted = _granted(sitting, attempts)
    quiz = quiz_for(sitting.quiz)
    language = get_language() or "en"
    catalogue = read_catalogue()
    course = catalogue.course(sitting.course, language)
    context: dict[str, Any] = {
        "attempt": next(each for each in attempts if each.pk == attempt),
        "standing": _standing(sitting, quiz, attempts, granted),
        "facts": accommodation_facts(granted),
        "until": until_text(granted) if granted else "",
        "quiz_title": quiz.title_in(language),
        "course_title": course.title if course else "",
        "course_url": catalogue.addresses(sitting.course)[language] if course else "",
        "start_url": reverse("assessments:attempt-start", args=[quiz.uuid]),
        "onward": onward_links(sitting.enrolment) if any(each.counts for each in attempts) else [],
    }
    context |= _flagged(context["attempt"], log)
    context |= _waiting(sitting, quiz, context["standing"], attempts)
    held = held_sheet(sitting.sheet, attempt, log)
    score = score_log(log, held)
    if score:
        counted = cut_late(log, held)
        context["cut"] = len([each for each in log.answers if log.answers[each] != counted.answers.get(each)])
        lessons = catalogue.addresses
        context |= _scored(sitting, score, course, lambda lesson: lessons(sitting.course, lesson)[language])
        context["keys_are_open"] = context["standing"].keys_are_open
        context["anew"] = anew_lines(log, held, keys_are_open=context["keys_are_open"])
        if context["keys_are_open"]:
            context |= explain_all(sitting, counted, score, language)
    return render(request, "assessments/result.html", context)


def _granted(sitting: Sitting, attempts: Sequence[Any]) -> Accommodation | None:
    """Return what the learner is granted today. No query where nothing ever was: the attempts' own says so."""
    if not any(each.may_have_more for each in attempts):
        return None
    return standing_accommodation(sitting.person, timezone.now().date())


def _standing(sitting: Sitting, quiz: Quiz, attempts: Sequence[Attempt], granted: Accommodation | None) -> Standing:
    """Return where the learner stands. Whether the class still sits the quiz is asked only where it matters."""
    rules: dict[str, Any] = {"review": str(quiz.review), "is_exam": sitting.sheet.is_exam}
    limit = granted_by(granted, timezone.now().date()).attempt_limit(quiz.attempt_limit)
    standing = standing_of(attempts, limit, **rules)
    if standing.keys_are_open and is_still_sat(quiz, sitting.enrolment, timezone.now()):
        return replace(standing, is_still_sat=True)
    return standing


def _waiting(sitting: Sitting, quiz: Quiz, standing: Standing, attempts: Sequence[Attempt]) -> dict[str, str]:
    """Return from when the next attempt may begin, in words, while there is something to wait for."""
    last = max((each.handed_in_at for each in attempts if each.handed_in_at), default=None)
    free = may_begin_at(last, quiz.wait_s)
    if not standing.may_start or free is None or free <= timezone.now():
        return {}
    zone = Cohort.objects.filter(enrolments=sitting.enrolment).values_list("time_zone", flat=True).first()
    return {"begins_at": moment_text(free, zone or UTC)}


def _flagged(attempt: Attempt, log: AttemptLog) -> dict[str, Any]:
    """Return what keeps a passed attempt from counting, and what was decided about it."""
    return {"flags": flags_named(attempt.flags), "reason": reason_of(log) if attempt.decision else ""}


def _scored(sitting: Sitting, score: Score, course: CourseOutline | None, url_of: Any) -> dict[str, Any]:
    """Return score, bars and what to read again: nothing here says which answer was right."""
    versions = find_versions(item.version for item in sitting.sheet.items)
    found = {str(lesson.uuid): lesson for lesson in course.lessons} if course else {}
    # Lessons that are no longer in the course stand together at the end.
    tested = [versions[item.version].lesson for item in sitting.sheet.items]
    lessons = [lesson if lesson in found else "" for lesson in tested]
    places = {uuid: place for place, uuid in enumerate(found)}
    results = in_course_order(results_by_objective([each or "" for each in lessons], score.marks_milli), places)
    titles = {uuid: lesson.title for uuid, lesson in found.items()}
    return {
        "points": points_text(score.points_milli),
        "out_of": points_text(score.out_of_milli),
        "needed": points_text(score.out_of_milli * sitting.sheet.pass_mark_percent // 100),
        "percent": sitting.sheet.pass_mark_percent,
        "objectives": [
            {
                "title": titles.get(each.lesson) or _("Other questions"),
                "points": points_text(each.points_milli),
                "out_of": points_text(each.out_of_milli),
                "percent": each.percent,
                "is_full": each.is_full,
            }
            for each in results
        ],
        "to_read": [
            {
                "title": found[each.lesson].title,
                "url": url_of(found[each.lesson].uuid),
                "minutes": found[each.lesson].minutes,
            }
            for each in results
            if not each.is_full and each.lesson in found
        ],
    }
