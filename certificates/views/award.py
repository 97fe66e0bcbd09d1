"""One award: withdrawing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from certificates.access import award_to_run
from certificates.actions import revoke_award
from certificates.forms import RevocationForm
from certificates.models import Award
from certificates.printing import name_on
from elearning.lib.navigation import in_section


@in_section("desk")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def award_revoke(request: HttpRequest, serial: str) -> HttpResponse:
    """Ask for the reason, then withdraw the award."""
    login: Any = request.user
    award = award_to_run(login, serial)
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        revoke_award(by=login, award=award, reason=form.cleaned_data["reason"])
        messages.success(request, _("The certificate was withdrawn. Whoever checks its number sees this from now on."))
        return redirect("certificates:verify", award.serial)
    return render(request, "certificates/award_revoke.html", _revocation(award, form))


def _revocation(award: Award, form: RevocationForm) -> dict[str, Any]:
    return {"award": award, "name": name_on(award), "form": form}
