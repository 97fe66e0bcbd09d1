"""What a merge of two records changes on this node besides what is said in the log: the login and the cohorts.

Not exported with the other actions: certificates.actions.merging says that two records are one person, and calls
these within that act. Who may is checked there.
"""

from typing import Any

from django.utils import timezone

from accounts.actions.logins import end_sessions
from accounts.errors import MergeRefusedError
from accounts.groups import fit_login
from accounts.leaving import MERGED
from accounts.models import CohortMember, Login, Merging, OneTimeCode, Person

LoginWas = Merging.LoginWas
_COLUMNS = ("state", "joined_at", "left_at", "left_reason")


def absorb_record(*, by: Login, kept: Person, absorbed: Person) -> Merging:
    """Let the kept record be the one that signs in and stands in the cohorts; return what undoes that."""
    merging = Merging(kept=kept, absorbed=absorbed, by=by.person, at=timezone.now())
    merging.login_was = _join_logins(kept, absorbed)
    merging.memberships = _join_memberships(kept, absorbed)
    merging.save(force_insert=True)
    return merging


def release_record(*, merging: Merging) -> None:
    """Put the login and the memberships back as they were; what changed since stays."""
    _part_logins(merging)
    for change in merging.memberships:
        _part_membership(merging, change)
    merging.undone_at = timezone.now()
    merging.save(update_fields=["undone_at"])


def _join_logins(kept: Person, absorbed: Person) -> str:
    own = Login.objects.select_for_update().filter(person=kept).first()
    other = Login.objects.select_for_update().filter(person=absorbed).first()
    if other is None:
        return LoginWas.UNTOUCHED
    OneTimeCode.objects.filter(person=absorbed, used_at__isnull=True).delete()
    end_sessions(login=other)
    if own is None:
        other.person = kept
        other.save(update_fields=["person"])
        fit_login(other)
        return LoginWas.MOVED
    if not other.is_active:
        return LoginWas.UNTOUCHED
    other.is_active = False
    other.save(update_fields=["is_active"])
    return LoginWas.SUSPENDED


def _part_logins(merging: Merging) -> None:
    if merging.login_was == LoginWas.MOVED:
        login = Login.objects.select_for_update().filter(person=merging.kept).first()
        if login is None or Login.objects.filter(person=merging.absorbed).exists():
            return
        end_sessions(login=login)
        login.person = merging.absorbed
        login.save(update_fields=["person"])
        fit_login(login)
    elif merging.login_was == LoginWas.SUSPENDED:
        Login.objects.filter(person=merging.absorbed).update(is_active=True)


def _join_memberships(kept: Person, absorbed: Person) -> list[dict[str, Any]]:
    """Let the kept record stand where the other stood, and mark the other's rows; return how both were."""
    changes = []
    own = {(each.cohort_id, each.role): each for each in CohortMember.objects.filter(person=kept)}
    here = (CohortMember.State.ACTIVE, CohortMember.State.WAITING)
    for row in CohortMember.objects.filter(person=absorbed, state__in=here).order_by("pk"):
        mine = own.get((row.cohort_id, row.role))
        changes.append(
            {"row": row.pk, "was": _columns(row), "own": mine.pk if mine else None, "own_was": _columns(mine)}
        )
        stood = (row.state, row.joined_at)
        row.state, row.left_at, row.left_reason = CohortMember.State.MOVED, timezone.now(), MERGED
        row.save(update_fields=_COLUMNS)
        if mine is None:
            mine = CohortMember(cohort_id=row.cohort_id, person=kept, role=row.role)
        if mine.pk is None or mine.state != CohortMember.State.ACTIVE:
            mine.state, mine.joined_at, mine.left_at, mine.left_reason = *stood, None, ""
            mine.save()
        changes[-1] |= {"own": mine.pk, "made": changes[-1]["own"] is None, "own_is": _columns(mine)}
    return changes


def _part_membership(merging: Merging, change: dict[str, Any]) -> None:
    row = CohortMember.objects.filter(pk=change["row"], person=merging.absorbed, left_reason=MERGED).first()
    if row is not None:
        _put(row, change["was"])
    mine = CohortMember.objects.filter(pk=change["own"], person=merging.kept).first()
    if mine is None or _columns(mine) != change["own_is"]:
        return  # somebody decided anew about it since
    if change["made"]:
        mine.delete()
    elif change["own_was"]:
        _put(mine, change["own_was"])


def _columns(row: CohortMember | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "state": str(row.state),
        "joined_at": row.joined_at.isoformat(),
        "left_at": row.left_at.isoformat() if row.left_at else None,
        "left_reason": row.left_reason,
    }


def _put(row: CohortMember, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=_COLUMNS)


def check_mergeable(*, kept: Person, absorbed: Person) -> None:
    """Raise MergeRefusedError where two records must not become one."""
    from django.utils.translation import gettext_lazy as _  # noqa: PLC0415  # beside the texts

    if kept.pk == absorbed.pk:
        raise MergeRefusedError(code="same", text=_("These are not two records. Choose another one."))
    if absorbed.role_grants.in_force().exists():
        text = _(
            "The record that goes holds a role of staff. Nothing was changed. Keep that one, or end the role first."
        )
        raise MergeRefusedError(code="staff", text=text)
    has_login = Login.objects.filter(person=absorbed).exists()
    if has_login and not Login.objects.filter(person=kept).exists() and kept.role_grants.in_force().exists():
        text = _(
            "The record that stays holds a role of staff and no login. Nothing was changed. Give it a login first."
        )
        raise MergeRefusedError(code="staff_login", text=text)
    if kept.erased_at or absorbed.erased_at:
        raise MergeRefusedError(code="erased", text=_("One of the records was erased. Nothing was changed."))
