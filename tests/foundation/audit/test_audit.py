"""What is written down stays as it was written."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation import audit
from akinai.foundation.audit.models import AppendOnly, AuditEntry
from akinai.foundation.core import clock
from akinai.foundation.core.actor import Actor

CLERK = Actor("staff:12", "山田")
AT = dt.datetime(2026, 11, 24, 9, 50, tzinfo=clock.JST)

pytestmark = pytest.mark.django_db


def test_a_deed_is_written_with_who_what_and_when() -> None:
    with clock.use_clock(clock.FrozenClock(AT)):
        audit.record(CLERK, "orders.accept", "order:12", detail={"due": dt.date(2026, 12, 1)}, reason="電話で確認")
    entry = audit.selectors.for_subject("order:12").get()
    assert (entry.at, entry.actor, entry.actor_label) == (AT, "staff:12", "山田")
    assert (entry.action, entry.detail, entry.reason) == ("orders.accept", {"due": "2026-12-01"}, "電話で確認")


def test_many_deeds_are_one_statement(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        audit.record_many(CLERK, [("orders.accept", f"order:{n}", None) for n in range(50)])
    assert AuditEntry.objects.count() == 50


def test_newest_first_and_only_the_subject_asked_for() -> None:
    audit.record(CLERK, "orders.place", "order:1")
    audit.record(CLERK, "orders.place", "order:12")
    audit.record(CLERK, "orders.accept", "order:1")
    assert [e.action for e in audit.selectors.for_subject("order:1")] == ["orders.accept", "orders.place"]
    assert audit.selectors.for_subjects(["order:1", "order:12"]).count() == 3
    assert audit.selectors.by_actor("staff:12").count() == 3


def test_an_entry_cannot_be_changed_or_deleted() -> None:
    entry = audit.record(CLERK, "orders.place", "order:1")
    entry.reason = "別の話"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.get().save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.update(reason="")
    with pytest.raises(AppendOnly):
        AuditEntry.objects.all().delete()
    with pytest.raises(AppendOnly):
        AuditEntry.objects.bulk_update([entry], ["reason"])
    assert AuditEntry.objects.get().reason == ""


def test_a_card_number_in_a_reason_is_masked() -> None:
    entry = audit.record(CLERK, "orders.cancel", "order:1", reason="カード 4111111111111111 が使えない")
    assert "4111111111111111" not in entry.reason
    assert "411111******1111" in entry.reason
