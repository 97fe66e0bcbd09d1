"""Addresses of issuing, the register, and what is done with one certificate."""

from django.urls import URLPattern, path

from certificates.views.award_life import award, award_reissue, award_renew, award_restore, renewal_begin
from certificates.views.award_rules import award_rule, award_rule_delete, award_rule_new, award_rules
from certificates.views.issuing import cohort_issue, enrolment_issue, issuing_progress, issuing_run
from certificates.views.person_record import person_record
from certificates.views.register import expiring, expiring_print, register, register_act

patterns: list[URLPattern] = [
    path("certificates/<str:serial>/renew/", renewal_begin, name="renewal-begin"),
    path("desk/certificates/", register, name="register"),
    path("desk/certificates/act/", register_act, name="register-act"),
    path("desk/certificates/expiring/", expiring, name="expiring"),
    path("desk/certificates/expiring/print/", expiring_print, name="expiring-print"),
    path("desk/certificates/rules/", award_rules, name="award-rules"),
    path("desk/certificates/rules/new/", award_rule_new, name="award-rule-new"),
    path("desk/certificates/rules/<uuid:uuid>/", award_rule, name="award-rule"),
    path("desk/certificates/rules/<uuid:uuid>/delete/", award_rule_delete, name="award-rule-delete"),
    path("desk/certificates/<str:serial>/", award, name="award"),
    path("desk/certificates/<str:serial>/restore/", award_restore, name="award-restore"),
    path("desk/certificates/<str:serial>/reissue/", award_reissue, name="award-reissue"),
    path("desk/certificates/<str:serial>/renew/", award_renew, name="award-renew"),
    path("desk/cohorts/<uuid:uuid>/issue/", cohort_issue, name="cohort-issue"),
    path("desk/enrolments/<uuid:uuid>/issue/", enrolment_issue, name="enrolment-issue"),
    path("desk/issuing/<uuid:uuid>/", issuing_run, name="issuing-run"),
    path("desk/issuing/<uuid:uuid>/progress.json", issuing_progress, name="issuing-progress"),
    path("desk/people/<uuid:uuid>/", person_record, name="person-record"),
]
