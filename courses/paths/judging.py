"""How far somebody has come on a path. Pure; static/relais/js/player/paths.js judges alike (tests/data/paths.json)."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

Words = Mapping[str, str]


class Standing(StrEnum):
    """What a course of a path is to somebody."""

    DONE = "done"
    OPEN = "open"
    SHUT = "shut"


@dataclass(frozen=True, slots=True)
class Stage:
    """Some courses that belong together: all of `courses`, and `choose` of the `optional` ones."""

    title: Words
    courses: tuple[UUID, ...]
    optional: tuple[UUID, ...] = ()
    choose: int = 0

    def members(self) -> tuple[UUID, ...]:
        """Return every course, the required ones first."""
        return (*self.courses, *self.optional)


@dataclass(frozen=True, slots=True)
class StageVerdict:
    """How far a stage is; `left` courses are still asked for, required and chosen together."""

    stage: Stage
    is_open: bool
    left: int
    standings: Mapping[UUID, Standing]

    @property
    def is_done(self) -> bool:
        """Tell whether the stage asks for nothing more."""
        return self.left == 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a path is."""

    stages: tuple[StageVerdict, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether every stage is done."""
        return all(stage.is_done for stage in self.stages)

    @property
    def left(self) -> int:
        """How many courses are still asked for."""
        return sum(stage.left for stage in self.stages)

    @property
    def asked(self) -> int:
        """How many courses the path asks for in all."""
        return sum(len(each.stage.courses) + each.stage.choose for each in self.stages)


def judge(stages: Sequence[Stage], done: AbstractSet[UUID]) -> Verdict:
    """Say what is done, what is open and what is left.

    A stage opens when those before it are done. A course done before its stage opened is done all the
    same: nobody takes a course twice for the sake of order.
    """
    verdicts: list[StageVerdict] = []
    is_open = True
    for stage in stages:
        verdict = _judge_stage(stage, done, is_open=is_open)
        verdicts.append(verdict)
        is_open = is_open and verdict.is_done
    return Verdict(tuple(verdicts))


def _judge_stage(stage: Stage, done: AbstractSet[UUID], *, is_open: bool) -> StageVerdict:
    chosen = sum(course in done for course in stage.optional)
    left = sum(course not in done for course in stage.courses) + max(stage.choose - chosen, 0)
    ahead = Standing.OPEN if is_open else Standing.SHUT
    return StageVerdict(
        stage, is_open, left, {each: Standing.DONE if each in done else ahead for each in stage.members()}
    )


def stages_of(plain: Sequence[Mapping[str, Any]]) -> tuple[Stage, ...]:
    """Return stages from their stored form."""
    return tuple(
        Stage(
            title=each["title"],
            courses=tuple(map(UUID, each["courses"])),
            optional=tuple(map(UUID, each.get("optional", ()))),
            choose=each.get("choose", 0),
        )
        for each in plain
    )


def stages_as_plain(stages: Sequence[Stage]) -> list[dict[str, Any]]:
    """Return stages as a row and a device keep them."""
    return [
        {
            "title": dict(each.title),
            "courses": list(map(str, each.courses)),
            "optional": list(map(str, each.optional)),
            "choose": each.choose,
        }
        for each in stages
    ]
