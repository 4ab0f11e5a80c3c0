"""The mails of a customer over all of their orders (AN-10)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from akinai.foundation.core import clock
from akinai.foundation.core.clock import FrozenClock
from akinai.frontoffice.notifications.customers import mails_of
from akinai.shop.messaging.models import Message
from tests.builders.accounts import client_for
from tests.builders.orders import make_shop, place

pytestmark = pytest.mark.django_db


def mail(order_id: int, n: int) -> Message:
    return Message.objects.create(
        kind="M03", subject_key=f"order:{order_id}", occasion=f"once{n}", to="taka@example.jp", subject=f"受注確認 {n}",
        body="", message_id=f"<{n}@example.jp>", send_after=clock.now(), created_by="system",
    )  # fmt: skip


def test_mails_of_all_orders_of_a_customer_newest_first(clock: FrozenClock) -> None:
    make_shop()
    one, two = place("A-1"), place("A-2")
    mail(one.pk, 1)
    with CaptureQueriesContext(connection) as few:
        assert len(mails_of(one.customer_id)) == 1
    clock.move_to(clock.now().replace(hour=15))
    mail(two.pk, 2)
    mail(two.pk, 3)
    with CaptureQueriesContext(connection) as more:
        found = mails_of(one.customer_id)
    assert [e.ours.subject for e in found if e.ours][-1] == "受注確認 1" and len(found) == 3
    assert len(few) == len(more) <= 5
    page = client_for("order").get(f"/mail/customers/{one.customer_id}/").content.decode()
    assert page.index("受注確認 2") < page.index("受注確認 1")
    assert "/mail/customers/" in client_for("order").get(f"/customers/{one.customer_id}/").content.decode()
    assert mails_of(987654321) == []
