"""Files that go with a mail: kept as sent, within limits, on the draft's page, through SMTP, with a resend."""

from __future__ import annotations

from email import message_from_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Refused
from akinai.foundation.core.permissions import Role
from akinai.shop.messaging import services
from akinai.shop.messaging.adapters.smtp.mapping import as_message
from akinai.shop.messaging.models import Enclosure, Message
from akinai.shop.messaging.parsing import parse
from akinai.shop.messaging.services.sending import as_mail
from akinai.shop.messaging.states import State
from tests.builders.accounts import client_for
from tests.builders.mails import CLERK, make_message, make_writing_shop, run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_writing_shop()


def draft() -> Message:
    return services.save_draft(
        CLERK, kind="FREE", subject_key="thing:1", occasion="hand:9", store_id=None, to="taka@example.jp",
        subject="s", body="b", files=[services.as_file("見積書.pdf", b"%PDF")],
    )  # fmt: skip


def test_mail_3_a_file_travels_and_is_kept_as_it_was_sent() -> None:
    message = make_message(
        files=[services.as_file("C:\\\\机\\納品書.pdf", b"%PDF-1.7\r\n\x00"), services.as_file("a.txt", b"x\n")]
    )
    run_jobs()
    read = parse(as_message(as_mail(Message.objects.get(pk=message.pk))).as_bytes())
    assert [(f.name, f.content_type, f.size) for f in read.files] == [
        ("納品書.pdf", "application/pdf", 11),
        ("a.txt", "application/octet-stream", 2),
    ]
    assert read.text == "こんにちは"
    again = services.resend(CLERK, message_id=message.pk)
    assert [bytes(f.content) for f in again.enclosures.all()] == [b"%PDF-1.7\r\n\x00", b"x\n"]


def test_a_plain_mail_stays_one_part() -> None:
    mail = message_from_bytes(as_message(as_mail(make_message())).as_bytes())
    assert mail.get_content_type() == "text/plain"


def test_too_much_is_refused_at_its_field_and_nothing_is_written() -> None:
    for files in (
        [services.as_file("leer.pdf", b"")],
        [services.as_file("a.bin", b"x" * (7 * 1024 * 1024 + 1))],
        [services.as_file(f"{n}.pdf", b"x") for n in range(11)],
    ):
        with pytest.raises(BadInput) as refused:
            make_message(f"hand:{len(files)}", files=files)
        assert refused.value.field == "enclosures"
    assert not Message.objects.exists()


def test_files_are_put_to_a_draft_and_taken_off_until_it_leaves() -> None:
    message, client = draft(), client_for(Role.ORDER)
    path = f"/mail/{message.pk}/edit/"
    assert "見積書.pdf" in client.get(path).content.decode()
    typed = {"to": "taka@example.jp", "subject": "s", "body": "b"}
    more = SimpleUploadedFile("写真.png", b"\x89PNG")
    assert client.post(path, {**typed, "enclosures": [more]}).status_code == 302
    first = Enclosure.objects.get(name="見積書.pdf")
    got = client.get(f"/mail/{message.pk}/files/{first.pk}/")
    assert (got.content, got["X-Content-Type-Options"]) == (b"%PDF", "nosniff")
    assert client.get(f"/mail/{message.pk + 1}/files/{first.pk}/").status_code == 404
    assert client.post(f"/mail/{message.pk}/files/{first.pk}/drop/").status_code == 302
    empty = SimpleUploadedFile("leer.png", b"")
    refused = client.post(path, {**typed, "body": "書きかけ", "enclosures": [empty]})
    assert refused.status_code == 422 and "書きかけ" in refused.content.decode()
    services.send_draft(CLERK, message_id=message.pk)
    assert [f.name for f in Message.objects.get(state=State.WAITING).enclosures.all()] == ["写真.png"]
    with pytest.raises(Refused):
        services.add_files(CLERK, message_id=message.pk, files=[services.as_file("b.pdf", b"x")])
