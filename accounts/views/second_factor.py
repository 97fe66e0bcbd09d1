"""Setting up and taking down one's own second factor: allauth's pages, with what they leave open."""

from typing import Any

from allauth.account.internal.flows.login import clear_authentication_records
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.actions import end_sessions, record_audit
from accounts.middleware import SECOND_FACTOR_KEY


@method_decorator([never_cache, login_required], name="dispatch")
class ActivateView(ActivateTOTPView):
    """Set up an authenticator; this session has proved it, every other one ends."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Turn it on, change the session's key, and go to the recovery codes."""
        response: HttpResponse = super().form_valid(form)
        request = self.request
        request.session[SECOND_FACTOR_KEY] = True
        request.session.cycle_key()
        end_sessions(login=request.user, keep_session=request.session.session_key)
        record_audit(by=request.user, act="second-factor.activated", target=request.user.person)
        return response


@method_decorator([never_cache, login_required], name="dispatch")
class DeactivateView(DeactivateTOTPView):
    """Take an authenticator down; this session counts as unproved from then on."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Turn it off; staff are led to setting up another at once."""
        response: HttpResponse = super().form_valid(form)
        request = self.request
        request.session.pop(SECOND_FACTOR_KEY, None)
        clear_authentication_records(request)
        record_audit(by=request.user, act="second-factor.deactivated", target=request.user.person)
        return response
