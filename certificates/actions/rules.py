"""The only writers of the rules of awards."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions import record_audit
from accounts.models import Login
from accounts.policy import ADMINISTRATOR, COORDINATOR
from certificates import policy
from certificates.models import AwardRule, Programme

# What a rule is about is chosen once: another course or programme is another rule.
_FIXED = ("role", "course_uuid", "programme")
_CHANGING = (
    "title",
    "needs_lessons",
    "quiz_class",
    "min_score_percent",
    "min_attendance_percent",
    "min_minutes",
    "valid_months",
    "renewal",
    "renews_before_days",
)


@transaction.atomic
def create_award_rule(*, by: Login, **values: Any) -> AwardRule:
    """Make a rule, audited; awards that were issued stay as they are.

    Raise PermissionDenied for a rule that holds everywhere unless `by` works everywhere, or of a programme that it
    does not run; ValidationError for values that do not go together, or where there is such a rule already.
    """
    rule = AwardRule(**{name: values[name] for name in (*_FIXED, *_CHANGING) if name in values})
    if not _may_make(by, rule.programme):
        raise PermissionDenied
    rule.full_clean()
    rule.save()
    record_audit(by=by, act="award-rule.created", target=rule, detail=_detail(rule))
    return rule


@transaction.atomic
def update_award_rule(*, by: Login, rule: AwardRule, **values: Any) -> AwardRule:
    """Change what a rule asks, audited with what it asked before; what it is about stays. Raise PermissionDenied."""
    if not policy.AWARD_RULES_RUN.allows(by, rule):
        raise PermissionDenied
    here = AwardRule.objects.select_for_update().get(pk=rule.pk)
    before = _detail(here)
    for name in _CHANGING:
        if name in values:
            setattr(here, name, values[name])
    here.full_clean()
    here.save()
    if before != _detail(here):
        record_audit(by=by, act="award-rule.changed", target=here, detail={"before": before, "after": _detail(here)})
    return here


@transaction.atomic
def delete_award_rule(*, by: Login, rule: AwardRule) -> None:
    """Take a rule away, audited: the course asks what every course asks. Raise PermissionDenied."""
    if not policy.AWARD_RULES_RUN.allows(by, rule):
        raise PermissionDenied
    record_audit(by=by, act="award-rule.deleted", target=rule, detail=_detail(rule))
    rule.delete()


def _may_make(by: Login, programme: Programme | None) -> bool:
    if programme is None:
        return any(by.scope_of(role).everywhere for role in (COORDINATOR, ADMINISTRATOR))
    return policy.PROGRAMMES_RUN.allows(by, programme)


def _detail(rule: AwardRule) -> dict[str, Any]:
    """Return what a rule asks, for the audit: numbers and codes, no free text."""
    return {name: getattr(rule, name) for name in _CHANGING if name != "title"}
