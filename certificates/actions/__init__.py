"""The only writers of certificates' tables: one verb each, checked, atomic and audited."""

from certificates.actions.awards import issue_award, issue_award_if_due, revoke_award

__all__ = [
    "issue_award",
    "issue_award_if_due",
    "revoke_award",
]
