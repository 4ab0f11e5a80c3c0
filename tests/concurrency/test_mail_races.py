"""Undo against sending, the same occasion from many sides, and a worker killed between 250 and the mark."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.errors import Refused
from akinai.shop.messaging import services
from akinai.shop.messaging.models import Attempt, MailServer, Message
from akinai.shop.messaging.states import State
from tests.builders.mails import CLERK, make_message, make_writing_shop
from tests.concurrency.test_workers import until
from tests.contracts.test_mail_transports import free_port

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


def together(*works: Callable[[], object]) -> list[object]:
    """Run all at once; each gives its result or the refusal it met."""
    gate, results = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=30)
            results[place] = work()  # type: ignore[call-overload]
        except Refused as refusal:
            results[place] = refusal  # type: ignore[call-overload]
        finally:
            connection.close()

    racers = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    return list(results)


def test_rel_4_undo_against_sending_has_one_winner() -> None:
    """Either the mail is stopped and never sent, or it is sent and the person is told that it was too late."""
    make_writing_shop()
    seen: Counter[str] = Counter()
    for number in range(12):
        message = make_message(f"hand:{number}")
        undone, sent = together(
            lambda pk=message.pk: services.stop(CLERK, message_id=pk),  # type: ignore[misc]
            lambda pk=message.pk: services.deliver(SYSTEM, message_id=pk),  # type: ignore[misc]
        )
        state = Message.objects.get(pk=message.pk).state
        seen[state] += 1
        assert (state, bool(sent), isinstance(undone, Refused)) in [
            (State.STOPPED, False, False), (State.SENT, True, True),
        ]  # fmt: skip
        assert Attempt.objects.filter(message=message, outcome="sent").count() == int(state == State.SENT)
    assert sum(seen.values()) == 12


def test_mail_4_the_same_occasion_from_eight_sides_is_one_mail() -> None:
    make_writing_shop()
    found = together(*[lambda: make_message("v1").pk for _ in range(8)])
    assert len(set(found)) == 1
    assert Message.objects.count() == 1


def test_one_mail_for_two_workers_is_sent_once() -> None:
    make_writing_shop()
    message = make_message()
    Message.objects.filter(pk=message.pk).update(state=State.WAITING)
    results = together(*[lambda: services.deliver(SYSTEM, message_id=message.pk) for _ in range(2)])
    assert Message.objects.get(pk=message.pk).state == State.SENT
    assert results.count(True) == 1


@dataclass
class Sink:
    """Keeps the Message-ID of everything it takes."""

    ids: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        head = envelope.content.decode("utf-8", "replace")
        self.ids.append(next(x for x in head.splitlines() if x.startswith("Message-ID:")))
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server on loopback that this shop's mail goes to."""
    sink = Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    MailServer.objects.create(pk=1, host="127.0.0.1", port=controller.port, security="none")
    yield sink
    controller.stop()


def worker(sleeps_at: int = 0) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "AKINAI_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "AKINAI_TEST_SLEEP_AT": str(sleeps_at),
    }
    return subprocess.Popen([sys.executable, "-m", "tests.concurrency.mailing"], env=environment, cwd=ROOT)


@pytest.mark.slow
def test_rel_8_a_worker_killed_after_250_repeats_with_the_same_message_id(sink: Sink) -> None:
    make_writing_shop()
    messages = [make_message(f"hand:{n}", to=f"buyer{n}@example.jp") for n in range(12)]
    first = worker(sleeps_at=5)
    second = None
    try:
        until(lambda: len(sink.ids) == 5, 60)
        first.send_signal(signal.SIGKILL)
        first.wait()
        second = worker()
        until(lambda: Message.objects.filter(state=State.SENT).count() == len(messages), 60)
    finally:
        for process in (first, second):
            if process is not None:
                process.kill()
                process.wait()
    counts = Counter(sink.ids)
    assert set(counts) == {f"Message-ID: {m.message_id}" for m in messages}
    assert sorted(counts.values()) == [1] * 11 + [2]  # one kill, one repeat, known by its Message-ID
    assert Attempt.objects.filter(outcome="lost").count() == 1
