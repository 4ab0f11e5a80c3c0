"""The hand-over note: one a day, read by name, never overwritten unseen."""

from __future__ import annotations

import datetime as dt

import pytest

from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.permissions import Role
from akinai.overview.desk.models import HandoverNote
from tests.builders.accounts import client_for, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing(clock: FrozenClock) -> FrozenClock:
    return clock


def test_a_note_is_written_seen_by_the_others_and_ticked_off() -> None:
    clerk = client_for(make_staff(Role.ORDER, display_name="佐藤"))
    packer = client_for(make_staff(Role.WAREHOUSE, display_name="鈴木"))
    clerk.post("/handover/", {"text": "ギフト箱(中)が残り30。\n<b>25日</b>に届きます。", "seen_edition": "0"})
    page = packer.get("/").content.decode()
    assert "ギフト箱(中)が残り30。" in page and "&lt;b&gt;25日" in page
    assert "佐藤 9:50 読みました" in page and "鈴木 未読" in page
    note = HandoverNote.objects.get()
    packer.post(f"/handover/{note.pk}/read/")
    packer.post(f"/handover/{note.pk}/read/")
    assert "鈴木 9:50 読みました" in clerk.get("/").content.decode()
    assert note.reads.count() == 2


def test_a_changed_note_wants_to_be_read_again() -> None:
    clerk = client_for(make_staff(Role.ORDER, display_name="佐藤"))
    packer = client_for(make_staff(Role.WAREHOUSE, display_name="鈴木"))
    clerk.post("/handover/", {"text": "一", "seen_edition": "0"})
    packer.post(f"/handover/{HandoverNote.objects.get().pk}/read/")
    clerk.post("/handover/", {"text": "二", "seen_edition": "1"})
    assert "鈴木 未読" in clerk.get("/").content.decode()


@pytest.mark.parametrize("seen", ["0", "1"])
def test_two_writers_never_overwrite_each_other(seen: str) -> None:
    first, second = client_for(Role.ORDER), client_for(Role.MANAGER)
    first.post("/handover/", {"text": "先に書いた", "seen_edition": "0"})
    if seen == "1":
        first.post("/handover/", {"text": "先に直した", "seen_edition": "1"})
    answer = second.post("/handover/", {"text": "あとから書いた", "seen_edition": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "あとから書いた" in page and "先に" in page
    edition = HandoverNote.objects.get().edition
    assert second.post("/handover/", {"text": "両方", "seen_edition": str(edition)}).status_code == 302
    assert HandoverNote.objects.get().text == "両方"


@pytest.mark.parametrize("typed", [{}, {"text": "  "}, {"text": "あ" * 4001}, {"text": "x", "seen_edition": "zwei"}])
def test_what_cannot_be_kept_is_said(typed: dict[str, str]) -> None:
    assert client_for(Role.ORDER).post("/handover/", typed).status_code == 422
    assert not HandoverNote.objects.exists()


def test_the_note_of_the_day_before_stays_in_sight(clock: FrozenClock) -> None:
    clerk = client_for(Role.ORDER)
    clerk.post("/handover/", {"text": "きのうの分", "seen_edition": "0"})
    clock.advance(dt.timedelta(hours=23))
    clerk = client_for(Role.ORDER)
    assert "きのうの分" in clerk.get("/").content.decode()
    assert "きのうの分" in clerk.get("/handover/").content.decode()
    clerk.post("/handover/", {"text": "きょうの分", "seen_edition": "0"})
    assert HandoverNote.objects.count() == 2
    page = clerk.get("/").content.decode()
    assert "きょうの分" in page and "きのうの分" not in page
    assert clerk.post("/handover/99999/read/").status_code == 404
