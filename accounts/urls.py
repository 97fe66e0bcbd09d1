"""Addresses of accounts."""

from django.urls import URLPattern, URLResolver, path

from accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("code/", views.redeem_code, name="code-redeem"),
    path("privacy/", views.privacy, name="privacy"),
    path("profile/", views.profile, name="profile"),
    path("password/", views.password, name="password"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.inbox_read, name="inbox-read-all"),
    path("inbox/<uuid:message_uuid>/read/", views.inbox_read, name="inbox-read"),
    path("people/", views.person_list, name="person-list"),
    path("people/<uuid:person_uuid>/", views.person, name="person"),
    path("people/<uuid:person_uuid>/code/", views.issue_code, name="code-issue"),
    path("people/<uuid:person_uuid>/police/", views.police, name="person-police"),
    path("people/<uuid:person_uuid>/suspend/", views.suspend, name="login-suspend"),
    path("people/<uuid:person_uuid>/reinstate/", views.reinstate, name="login-reinstate"),
    path("people/<uuid:person_uuid>/second-factor/", views.second_factor_remove, name="second-factor-remove"),
]
