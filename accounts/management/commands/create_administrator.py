"""Make the first administrator of a new site: everybody after that comes through accounts.actions."""

from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from accounts.actions import create_login, create_person, grant_role
from accounts.models import Country
from accounts.policy import ADMINISTRATOR


class Command(BaseCommand):
    """Create a person, a login by e-mail address and the role, everywhere."""

    help = "Create an administrator who signs in with an e-mail address. Asks for the password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take name, country and address."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--country", required=True, help="ISO 3166-1 code, e.g. ML")
        parser.add_argument("--email", required=True)

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the rows, or say what is wrong and write nothing."""
        password = getpass("Password: ")
        if password != getpass("Password again: "):
            msg = "The two passwords are not the same. Nothing was created."
            raise CommandError(msg)
        country, _created = Country.objects.get_or_create(code=options["country"].upper())
        try:
            person = create_person(by=None, full_name=options["name"], country=country)
            create_login(by=None, person=person, password=password, email=options["email"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        grant_role(by=None, person=person, role=ADMINISTRATOR, country=None)
        self.stdout.write(f"{person.full_name} may sign in with {options['email']} and sets up a second factor then.")
