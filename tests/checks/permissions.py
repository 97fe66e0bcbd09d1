"""Who may do what: every address of ours, each method, each role, and the answer it gets.

A row that is not here is a failure (test_permissions walks the addresses). A method without a row must be refused
to everybody. 401 stands for "led to the sign-in page", so that it can't be taken for another redirection.

The learner owns the enrolment and the open attempt that addresses name; `serial` is a peer's certificate, `peer` that
peer, `cohort` the class of both, in Mali. The trainer trains that class and the coordinator runs Mali; the one
"elsewhere" runs Ukraine. The last three hold their role everywhere.
"""

from dataclasses import dataclass

ROLES = (
    "anonymous",
    "learner",
    "trainer",
    "coordinator",
    "coordinator_elsewhere",
    "coordinator_everywhere",
    "editor",
    "administrator",
)
# What a method without a row may answer.
REFUSED = {401, 403, 404, 405}


@dataclass(frozen=True, slots=True)
class Row:
    """One address asked in one way, and the status for each of ROLES in order."""

    name: str
    method: str
    arguments: tuple[str, ...]
    statuses: tuple[int, ...]


# fmt: off
_LINES = """
# address                                method  anon learn train coord elsew every edito admin   arguments
# the site
health                                   GET      200   200   200   200   200   200   200   200
help                                     GET      200   200   200   200   200   200   200   200
accessibility                            GET      200   200   200   200   200   200   200   200
components                               GET      200   200   200   200   200   200   200   200
library:glossary                         GET      200   200   200   200   200   200   200   200
media                                    GET      401   404   404   404   404   404   404   404   nothing
wagtaildocs_serve                        GET      404   404   404   404   404   404   404   404   number nothing
wagtaildocs_serve                        POST     404   404   404   404   404   404   404   404   number nothing
wagtaildocs_authenticate_with_password   GET      404   404   404   404   404   404   404   404   number
wagtaildocs_authenticate_with_password   POST     404   404   404   404   404   404   404   404   number
# sign-in, as allauth names it
account_login                            GET      200   302   302   302   302   302   302   302
account_login                            POST     200   302   302   302   302   302   302   302
account_logout                           POST     401   401   401   401   401   401   401   401
account_reauthenticate                   GET      401   403   200   200   200   200   200   200
account_reauthenticate                   POST     401   403   200   200   200   200   200   200
mfa_activate_totp                        GET      401   200   302   302   302   302   302   302
mfa_activate_totp                        POST     401   200   302   302   302   302   302   302
mfa_deactivate_totp                      GET      401   404   404   404   404   404   404   404
mfa_deactivate_totp                      POST     401   404   404   404   404   404   404   404
mfa_index                                GET      401   200   200   200   200   200   200   200
mfa_authenticate                         GET      401   302   302   302   302   302   302   302
mfa_authenticate                         POST     401   302   302   302   302   302   302   302
mfa_reauthenticate                       GET      401   403   302   302   302   302   302   302
mfa_reauthenticate                       POST     401   403   302   302   302   302   302   302
mfa_view_recovery_codes                  GET      401   404   404   404   404   404   404   404
mfa_generate_recovery_codes              GET      401   200   302   302   302   302   302   302
mfa_generate_recovery_codes              POST     401   200   302   302   302   302   302   302
mfa_download_recovery_codes              GET      401   404   404   404   404   404   404   404
mfa_download_recovery_codes              POST     401   404   404   404   404   404   404   404
# people
accounts:code-redeem                     GET      200   302   302   302   302   302   302   302
accounts:code-redeem                     POST     200   302   302   302   302   302   302   302
accounts:privacy                         GET      401   200   200   200   200   200   200   200
accounts:profile                         GET      401   200   200   200   200   200   200   200
accounts:profile                         POST     401   200   200   200   200   200   200   200
accounts:password                        GET      401   200   200   200   200   200   200   200
accounts:password                        POST     401   200   200   200   200   200   200   200
accounts:person-list                     GET      401   403   200   200   200   200   403   200
accounts:person                          GET      401   403   200   200   404   200   403   200   peer
accounts:code-issue                      POST     401   403   200   200   404   200   403   200   peer
accounts:person-police                   POST     401   403   302   302   404   302   403   302   peer
accounts:login-suspend                   POST     401   403   403   302   404   302   403   302   peer
accounts:login-reinstate                 POST     401   403   403   302   404   302   403   302   peer
accounts:second-factor-remove            POST     401   403   403   403   404   403   403   302   peer
# courses
courses:home                             GET      200   200   200   200   200   200   200   200
courses:join                             GET      200   200   200   200   200   200   200   200
courses:join                             POST     200   422   422   422   422   422   422   422
courses:catalogue                        GET      200   200   200   200   200   200   200   200
courses:path-list                        GET      200   200   200   200   200   200   200   200
courses:path                             GET      200   200   200   200   200   200   200   200   path
courses:poster-list                      GET      200   200   200   200   200   200   200   200
courses:poster                           GET      200   200   200   200   200   200   200   200   poster
courses:poster-file                      GET      200   200   200   200   200   200   200   200   poster poster_form
courses:booklet                          GET      401   200   200   200   200   200   200   200   course booklet
courses:lesson-booklet                   GET      401   200   200   200   200   200   200   200   course lesson booklet
courses:sheet-booklet                    GET      401   200   200   200   200   200   200   200   course sheet booklet
courses:sheet-booklet                    GET      401   404   200   200   200   200   200   200   course plan booklet
courses:booklet                          GET      401   404   200   200   200   200   200   200   only booklet
courses:course                           GET      200   200   200   200   200   200   200   200   course
courses:enrol                            POST     401   302   302   302   302   302   302   302   course
courses:lesson                           GET      401   200   200   200   200   200   200   200   course lesson
courses:lesson-complete                  POST     401   302   403   403   403   403   403   403   course lesson
courses:lesson-place                     POST     401   400   400   400   400   400   400   400   course lesson
courses:measures                         GET      200   200   200   200   200   200   200   200
courses:sheet                            GET      401   200   200   200   200   200   200   200   course sheet
courses:sheet                            GET      401   404   200   200   200   200   200   200   course plan
courses:adapt                            GET      401   403   200   200   200   200   200   200   course
courses:adapt                            POST     401   403   422   422   422   422   422   422   course
# a course that is only for police, to whom the learner does not belong
courses:course                           GET      404   404   200   200   200   200   200   200   only
courses:enrol                            POST     401   404   302   302   302   302   302   302   only
courses:lesson                           GET      401   404   200   200   200   200   200   200   only only_lesson
courses:lesson-complete                  POST     401   404   403   403   403   403   403   403   only only_lesson
courses:lesson-place                     POST     401   404   400   400   400   400   400   400   only only_lesson
courses:sheet                            GET      401   404   200   200   200   200   200   200   only only_sheet
courses:adapt                            GET      401   404   200   200   200   200   200   200   only
courses:adapt                            POST     401   404   422   422   422   422   422   422   only
# tests
assessments:attempt-start                GET      401   302   302   302   302   302   302   302   quiz
assessments:attempt-start                POST     401   302   404   404   404   404   404   404   quiz
assessments:attempt                      GET      401   302   404   404   404   404   404   404   attempt
assessments:question                     GET      401   200   404   404   404   404   404   404   attempt number
assessments:question                     POST     401   302   404   404   404   404   404   404   attempt number
assessments:attempt-review               GET      401   200   404   404   404   404   404   404   attempt
assessments:attempt-hand-in              POST     401   302   404   404   404   404   404   404   attempt
assessments:attempt-result               GET      401   302   404   404   404   404   404   404   attempt
assessments:exam                         GET      401   404   404   404   404   404   404   404   quiz
assessments:exam                         POST     401   404   404   404   404   404   404   404   quiz
assessments:exam                         GET      401   200   404   404   404   404   404   404   exam
assessments:exam                         POST     401   422   404   404   404   404   404   404   exam
assessments:cohort-exam                  GET      401   403   200   200   404   200   403   200   cohort
assessments:cohort-exam                  POST     401   403   200   200   404   200   403   200   cohort
assessments:flagged                      GET      401   403   200   200   200   200   403   200
assessments:flagged-attempt              GET      401   403   200   200   404   200   403   200   flagged
assessments:flagged-attempt              POST     401   403   200   200   404   200   403   200   flagged
assessments:marking                      GET      401   403   200   200   200   200   403   200
assessments:mark                         GET      401   403   200   200   404   200   403   200   marking
assessments:mark                         POST     401   403   422   422   404   422   403   422   marking
assessments:class                        GET      401   403   200   200   404   200   403   200   cohort
assessments:accommodation                GET      401   403   200   200   404   200   403   200   peer
assessments:accommodation                POST     401   403   422   422   404   422   403   422   peer
assessments:regrade-question             GET      401   403   403   403   403   403   200   200   question
assessments:regrade-question             POST     401   403   403   403   403   403   422   422   question
assessments:regrades                     GET      401   403   200   200   200   200   200   200
assessments:regrade                      GET      401   403   200   200   200   200   200   200   regrade
assessments:regrade                      POST     401   403   404   404   404   404   404   404   regrade
# certificates and figures
certificates:record                      GET      401   200   200   200   200   200   200   200
certificates:verify                      GET      200   200   200   200   200   200   200   200
certificates:verify                      POST     422   422   422   422   422   422   422   422
certificates:verify                      GET      200   200   200   200   200   200   200   200   serial
certificates:verify-file                 GET      200   200   200   200   200   200   200   200
certificates:award-pdf                   GET      401   404   404   200   404   200   404   200   serial
certificates:award-revoke                GET      401   404   404   200   404   200   404   200   serial
certificates:award-revoke                POST     401   404   404   200   404   200   404   200   serial
certificates:desk                        GET      401   403   200   200   200   200   403   200
certificates:desk-export                 GET      401   403   200   200   200   200   403   200
certificates:donor-report                GET      401   403   403   200   200   200   403   200
certificates:desk-cohort                 GET      401   403   200   200   404   200   403   200   cohort
certificates:cohort-invitations          GET      401   403   200   200   404   200   403   200   cohort
certificates:cohort-invitations          POST     401   403   200   200   404   200   403   200   cohort
# programmes, cohorts as they are planned, sessions, attendance
certificates:programme-list              GET      401   403   200   200   200   200   403   200
certificates:programme-new               GET      401   403   403   200   200   200   403   200
certificates:programme-new               POST     401   403   403   200   200   200   403   200
certificates:programme                   GET      401   403   200   200   404   200   403   200   programme
certificates:programme-edit              GET      401   403   403   200   404   200   403   200   programme
certificates:programme-edit              POST     401   403   403   200   404   200   403   200   programme
certificates:cohort-list                 GET      401   403   200   200   200   200   403   200
certificates:cohort-new                  GET      401   403   403   200   200   200   403   200
certificates:cohort-new                  POST     401   403   403   200   200   200   403   200
certificates:cohort-plan                 GET      401   403   200   200   404   200   403   200   cohort
certificates:cohort-edit                 GET      401   403   403   200   404   200   403   200   cohort
certificates:cohort-edit                 POST     401   403   403   200   404   200   403   200   cohort
certificates:cohort-stage                POST     401   403   403   302   404   302   403   302   cohort
certificates:cohort-staff                GET      401   403   403   200   404   200   403   200   cohort
certificates:cohort-staff                POST     401   403   403   404   404   404   403   404   cohort
certificates:session-list                GET      401   403   200   200   404   200   403   200   cohort
certificates:session-new                 GET      401   403   200   200   404   200   403   200   cohort
certificates:session-new                 POST     401   403   200   200   404   200   403   200   cohort
certificates:session-agenda              POST     401   403   302   302   404   302   403   302   cohort
certificates:session                     GET      401   403   200   200   404   200   403   200   session
certificates:session-edit                GET      401   403   200   200   404   200   403   200   session
certificates:session-edit                POST     401   403   200   200   404   200   403   200   session
certificates:session-plan                GET      401   403   200   200   404   200   403   200   session
certificates:session-plan                POST     401   403   200   200   404   200   403   200   session
certificates:session-parts               GET      401   403   200   200   404   200   403   200   session
certificates:session-parts               POST     401   403   200   200   404   200   403   200   session
certificates:session-cancel              POST     401   403   302   302   404   302   403   302   session
certificates:attendance                  GET      401   403   200   200   404   200   403   200   session
certificates:attendance                  POST     401   403   302   302   404   302   403   302   session
certificates:attendance-export           GET      401   403   200   200   404   200   403   200   session
certificates:attendance-upload           GET      401   403   200   200   404   200   403   200   session
certificates:attendance-upload           POST     401   403   200   200   404   200   403   200   session
certificates:attendance-paper            GET      401   403   200   200   404   200   403   200   session
certificates:attendance-paper            POST     401   403   200   200   404   200   403   200   session
certificates:sign-in-sheet               GET      401   403   200   200   404   200   403   200   session
certificates:session-code                GET      401   403   200   200   404   200   403   200   session
certificates:attend                      GET      401   200   422   422   422   422   422   422   attend_code
certificates:attend                      POST     401   200   422   422   422   422   422   422   attend_code
# who is in a cohort: joining, importing, codes on paper, merging
certificates:person-new                  GET      401   403   403   200   200   200   403   200
certificates:person-new                  POST     401   403   403   422   422   422   403   422
certificates:merging-list                GET      401   403   403   200   200   200   403   200
certificates:merging-undo                POST     401   403   403   302   404   302   403   302   merging
certificates:person-merge                GET      401   403   403   200   404   200   403   200   peer
certificates:person-merge                POST     401   403   403   200   404   200   403   200   peer
certificates:people-import               GET      401   403   403   200   404   200   403   200   import
certificates:people-import               POST     401   403   403   404   404   404   403   404   import
certificates:cohort-people               GET      401   403   200   200   404   200   403   200   cohort
certificates:cohort-add                  GET      401   403   200   200   404   200   403   200   cohort
certificates:cohort-add                  POST     401   403   404   404   404   404   403   404   cohort
certificates:cohort-member               GET      401   403   200   200   404   200   403   200   cohort peer
certificates:cohort-member               POST     401   403   404   404   404   404   403   404   cohort peer
certificates:cohort-import               GET      401   403   403   200   404   200   403   200   cohort
certificates:cohort-import               POST     401   403   403   422   404   422   403   422   cohort
certificates:import-template             GET      401   403   403   200   404   200   403   200   cohort
certificates:sign-in-codes               GET      401   403   200   200   404   200   403   200   cohort
certificates:sign-in-codes               POST     401   403   200   200   404   200   403   200   cohort
certificates:invitation-sheet            GET      401   403   200   200   404   200   403   200   cohort invitation
# devices, and what travels
packs:worker                             GET      200   200   200   200   200   200   200   200
packs:app                                GET      200   200   200   200   200   200   200   200
packs:manifest                           GET      401   200   200   200   200   200   200   200   pack
packs:file                               GET      401   200   200   200   200   200   200   200   pack pack_file
sync_api:session                         GET      200   200   200   200   200   200   200   200
sync_api:state                           GET      401   200   200   200   200   200   200   200
sync_api:devices                         POST     401   400   400   400   400   400   400   400
sync_api:papers                          POST     401   400   400   400   400   400   400   400
sync_api:statements                      POST     401   409   409   409   409   409   409   409
sync:import                              GET      401   403   200   200   200   200   403   200
sync:import                              POST     401   403   200   200   200   200   403   200
sync:device-list                         GET      401   403   200   200   200   200   403   200
sync:device-revoke                       GET      401   404   200   200   404   200   404   200   device
sync:device-revoke                       POST     401   404   302   302   404   302   404   302   device
sync:held-list                           GET      401   403   200   200   200   200   403   200
sync:held                                GET      401   403   200   200   404   200   403   200   held
sync:held                                POST     401   403   200   200   404   200   403   200   held
sync:device                              GET      200   200   200   200   200   200   200   200
sync:shell                               GET      200   200   200   200   200   200   200   200
# credentials
certificates:award-credential            GET      401   404   404   200   404   200   404   200   serial
certificates:record-credential           GET      401   302   302   302   302   302   302   302
certificates:status                      GET      200   200   200   200   200   200   200   200
credentials:issuer                       GET      200   200   200   200   200   200   200   200
credentials:status-list                  GET      200   200   200   200   200   200   200   200   status_list
# the inbox; issuing, the register, and what is done with one certificate
accounts:inbox                           GET      401   200   200   200   200   200   200   200
accounts:inbox-read-all                  POST     401   302   302   302   302   302   302   302
accounts:inbox-read                      POST     401   302   404   404   404   404   404   404   message
certificates:renewal-begin               POST     401   404   404   403   404   403   404   403   serial
certificates:register                    GET      401   403   403   200   200   200   403   200
certificates:register-act                POST     401   403   403   302   302   302   403   302
certificates:expiring                    GET      401   403   403   200   200   200   403   200
certificates:expiring                    POST     401   403   403   302   302   302   403   302
certificates:expiring-print              GET      401   403   403   200   200   200   403   200
certificates:award-rules                 GET      401   403   200   200   200   200   403   200
certificates:award-rule-new              GET      401   403   403   200   403   200   403   200
certificates:award-rule-new              POST     401   403   403   200   403   200   403   200
certificates:award-rule                  GET      401   403   404   200   404   200   403   200   rule
certificates:award-rule                  POST     401   403   404   200   404   200   403   200   rule
certificates:award-rule-delete           POST     401   403   404   302   404   302   403   302   rule
certificates:award                       GET      401   404   404   200   404   200   404   200   serial
certificates:award-restore               POST     401   404   404   302   404   302   404   302   serial
certificates:award-reissue               GET      401   404   404   200   404   200   404   200   serial
certificates:award-reissue               POST     401   404   404   200   404   200   404   200   serial
certificates:award-renew                 POST     401   404   404   302   404   302   404   302   serial
certificates:cohort-issue                GET      401   403   403   200   404   200   403   200   cohort
certificates:cohort-issue                POST     401   403   403   302   404   302   403   302   cohort
certificates:enrolment-issue             GET      401   403   404   200   404   200   403   200   enrolment
certificates:enrolment-issue             POST     401   403   404   302   404   302   403   302   enrolment
certificates:issuing-run                 GET      401   403   404   200   404   200   403   200   run
certificates:issuing-run                 POST     401   403   404   302   404   302   403   302   run
certificates:issuing-progress            GET      401   403   404   200   404   200   403   200   run
certificates:person-record               GET      401   403   200   200   404   200   403   200   peer
# figures
certificates:public-figures              GET      200   200   200   200   200   200   200   200
certificates:public-table                GET      200   200   200   200   200   200   200   200   public_name
certificates:desk-country                GET      401   403   200   200   404   200   403   200   country_code
certificates:desk-groups                 GET      401   403   200   200   200   200   403   200
certificates:desk-freshness              GET      401   403   200   200   200   200   403   200
certificates:desk-decisions              GET      401   403   200   200   200   200   403   200
certificates:desk-table                  GET      401   403   200   200   200   200   403   200   table_name form
certificates:cohort-figures              GET      401   403   200   200   404   200   403   200   cohort
certificates:cohort-table                GET      401   403   200   200   404   200   403   200   cohort curve form
# trainers and evaluation
certificates:trainer-list                GET      401   403   200   200   200   200   403   200
certificates:trainer-tree                GET      401   403   200   200   200   200   403   200
certificates:trainer-export              GET      401   403   200   200   200   200   403   200
certificates:trainer-count               POST     401   403   302   302   302   302   403   302
certificates:trainer                     GET      401   403   200   200   404   200   403   200   peer
certificates:trainer-profile             GET      401   403   403   200   404   200   403   200   peer
certificates:trainer-profile             POST     401   403   403   302   404   302   403   302   peer
certificates:evidence-new                GET      401   403   200   200   404   200   403   200   peer
certificates:evidence-new                POST     401   403   422   422   404   422   403   422   peer
certificates:evidence-retract            GET      401   403   200   200   404   200   403   200   evidence
certificates:evidence-retract            POST     401   403   422   422   404   422   403   422   evidence
certificates:trainer-rules               GET      401   403   403   200   404   200   403   200   programme
certificates:trainer-rules               POST     401   403   403   422   404   422   403   422   programme
certificates:evaluation                  GET      401   403   200   200   200   200   403   200
certificates:cohort-evaluation           GET      401   403   200   200   404   200   403   200   cohort
certificates:cohort-evaluation-export    GET      401   403   200   200   404   200   403   200   cohort
certificates:cohort-gain-parts           GET      401   403   200   200   404   200   403   200   cohort
certificates:supervisor-codes            GET      401   403   200   200   404   200   403   200   cohort
certificates:supervisor-codes            POST     401   403   422   422   404   422   403   422   cohort
certificates:context-note                GET      401   403   403   200   404   200   403   200   cohort
certificates:context-note                POST     401   403   403   422   404   422   403   422   cohort
certificates:reaction                    GET      401   200   404   404   404   404   404   404   ended_cohort
certificates:reaction                    POST     401   422   404   404   404   404   404   404   ended_cohort
certificates:follow-up                   GET      401   200   404   404   404   404   404   404   ended_cohort months
certificates:follow-up                   POST     401   422   404   404   404   404   404   404   ended_cohort months
certificates:supervisor-code             GET      200   200   200   200   200   200   200   200
certificates:supervisor-code             POST     422   422   422   422   422   422   422   422
certificates:supervisor-answer           GET      200   200   200   200   200   200   200   200   supervisor_code
certificates:supervisor-answer           POST     422   422   422   422   422   422   422   422   supervisor_code
"""
# fmt: on


def _read(lines: str) -> tuple[Row, ...]:
    rows = []
    for line in lines.strip().splitlines():
        if not line.startswith("#"):
            name, method, *rest = line.split()
            statuses, arguments = rest[: len(ROLES)], rest[len(ROLES) :]
            rows.append(Row(name, method, tuple(arguments), tuple(map(int, statuses))))
    return tuple(rows)


TABLE = _read(_LINES)

# Wagtail's admin. Nobody without a staff role gets anything there but these, which hold nothing.
OPEN_ADMIN = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}
# Its first pages: who gets in (200). Everybody else is led away or refused.
ADMIN_PAGES = {
    "wagtailadmin_home": {"trainer", "editor", "administrator"},
    "wagtailadmin_explore_root": {"editor", "administrator"},
    "wagtailimages:index": {"editor", "administrator"},
    "wagtaildocs:index": {"editor", "administrator"},
    "wagtailusers_users:index": set[str](),
    "wagtailusers_groups:index": set[str](),
    "wagtailsites:index": {"administrator"},
    "wagtailadmin_collections:index": {"editor", "administrator"},
    # A trainer finds there what was done to the questions that a trainer may see.
    "wagtailadmin_reports:site_history": {"trainer", "editor", "administrator"},
    "certificate-designs:index": {"editor", "administrator"},
    "certificate-designs:usual": {"editor", "administrator"},
    "wagtailadmin_workflows:index": {"administrator"},
    "course_packs:import": {"editor", "administrator"},
    "questions:index": {"trainer", "editor", "administrator"},
    "questions:twins": {"trainer", "editor", "administrator"},
    "questions:categories": {"trainer", "editor", "administrator"},
    "questions:category-add": {"trainer", "editor", "administrator"},
    "questions:tags": {"trainer", "editor", "administrator"},
    "quizzes:index": {"trainer", "editor", "administrator"},
    # Quizzes belong to all countries: who writes for one only reads them.
    "quizzes:add": {"editor", "administrator"},
}
