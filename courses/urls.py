"""Addresses of courses."""

from django.urls import URLPattern, URLResolver, path

from courses.views import course, home, join, lesson

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("join/", join.join, name="join"),
    path("courses/", home.catalogue, name="catalogue"),
    path("courses/<slug:slug>/", course.course, name="course"),
    path("courses/<slug:slug>/enrol/", course.course_enrol, name="enrol"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/", lesson.lesson, name="lesson"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/complete/", lesson.lesson_complete, name="lesson-complete"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/place/", lesson.lesson_place, name="lesson-place"),
]
