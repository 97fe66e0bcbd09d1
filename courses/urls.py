"""Addresses of courses."""

from django.urls import URLPattern, URLResolver, path

from courses.views import adapt, booklet, course, home, join, leaving, lesson, paths, posters, sheet

app_name = "courses"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("join/", join.join, name="join"),
    path("paths/", paths.path_list, name="path-list"),
    path("paths/<slug:slug>/", paths.path, name="path"),
    path("measures/", leaving.measures, name="measures"),
    path("posters/", posters.poster_list, name="poster-list"),
    path("posters/<slug:slug>.<slug:form>", posters.poster_file, name="poster-file"),
    path("posters/<slug:slug>/", posters.poster_page, name="poster"),
    path("courses/", home.catalogue, name="catalogue"),
    path("courses/<slug:slug>/", course.course, name="course"),
    path("courses/<slug:slug>/enrol/", course.course_enrol, name="enrol"),
    path("courses/<slug:slug>/booklet.<slug:form>", booklet.course_booklet, name="booklet"),
    path("courses/<slug:slug>/adapt/", adapt.adapt, name="adapt"),
    path("courses/<slug:course_slug>/sheets/<slug:sheet_slug>/", sheet.sheet, name="sheet"),
    path(
        "courses/<slug:course_slug>/sheets/<slug:sheet_slug>/booklet.<slug:form>",
        booklet.sheet_booklet,
        name="sheet-booklet",
    ),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/", lesson.lesson, name="lesson"),
    path(
        "courses/<slug:course_slug>/<slug:lesson_slug>/booklet.<slug:form>",
        booklet.lesson_booklet,
        name="lesson-booklet",
    ),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/complete/", lesson.lesson_complete, name="lesson-complete"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/place/", lesson.lesson_place, name="lesson-place"),
]
