"""The request of somebody who is signed in, for the types of views behind `login_required`."""

from django.http import HttpRequest

from accounts.models import Login


class SignedInRequest(HttpRequest):
    """A request whose user is a login."""

    user: Login
