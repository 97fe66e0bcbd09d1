"""What waits for a person to decide: each subject registers its own queue, with how many and since when."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import Login


@dataclass(frozen=True, slots=True)
class Queue:
    """One kind of decision: `count` says how many wait for a login, `oldest` since when, `url_name` where to decide."""

    order: int
    code: str
    label: Any
    about: Any
    url_name: str
    count: Callable[[Login], int]
    oldest: Callable[[Login], dt.datetime | None] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One queue as a login finds it."""

    queue: Queue
    count: int
    oldest_at: dt.datetime | None


_queues: dict[str, Queue] = {}


def register_queue(queue: Queue) -> None:
    """Add a queue; call it from an app's ready()."""
    _queues[queue.code] = queue


def queues() -> Sequence[Queue]:
    """Return all queues, in their order."""
    return sorted(_queues.values(), key=lambda queue: (queue.order, queue.code))


def waiting_for(login: Login) -> list[Waiting]:
    """Return every queue, also those where nothing waits: an empty one is an answer."""
    found = []
    for queue in queues():
        count = queue.count(login)
        found.append(Waiting(queue, count, queue.oldest(login) if count and queue.oldest else None))
    return found


def count_waiting(login: Login) -> int:
    """Return how many decisions wait in all. One query for each queue."""
    return sum(queue.count(login) for queue in queues())
