"""Addresses whose names Wagtail and allauth reverse: no namespace. allauth's own sign-in is not here."""

from allauth.account.views import ReauthenticateView
from allauth.mfa import urls as mfa_urls
from django.urls import include, path

from accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("confirm/", ReauthenticateView.as_view(), name="account_reauthenticate"),
    # Ours stand in front of allauth's at the same address and name.
    path("second-factor/totp/activate/", views.ActivateView.as_view(), name="mfa_activate_totp"),
    path("second-factor/totp/deactivate/", views.DeactivateView.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/", include(mfa_urls)),
]
