"""manage.py export_pack SLUG --to DIR [--edition CODE]: write a course of this site as a pack."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.errors import CourseNotInPagesError
from courses.models import CoursePage
from courses.packs.exporting import export_course, write_files
from courses.packs.notes import INTERNATIONAL


class Command(BaseCommand):
    """Export the published pages, questions and quizzes of a course as a folder that load_pack reads."""

    help = "Write a course of this site as a pack. Loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the course, the edition and where to write."""
        parser.add_argument("slug", help="the address of the course, such as first-aid-kit")
        parser.add_argument("--to", type=Path, required=True, help="the folder in which the pack's folder is made")
        parser.add_argument("--edition", default=INTERNATIONAL, help="the edition, such as ml; else the international")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the files, into a folder that is not there yet."""
        pages = CoursePage.objects.live().filter(slug=options["slug"], edition=options["edition"])
        course = pages.values_list("activity_uuid", flat=True).first()
        if course is None:
            msg = f"There is no published course {options['slug']!r} of the edition {options['edition']!r}."
            raise CommandError(msg)
        folder = options["to"] / options["slug"]
        if folder.exists():
            msg = f"{folder} is there already; name another folder, or move it away."
            raise CommandError(msg)
        try:
            files = export_course(course, options["edition"])
        except CourseNotInPagesError as error:
            raise CommandError(str(error.text)) from None
        write_files(files, folder)
        size = sum(map(len, files.values()))
        self.stdout.write(f"{folder}: {len(files)} files, {size // 1000} kB.")
