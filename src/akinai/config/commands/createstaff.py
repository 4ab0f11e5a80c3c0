"""A new member of staff from the command line; the first one is an owner."""

from __future__ import annotations

import argparse
import getpass
import sys

from django.utils.translation import gettext as _

from akinai.config.data_folder import ensure_data_folder
from akinai.config.output import print_result, say
from akinai.foundation.accounts.services import create_staff
from akinai.foundation.core.actor import job_actor
from akinai.foundation.core.permissions import Role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, in which role; the password is asked for, or read from standard input."""
    parser.add_argument("login", help="log-in name")
    parser.add_argument("--name", default="", help="name shown beside what they did (default: the log-in name)")
    parser.add_argument("--role", choices=[role.value for role in Role], default=Role.OWNER.value)
    parser.add_argument("--language", choices=["ja", "en"], default="ja")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Create the account; a refused field is said and nothing is made."""
    ensure_data_folder()
    staff = create_staff(
        job_actor("createstaff"),
        login=args.login,
        display_name=args.name or args.login,
        role=args.role,
        password=_password(args.password_stdin),
        language=args.language,
    )
    say(_("%(login)s can sign in now.") % {"login": args.login})
    if args.json:
        print_result({"id": staff.pk, "login": args.login, "role": args.role})
    return 0


def _password(from_stdin: bool) -> str:
    if from_stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass(_("Password: "))
