"""What people see and say about themselves."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import change_password, update_profile
from accounts.acts import acts_on
from accounts.adapters import home_of
from accounts.errors import WrongPasswordError
from accounts.forms import PasswordForm, ProfileForm
from accounts.privacy import CATEGORIES
from accounts.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """Show and change language, and the two free answers."""
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=request.user.person)
    if form.is_valid():
        person = update_profile(by=request.user, **form.cleaned_data)
        with override(person.language):
            messages.success(request, _("Your profile is saved."))
            return HttpResponseRedirect(reverse("accounts:profile"))
    return render(request, "accounts/profile.html", {"form": form})


@never_cache
@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: SignedInRequest) -> HttpResponse:
    """Change one's own password; other devices are signed out."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _change(request, form):
        messages.success(request, _("Your password is changed. Other devices are signed out."))
        return HttpResponseRedirect(home_of(request.user))
    return render(request, "accounts/password.html", {"form": form})


def _change(request: SignedInRequest, form: PasswordForm) -> bool:
    data = form.cleaned_data
    try:
        change_password(
            by=request.user,
            present=data["present"],
            new=data["new_password"],
            keep_session=request.session.session_key,
        )
    except WrongPasswordError as error:
        form.add_error("present", str(error))
    except ValidationError as error:
        form.add_error("new_password", error)
    else:
        update_session_auth_hash(request, request.user)
        return True
    return False


@login_required
@require_safe
def privacy(request: SignedInRequest) -> HttpResponse:
    """Say who sees what, and list what staff did with this person's page."""
    return render(request, "accounts/privacy.html", {"acts": acts_on(request.user.person), "categories": CATEGORIES})
