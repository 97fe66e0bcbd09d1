"""One certificate on the desk: what stands behind it, restoring, correcting and renewing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import record_audit, rename_person
from accounts.errors import OutOfScopeError
from certificates.access import award_for, award_to_run
from certificates.actions import begin_renewal, invite_to_renew, reissue_award, renew_award, restore_award
from certificates.awarding.renewals import renewal_of, rule_of
from certificates.awarding.words import say_renewal
from certificates.behind import behind, event_words
from certificates.desk_menu import in_desk
from certificates.errors import (
    AwardSupersededError,
    AwardWithdrawnError,
    CertificateError,
    HolderNameMissingError,
    NameUnchangedError,
    RenewalNotOpenError,
)
from certificates.issuing_forms import NameForm
from certificates.models import AwardRule
from certificates.register import STATES, is_trainers, names_on, state_of
from courses.catalogue import read_catalogue
from elearning.lib.navigation import in_section


@in_desk("certificates")
@require_safe
@login_required
@never_cache
def award(request: HttpRequest, serial: str) -> HttpResponse:
    """Show one certificate with the evidence behind it; that it was opened is written down."""
    login: Any = request.user
    found = award_to_run(login, serial)
    record_audit(by=login, act="award.viewed", target=found, country=found.country)
    today = timezone.now().date()
    known = behind(found, login)
    rule = rule_of(found)
    state = state_of(found, today)
    context = {
        "award": found,
        "name": names_on([found]).get(found.uuid),
        "behind": known,
        "events": [(each, event_words(each)) for each in known.events],
        "state": state,
        "state_words": STATES[state],
        "is_trainers": is_trainers(found),
        "renewal": renewal_of(found, rule, today),
        "is_attested": rule is not None and rule.renewal == AwardRule.Renewal.ATTEST,
    }
    return render(request, "certificates/register/award.html", context)


@in_desk("certificates")
@require_POST
@login_required
def award_restore(request: HttpRequest, serial: str) -> HttpResponse:
    """Make a withdrawn certificate stand again."""
    login: Any = request.user
    found = award_to_run(login, serial)
    try:
        restore_award(by=login, award=found)
    except AwardSupersededError:
        messages.error(request, gettext("A later version has this number, so this one can't stand again."))
    else:
        messages.success(request, gettext("The certificate stands again. Whoever checks its number sees so at once."))
    return redirect("certificates:award", found.serial)


@in_desk("certificates")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def award_reissue(request: HttpRequest, serial: str) -> HttpResponse:
    """Correct the name and issue the certificate again under its number."""
    login: Any = request.user
    found = award_to_run(login, serial)
    form = NameForm(request.POST if request.method == "POST" else None, person=found.person)
    if request.method == "POST" and form.is_valid() and _reissue(request, found, form):
        return redirect("certificates:award", found.serial)
    context = {"award": found, "name": names_on([found]).get(found.uuid), "form": form}
    return render(request, "certificates/register/reissue.html", context)


def _reissue(request: HttpRequest, found: Any, form: NameForm) -> bool:
    """Do both or neither; tell what was wrong beside the form."""
    login: Any = request.user
    try:
        with transaction.atomic():
            if form.is_other_name:
                found.person = rename_person(by=login, person=found.person, **form.cleaned_data)
            fresh = reissue_award(by=login, award=found)
    except NameUnchangedError:
        form.add_error(None, gettext("The certificate bears this name already. Nothing was changed."))
    except (AwardWithdrawnError, AwardSupersededError):
        form.add_error(None, gettext("This certificate does not stand. Restore it first, then correct the name."))
    except HolderNameMissingError:
        form.add_error(None, gettext("This person’s name was erased. No certificate can be issued in it."))
    except OutOfScopeError:
        form.add_error(None, gettext("You may not change this person’s name: another country answers for it."))
    except ValidationError as error:
        form.add_error(None, error)
    else:
        told = gettext("Version %(version)s was issued under the same number. The earlier paper reads as replaced.")
        messages.success(request, told % {"version": fresh.version})
        return True
    return False


@in_desk("certificates")
@require_POST
@login_required
def award_renew(request: HttpRequest, serial: str) -> HttpResponse:
    """Renew a certificate where a coordinator may attest it; else ask its holder to renew it."""
    login: Any = request.user
    found = award_to_run(login, serial)
    if request.POST.get("act") == "invite":
        told = invite_to_renew(by=login, awards=[found])
        said = gettext("The holder was asked to renew.") if told else gettext("The holder was told today already.")
        messages.info(request, said)
        return redirect("certificates:award", found.serial)
    try:
        fresh = renew_award(by=login, award=found)
    except RenewalNotOpenError as error:
        messages.error(request, say_renewal(error.why))
        return redirect("certificates:award", found.serial)
    messages.success(request, gettext("The certificate was renewed. The new one has a number of its own."))
    return redirect("certificates:award", fresh.serial)


@in_section("record")
@require_POST
@login_required
def renewal_begin(request: HttpRequest, serial: str) -> HttpResponse:
    """Enrol the holder in the next period, and lead to the course."""
    login: Any = request.user
    found = award_for(login, serial)
    if found.person_id != login.person.uuid:
        raise PermissionDenied
    try:
        enrolment = begin_renewal(by=login, award=found)
    except RenewalNotOpenError as error:
        messages.error(request, say_renewal(error.why))
        return redirect("certificates:record")
    except CertificateError as error:
        messages.error(request, str(error))
        return redirect("certificates:record")
    course = read_catalogue().course(enrolment.course_uuid, get_language() or "en", enrolment.edition)
    messages.success(request, gettext("Your renewal has begun. What you learnt before is kept in your record."))
    return redirect("courses:course", course.slug) if course else redirect("certificates:record")
