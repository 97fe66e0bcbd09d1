"""Addresses of assessments."""

from django.urls import URLPattern, URLResolver, path

from assessments import views

app_name = "assessments"
urlpatterns: list[URLPattern | URLResolver] = [
    path("quizzes/<uuid:quiz>/start/", views.start, name="attempt-start"),
    path("quizzes/<uuid:quiz>/exam/", views.exam, name="exam"),
    path("desk/cohorts/<uuid:uuid>/exam/", views.cohort_exam, name="cohort-exam"),
    path("attempts/<uuid:attempt>/", views.resume, name="attempt"),
    path("attempts/<uuid:attempt>/<int:number>/", views.question, name="question"),
    path("attempts/<uuid:attempt>/review/", views.review, name="attempt-review"),
    path("attempts/<uuid:attempt>/hand-in/", views.submit, name="attempt-hand-in"),
    path("attempts/<uuid:attempt>/result/", views.result, name="attempt-result"),
    path("desk/cohorts/<uuid:uuid>/class/", views.class_view, name="class"),
    path("desk/people/<uuid:uuid>/accommodation/", views.accommodation, name="accommodation"),
    path("desk/questions/<uuid:uuid>/regrade/", views.regrade_question_view, name="regrade-question"),
    path("desk/regrades/", views.regrade_list, name="regrades"),
    path("desk/regrades/<uuid:uuid>/", views.regrade, name="regrade"),
    path("desk/attempts/", views.flagged, name="flagged"),
    path("desk/attempts/<uuid:attempt>/", views.flagged_attempt, name="flagged-attempt"),
    path("desk/marking/", views.marking, name="marking"),
    path("desk/marking/<uuid:marking>/", views.mark, name="mark"),
]
