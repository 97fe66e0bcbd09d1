"""Database, course, demo people and static files, each made only when what it is made from changed."""

import io
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

from scripts import compile_messages
from scripts.failing import need_room, told_plainly
from scripts.places import APPS, CURRICULUM, DATABASE, ROOT, STATIC_ROOT, VAR
from scripts.stamps import digest_of, files_under, forget, is_fresh, set_fresh

_ROOM_MB = 150
_DATABASE_URL = os.environ.get("RELAIS_DATABASE_URL", "")


@dataclass(frozen=True)
class Step:
    """One thing to make: its name, what is printed, the key of its sources, whether it is there, how to make it."""

    name: str
    says: str
    key: str
    is_there: Callable[[], bool]
    make: Callable[[], None]


def main() -> None:
    """Make what is missing or old, in order."""
    with told_plainly():
        need_room(VAR, _ROOM_MB)
        VAR.mkdir(parents=True, exist_ok=True)
        compile_messages.compile_all()
        stale = False
        for step in _steps():
            # The steps of the database build on each other; static files stand alone.
            if step.is_there() and is_fresh(step.name, step.key) and not (stale and step.name != "static"):
                continue
            stale = stale or step.name != "static"
            _make(step)


def _make(step: Step) -> None:
    started = time.monotonic()
    print(f"{step.says} ...", end="", flush=True)
    forget(step.name)
    step.make()
    set_fresh(step.name, step.key)
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def _steps() -> list[Step]:
    pinned = digest_of([ROOT / "requirements" / "base.txt"], _DATABASE_URL)
    code = files_under(*(ROOT / app for app in APPS), pattern="*.py")
    schema = digest_of([path for path in code if "migrations" in path.parts], pinned)
    packs = digest_of([*files_under(CURRICULUM), *(ROOT / "courses").glob("*.py")], schema)
    demo = digest_of([path for path in code if "migrations" not in path.parts], packs)
    # A kind of question keeps its script in its own folder.
    kinds = (ROOT / "assessments" / "questions").glob("*/static")
    files = digest_of(files_under(ROOT / "static", *(ROOT / app / "static" for app in APPS), *kinds), pinned)
    return [
        Step("schema", "Database", schema, _has_database, lambda: _call("migrate", verbosity=0, interactive=False)),
        Step("packs", "Course", packs, _has_database, _load_packs),
        Step("demo", "Demo people", demo, _has_database, lambda: _call("load_demo")),
        Step("static", "Static files", files, (STATIC_ROOT / "staticfiles.json").exists, _collect_static),
    ]


def _has_database() -> bool:
    """Say whether the database of last time is still there; another server's is always looked at."""
    return not _DATABASE_URL and DATABASE.exists()


def _load_packs() -> None:
    for pack in sorted(CURRICULUM.glob("*/course.yaml")):
        _call("load_pack", str(pack.parent), stdout=io.StringIO())
    _call("load_paths", str(CURRICULUM / "paths.yaml"), stdout=io.StringIO())


def _collect_static() -> None:
    _call("collectstatic", interactive=False, clear=True, verbosity=0)


def _call(name: str, *args: str, **options: object) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "elearning.settings.dev")
    import django  # noqa: PLC0415  # a second start needs none of it

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command(name, *args, **options)


if __name__ == "__main__":
    main()
