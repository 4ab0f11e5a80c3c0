"""Everything in one: pages, background work and schedules, and what a demo adds to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.core.checks import run_checks

from akinai.foundation.core.errors import AkinaiError

from .data_folder import ensure_data_folder
from .processes import Child, refuse_taken_port, run_together, wait_for_port


class CannotServeError(AkinaiError):
    """A system check says that the program would not work as it stands."""

    code = "cannot_serve"


def prepare_to_serve(*, upgrade: bool = False) -> None:
    """Refuse to start with what cannot run (system checks), and make the data folder if it is empty."""
    serious = [str(message) for message in run_checks() if message.is_serious()]
    if serious:
        raise CannotServeError("\n".join(serious))
    ensure_data_folder(upgrade=upgrade)


def serve_all(*, host: str, port: int, extra: Sequence[Child] = (), on_ready: Callable[[], None] | None = None) -> int:
    """Run web and worker (and `extra`) until asked to stop; `on_ready` is called once pages are answered."""
    refuse_taken_port(host, port)

    def announce() -> None:
        if wait_for_port(host, port) and on_ready is not None:
            on_ready()

    web = Child("web", ("web", "--host", host, "--port", str(port)))
    return run_together([web, Child("worker", ("worker",)), *extra], on_started=announce)


def address(host: str, port: int) -> str:
    """The address to open in a browser."""
    shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::1", "::"} else host  # noqa: S104  # compared, not bound
    return f"http://{shown}:{port}/"
