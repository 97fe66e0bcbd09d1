"""The only writers of certificates' tables: one verb each, checked, atomic and audited."""

from certificates.actions.awards import issue_award, issue_award_if_due, restore_award, revoke_award
from certificates.actions.designs import save_design
from certificates.actions.evaluation import (
    answer_as_supervisor,
    answer_follow_up,
    give_reaction,
    issue_supervisor_codes,
    write_context_note,
)
from certificates.actions.issuing import start_issuing, work_on_open_runs, work_on_run
from certificates.actions.merging import merge_people, part_people
from certificates.actions.programmes import (
    CountryTarget,
    create_programme,
    plan_cohort,
    set_stage,
    update_programme,
)
from certificates.actions.reminding import remind_of_ends
from certificates.actions.renewal import begin_renewal, invite_to_renew, reissue_award, renew_award
from certificates.actions.rules import create_award_rule, delete_award_rule, update_award_rule
from certificates.actions.seeds import load_seeds
from certificates.actions.sessions import (
    Mark,
    Part,
    add_paper_attendee,
    attend_by_code,
    cancel_session,
    code_refusal,
    create_session,
    plan_five_days,
    set_parts,
    take_attendance,
    update_session,
)
from certificates.actions.trainer_awards import issue_trainer_award
from certificates.actions.trainers import (
    count_trainers,
    record_evidence,
    retract_evidence,
    update_trainer_profile,
    update_trainer_rules,
)

__all__ = [
    "CountryTarget",
    "Mark",
    "Part",
    "add_paper_attendee",
    "answer_as_supervisor",
    "answer_follow_up",
    "attend_by_code",
    "begin_renewal",
    "cancel_session",
    "code_refusal",
    "count_trainers",
    "create_award_rule",
    "create_programme",
    "create_session",
    "delete_award_rule",
    "give_reaction",
    "invite_to_renew",
    "issue_award",
    "issue_award_if_due",
    "issue_supervisor_codes",
    "issue_trainer_award",
    "load_seeds",
    "merge_people",
    "part_people",
    "plan_cohort",
    "plan_five_days",
    "record_evidence",
    "reissue_award",
    "remind_of_ends",
    "renew_award",
    "restore_award",
    "retract_evidence",
    "revoke_award",
    "save_design",
    "set_parts",
    "set_stage",
    "start_issuing",
    "take_attendance",
    "update_award_rule",
    "update_programme",
    "update_session",
    "update_trainer_profile",
    "update_trainer_rules",
    "work_on_open_runs",
    "work_on_run",
    "write_context_note",
]
