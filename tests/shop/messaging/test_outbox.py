"""The outbox: once an occasion, the undo window, retries, failures that people see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.events.models import StoredEvent
from akinai.foundation.jobs.models import Job
from akinai.shop.messaging import selectors, services, transports
from akinai.shop.messaging.models import AppendOnly, Attempt, Message
from akinai.shop.messaging.ports import DeliveryError, OutgoingMail
from akinai.shop.messaging.states import State
from tests.builders.mails import CLERK, make_message, make_writing_shop, run_jobs

pytestmark = pytest.mark.django_db


class Scripted:
    """A transport that answers as told, then takes everything."""

    name = "smtp"

    def __init__(self, *errors: DeliveryError) -> None:
        self.errors = list(errors)
        self.taken: list[OutgoingMail] = []

    def send(self, mail: OutgoingMail) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.taken.append(mail)
        return "250 OK"


@contextmanager
def by(transport: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(transports, "current", lambda: transport)
        yield


def fresh(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def test_a_mail_goes_out_and_is_kept_as_sent(clock: FrozenClock) -> None:
    """MAIL-3"""
    make_writing_shop()
    message = make_message()
    run_jobs()
    message = fresh(message)
    assert (message.state, message.sent_at, message.transport) == (State.SENT, clock.now(), "mailbox")
    assert message.from_address == "info@utsuwaya.example"
    assert message.message_id.endswith("@utsuwaya.example>")
    assert [a.outcome for a in Attempt.objects.all()] == ["sent"]


def test_mail_4_one_occasion_is_one_mail(clock: FrozenClock) -> None:
    first, again = make_message("v1"), make_message("v1", subject="別の件名")
    assert first.pk == again.pk
    assert make_message("v2").pk != first.pk
    run_jobs()
    assert Message.objects.filter(state=State.SENT).count() == 2


def test_a_mail_waits_for_its_window_and_can_be_stopped(clock: FrozenClock) -> None:
    message = make_message(delay_seconds=120)
    run_jobs()
    assert fresh(message).state == State.WAITING
    clock.advance(dt.timedelta(seconds=119))
    run_jobs()
    assert fresh(message).state == State.WAITING
    services.stop(CLERK, message_id=message.pk)
    clock.advance(dt.timedelta(seconds=2))
    run_jobs()
    assert fresh(message).state == State.STOPPED


def test_a_mail_nobody_stops_goes_when_its_window_closes(clock: FrozenClock) -> None:
    message = make_message(delay_seconds=120)
    clock.advance(dt.timedelta(seconds=120))
    run_jobs()
    assert fresh(message).state == State.SENT
    with pytest.raises(Refused, match=r"sent|送信"):
        services.stop(CLERK, message_id=message.pk)


def test_a_stopped_mail_can_be_changed_and_sent_with_a_new_window(clock: FrozenClock) -> None:
    message = make_message(delay_seconds=120)
    clock.advance(dt.timedelta(seconds=60))
    services.take_back(CLERK, message_id=message.pk)
    services.edit_draft(CLERK, message_id=message.pk, to="taka@example.jp", subject="直した件名", body="直した文")
    services.send_draft(CLERK, message_id=message.pk)
    clock.advance(dt.timedelta(seconds=70))
    run_jobs()  # the first job comes at its old hour and finds that it is too early
    assert fresh(message).state == State.WAITING
    clock.advance(dt.timedelta(seconds=60))
    run_jobs()
    sent = fresh(message)
    assert (sent.state, sent.subject, sent.body) == (State.SENT, "直した件名", "直した文\n")


def test_a_passing_failure_is_tried_again_with_the_same_message_id(
    clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    transport = Scripted(DeliveryError("421 later", permanent=False, code="421"))
    message = make_message()
    with by(transport, monkeypatch):
        run_jobs()
        waiting = fresh(message)
        assert (waiting.state, waiting.attempts, waiting.last_error) == (State.WAITING, 1, "421 later")
        assert waiting.send_after == clock.now() + dt.timedelta(seconds=15)
        clock.advance(dt.timedelta(seconds=15))
        run_jobs()
    assert fresh(message).state == State.SENT
    assert [m.message_id for m in transport.taken] == [message.message_id]
    assert [a.outcome for a in Attempt.objects.all()] == ["later", "sent"]


def test_a_permanent_refusal_fails_at_once_and_is_counted(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """R19"""
    message = make_message()
    with by(Scripted(DeliveryError("550 no such user", permanent=True, code="550")), monkeypatch):
        run_jobs()
    assert fresh(message).state == State.FAILED
    assert selectors.counts().failed == 1
    assert selectors.has_stuck("thing:1")
    assert StoredEvent.objects.filter(name="messaging.failed").count() == 1
    assert not Job.objects.filter(name="messaging.send", state="ready").exists()


def test_a_mail_is_not_tried_for_ever(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    message = make_message()
    with by(Scripted(*[DeliveryError("down", permanent=False)] * 50), monkeypatch):
        for _ in range(14):
            run_jobs()
            clock.advance(dt.timedelta(hours=1))
    assert (fresh(message).state, fresh(message).attempts) == (State.FAILED, 12)


def test_a_resend_is_a_new_record_and_answers_the_failure(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """MAIL-3, MAIL-4"""
    message = make_message("v1")
    with by(Scripted(DeliveryError("550", permanent=True)), monkeypatch):
        run_jobs()
    again = services.resend(CLERK, message_id=message.pk, to="right@example.jp")
    assert (again.occasion, again.resend_of_id, again.to) == (f"resend:{message.pk}:1", message.pk, "right@example.jp")
    assert again.message_id != message.message_id
    with pytest.raises(Refused):
        services.resend(CLERK, message_id=message.pk)
    run_jobs()
    assert fresh(again).state == State.SENT
    assert (fresh(message).state, fresh(message).resolved_at) == (State.FAILED, clock.now())
    assert not selectors.has_stuck("thing:1")


def test_a_failure_can_be_settled_by_a_person(clock: FrozenClock) -> None:
    message = make_message(to="そんな宛先")
    assert message.state == State.FAILED
    services.settle(CLERK, message_id=message.pk)
    assert selectors.counts().failed == 0
    with pytest.raises(Refused):
        services.settle(CLERK, message_id=message.pk)


def test_mail_2_a_mail_with_blanks_becomes_a_draft_that_cannot_leave(clock: FrozenClock) -> None:
    message = make_message(body="{{reply_due}}までに", missing=["reply_due"])
    assert message.state == State.DRAFT
    assert selectors.has_stuck("thing:1")
    with pytest.raises(BadInput) as refused:
        services.send_draft(CLERK, message_id=message.pk)
    assert refused.value.field == "body"
    services.edit_draft(CLERK, message_id=message.pk, to=message.to, subject=message.subject, body="27日までに")
    assert not selectors.has_stuck("thing:1")
    services.send_draft(CLERK, message_id=message.pk, delay_seconds=0)
    run_jobs()
    assert fresh(message).state == State.SENT


@pytest.mark.parametrize("field", ["subject", "to"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x85"])
def test_header_injection_is_refused(field: str, end: str) -> None:
    with pytest.raises(BadInput) as refused:
        make_message(**{field: f"x@example.jp{end}Bcc: y@example.jp"})
    assert refused.value.field == field
    assert not Message.objects.exists()


def test_pay_4_card_numbers_are_masked() -> None:
    message = make_message(subject="カード 4111 1111 1111 1111", body="4111111111111111 です")
    assert "1111 1111" not in message.subject
    assert message.body == "411111******1111 です\n"


def test_a_shop_without_mail_server_sees_its_mails_fail(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """R19 nothing is lost in silence."""
    message = make_message()
    with by(transports.NoTransport(), monkeypatch):
        run_jobs()
    assert fresh(message).state == State.FAILED
    assert fresh(message).last_error


def test_a_mail_left_in_sending_by_a_dead_worker_is_sent_again(
    clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REL-8"""
    message = make_message()
    Message.objects.filter(pk=message.pk).update(state=State.SENDING, attempts=1)
    transport = Scripted()
    with by(transport, monkeypatch):
        run_jobs()
    assert transport.taken[0].message_id == message.message_id
    assert [a.outcome for a in Attempt.objects.all()] == ["lost", "sent"]


def test_only_the_last_to_claim_may_mark(clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """REL-8 a worker taken for dead comes back while another has the mail."""
    message = make_message()

    class Slow(Scripted):
        def send(self, mail: OutgoingMail) -> str:
            Message.objects.filter(pk=message.pk).update(attempts=2)
            return super().send(mail)

    with by(Slow(), monkeypatch):
        run_jobs()
    assert fresh(message).state == State.SENDING
    assert Attempt.objects.count() == 0


def test_attempts_are_append_only(clock: FrozenClock) -> None:
    make_message()
    run_jobs()
    row = Attempt.objects.get()
    with pytest.raises(AppendOnly):
        row.save()
    with pytest.raises(AppendOnly):
        row.delete()
