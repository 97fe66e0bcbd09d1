"""Addresses of the library."""

from django.urls import URLPattern, URLResolver, path

from library import views

app_name = "library"
urlpatterns: list[URLPattern | URLResolver] = [
    path("glossary/", views.glossary, name="glossary"),
]
