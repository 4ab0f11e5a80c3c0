"""A demo shop with three months of history, in a data folder of its own."""

from __future__ import annotations

import argparse
import json
import os
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from akinai.config.output import ProgressBar, print_result, say
from akinai.config.processes import Child, refuse_taken_port
from akinai.config.serving import address, prepare_to_serve, serve_all
from akinai.foundation.accounts.permissions import ROLE_LABELS
from akinai.foundation.core.errors import Refused
from akinai.workbench.demo.seeding import Plan, seed
from akinai.workbench.demo.shop import PASSWORD, STAFF

MARK = "demo.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where it listens, whether it starts over, and how much is made."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--reset", action="store_true", help="throw the demo away and make it anew")
    parser.add_argument("--seed-only", action="store_true", help="make the data and end")
    parser.add_argument("--orders", type=int, default=Plan().orders, help="orders of 90 days (default: 3000)")
    parser.add_argument("--json", action="store_true", help="print the result as one JSON object")


def run(args: argparse.Namespace) -> int:
    """Make the shop if it is not there, then serve it until Ctrl-C; a second start keeps what was done in it."""
    if connection.vendor != "sqlite":
        raise Refused(_("The demo keeps its data in its own folder. Unset DATABASE_URL and start it again."))
    if not args.seed_only:
        refuse_taken_port(args.host, args.port)
    folder = Path(settings.DATA_DIR)
    orders = _prepare(folder, reset=args.reset, plan=Plan(orders=args.orders))
    if args.json:
        print_result({"orders": orders, "folder": str(folder)})
    if args.seed_only:
        return 0
    connection.close()
    os.environ["AKINAI_MAIL_TRANSPORT"] = "mailbox"  # whatever somebody types into the settings of a demo
    where = address(args.host, args.port)
    stores = Child("stores", ("demo-stores",))
    return serve_all(host=args.host, port=args.port, extra=[stores], on_ready=lambda: _welcome(where))


def _prepare(folder: Path, *, reset: bool, plan: Plan) -> int:
    """The number of orders of a demo that is complete; one that was not finished is made anew."""
    state = _read(folder / MARK)
    if state is None and (folder / "akinai.sqlite3").exists():
        sentence = _("%(folder)s holds a shop that is not the demo. Name another folder by AKINAI_DATA_DIR.")
        raise Refused(sentence % {"folder": folder})
    if state is not None and (reset or "orders" not in state):
        _throw_away(folder)
        state = None
    if state is None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).write_text("{}", encoding="ascii")
        prepare_to_serve(upgrade=True)
        say(_("Making the demo shop, about a minute …"))
        state = {"orders": seed(plan, _Bars())}
        (folder / MARK).write_text(json.dumps(state), encoding="ascii")
    else:
        prepare_to_serve(upgrade=True)
    return int(state["orders"])


def _read(mark: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(mark.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _throw_away(folder: Path) -> None:
    """Delete what the demo made, and nothing else that may lie in the folder."""
    connection.close()
    for name in ("akinai.sqlite3", "akinai.sqlite3-wal", "akinai.sqlite3-shm", "live.json", MARK):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


def _welcome(where: str) -> None:
    say("")
    say(_("The demo shop is open: %(address)s  (Ctrl-C closes it)") % {"address": where})
    for who in STAFF:
        say(f"  {ROLE_LABELS[who.role]!s:　<6} {who.login:<8} {PASSWORD}")


class _Bars:
    """One bar for each part of the work."""

    def __init__(self) -> None:
        self._bars: dict[str, ProgressBar] = {}

    def __call__(self, what: str, done: int, total: int) -> None:
        labels = {"goods": _("goods"), "history": _("history"), "days": _("last days")}
        bar = self._bars.setdefault(what, ProgressBar(labels[what], total))
        bar.update(done)
