"""Addresses that credentials hold for good: the same in every language, open to everybody."""

from django.urls import path

from certificates.views.credentials import issuer, status_list

app_name = "credentials"
urlpatterns = [
    path("issuer.json", issuer, name="issuer"),
    path("status/<int:number>.json", status_list, name="status-list"),
]
