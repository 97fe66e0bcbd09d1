"""What only a receiver can know of an attempt becomes a fact: this node says so, once, in its own name.

A clock that runs ahead, two texts in one place of a device's chain, a hand-in beyond the attempts
allowed: none of it can be seen from the statements alone on every node alike, so it is said here.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.conf import settings

from assessments.accommodating import attempt_limit_for
from assessments.models import Attempt, Paper, Quiz
from courses.models import Enrolment
from elearning.lib.ids import activity_iri, derived_uuid
from records.models import Statement
from records.statements import Said, build_statement, read_statement
from records.storage import this_node
from sync.admission import Spoken
from sync.devices import DeviceState

CLOCK_AHEAD, FORK, ATTEMPTS_USED_UP = "clock-ahead", "fork", "attempts-used-up"
_TOLERATED = dt.timedelta(minutes=5)
_PREVIOUS_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say of one attempt; `statement` shows it, where one does."""

    attempt: UUID
    code: str
    statement: UUID | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One statement in its place in a device's chain."""

    sequence: int
    sha256: str
    previous: str
    statement: UUID
    attempt: UUID | None


def notices_of(fresh: Sequence[Spoken], states: Mapping[UUID, DeviceState], now: dt.datetime) -> list[Notice]:
    """Return what is to be said of new statements. No query for reading and answers in their order."""
    ahead = [
        Notice(each.said.unit_uuid, CLOCK_AHEAD, each.said.id)
        for each in fresh
        if each.said.unit_kind == "attempt" and each.at > now + _TOLERATED
    ]
    return [*ahead, *_forks(fresh, states), *_used_up([each.said for each in fresh if _is_hand_in(each.said)])]


def say_notices(notices: Iterable[Notice], here: Collection[UUID], now: dt.datetime) -> list[Said]:
    """Return the statements of these notices, each once; those whose id is `here` were said before."""
    wanted = {(each.attempt, each.code): each for each in reversed(list(notices))}
    if not wanted:
        return []
    node = this_node()
    said = [_say(each, node, now) for each in wanted.values()]
    return [each for each in said if each.id not in here]


def links_of(actor: UUID, device: UUID) -> list[Link]:
    """Return a device's chain as it stands in the log, in its order. One query, over one person's statements."""
    mark = f'"device":{{"id":"{device}"'
    rows = Statement.objects.filter(actor_uuid=actor, text__contains=mark).values_list(
        "id", "actor_uuid", "verb", "unit_kind", "unit_uuid", "text", "sha256"
    )
    said = [Said(*row) for row in rows]
    return sorted((_link(each) for each in said if each.device.get("id") == str(device)), key=_place)


def breaks_in(links: Sequence[Link]) -> Iterator[tuple[Link, Link]]:
    """Yield the pairs that can't both be of one chain: two in one place, or neighbours that do not know each other."""
    for before, after in pairwise(links):
        if before.sequence == after.sequence:
            yield before, after
    by_place: dict[int, list[Link]] = {}
    for link in links:
        by_place.setdefault(link.sequence, []).append(link)
    for link in links:
        known = by_place.get(link.sequence - 1, [])
        if known and all(not _follows(link, each) for each in known):
            yield known[0], link


def _forks(fresh: Sequence[Spoken], states: Mapping[UUID, DeviceState]) -> list[Notice]:
    """Return a notice for each attempt with a part in a broken chain.

    As long as each statement comes after all that came before, the head of the chain tells. What comes
    late, or does not fit the head, is compared with the whole chain: one query more, and rarely asked.
    """
    by_device: dict[UUID, list[Spoken]] = {}
    for each in fresh:
        by_device.setdefault(each.device, []).append(each)
    notices: list[Notice] = []
    for device, spoken in by_device.items():
        new = sorted((_link(each.said) for each in spoken), key=_place)
        if not _continues(new, states[device]):
            chain = sorted([*links_of(spoken[0].said.actor_uuid, device), *new], key=_place)
            added = {link.statement for link in new}
            for pair in breaks_in(chain):
                if added & {link.statement for link in pair}:
                    notices += [Notice(link.attempt, FORK, link.statement) for link in pair if link.attempt]
    return notices


def _continues(new: Sequence[Link], state: DeviceState) -> bool:
    """Tell whether new links come after the head and fit it and each other."""
    head = Link(state.last_sequence, state.head_sha256, "", UUID(int=0), None)
    return all(
        before.sequence < after.sequence and (before.sequence + 1 < after.sequence or _follows(after, before))
        for before, after in pairwise([head, *new])
    )


def _follows(link: Link, before: Link) -> bool:
    return link.previous == before.sha256[:_PREVIOUS_DIGITS]


def _link(said: Said) -> Link:
    mark, attempt = said.device, said.unit_uuid if said.unit_kind == "attempt" else None
    return Link(mark["seq"], said.sha256, mark["prev"], said.id, attempt)


def _place(link: Link) -> tuple[int, str]:
    return (link.sequence, link.sha256)


def _is_hand_in(said: Said) -> bool:
    return said.unit_kind == "attempt" and said.verb == "submitted"


def _used_up(hand_ins: Sequence[Said]) -> list[Notice]:
    """Return a notice for each hand-in that comes when its attempts were used up here. Three queries, none for none.

    That is: as many were handed in as there may be, or the learner has passed; then the keys have been shown.
    """
    units = {each.unit_uuid for each in hand_ins}
    if not units:
        return []
    rows = Paper.objects.filter(pk__in=units).values_list("uuid", "enrolment_uuid", "quiz_uuid")
    of_unit = {uuid: (enrolment, quiz) for uuid, enrolment, quiz in rows}
    return list(_beyond_limit(hand_ins, of_unit)) if of_unit else []


def _beyond_limit(hand_ins: Sequence[Said], of_unit: Mapping[UUID, tuple[UUID, UUID]]) -> Iterator[Notice]:
    keys = set(of_unit.values())
    graded = Quiz.objects.filter(uuid__in={quiz for _e, quiz in keys}).exclude(quiz_class=Quiz.Class.PRACTICE)
    limits = dict(graded.values_list("uuid", "attempt_limit"))
    done = Attempt.objects.filter(enrolment__in={enrolment for enrolment, _q in keys}, handed_in_at__isnull=False)
    others = list(done.values_list("pk", "enrolment_id", "quiz_uuid", "counts"))
    handed_in = Counter((enrolment, quiz) for _pk, enrolment, quiz, _counts in others)
    passed = {(enrolment, quiz) for _pk, enrolment, quiz, counts in others if counts}
    known = {pk for pk, *_rest in others}
    for each in hand_ins:
        key = of_unit.get(each.unit_uuid)
        if key is None or key[1] not in limits or each.unit_uuid in known:
            continue
        if key in passed or _is_used_up(key[0], limits[key[1]], handed_in[key], each):
            yield Notice(each.unit_uuid, ATTEMPTS_USED_UP, each.id)
        handed_in[key] += 1
        known.add(each.unit_uuid)


def _is_used_up(enrolment: UUID, limit: int, handed_in: int, hand_in: Said) -> bool:
    """Tell whether the attempts of a learner are used up. Two queries, only where the usual ones are."""
    if handed_in < limit:
        return False
    person = Enrolment.objects.filter(pk=enrolment).values_list("person_id", flat=True).first()
    day = dt.datetime.fromisoformat(hand_in.timestamp).date()
    return person is None or handed_in >= attempt_limit_for(person, limit, handed_in, day)


def _say(notice: Notice, node: UUID, now: dt.datetime) -> Said:
    base = settings.ACTIVITY_BASE
    return read_statement(
        build_statement(
            base=base,
            actor_uuid=node,
            verb="noticed",
            activity=activity_iri(base, "attempt", notice.attempt),
            unit=("attempt", notice.attempt),
            timestamp=now,
            facts={"notice": notice.code, "statement": str(notice.statement or "")},
            statement_id=derived_uuid("noticed", node, notice.attempt, notice.code),
        )
    )
