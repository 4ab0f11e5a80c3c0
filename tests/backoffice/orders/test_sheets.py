"""R16: the FAX sheet stays with the order and lies beside the form while it is typed."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from akinai.backoffice.orders import services
from akinai.backoffice.orders.check import lost_sheets
from akinai.backoffice.orders.models import CallSheet, Order, OrderCall
from akinai.backoffice.orders.phone.sheets import MOST_BYTES, judged
from akinai.foundation.core.clock import FrozenClock
from akinai.foundation.core.errors import BadInput, Conflict, Refused
from akinai.foundation.core.permissions import Role
from akinai.shop.terms.models import ShippingFeeTable
from tests.builders.accounts import client_for
from tests.builders.catalog import make_sku
from tests.builders.inventory import stock_up
from tests.builders.orders import make_shop, make_store

from .test_phone import CLERK, KEY, ZONES, form, with_read

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 60, 80) + b"rest"
PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"


@pytest.fixture
def clerk(db: None, clock: FrozenClock, settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path
    make_shop(legal={})
    make_store("phone", kind="phone", name="電話・FAX")
    ShippingFeeTable.objects.create(effective_from="2020-01-01", fees=ZONES)
    stock_up(make_sku(), 5)
    return client_for(Role.ORDER)


def sent(data: bytes = PNG, name: str = "fax 1124.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/html")  # what the browser claims is not believed


def attach(clerk: Client, data: bytes = PNG, name: str = "fax 1124.png", **more: str) -> tuple[int, str]:
    response = clerk.post(reverse("orders:phone"), {**form(how="fax", do="attach"), **more, "sheet": sent(data, name)})
    return response.status_code, response.content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空のファイル"),
        (b"<html><script>alert(1)</script>", "PDF"),
        (b"%PDF-1.7 cut off", "PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "PDF"),
        (b"II*\x00....", "TIFF"),
        (b"%PDF-1.7" + b"x" * MOST_BYTES + b"%%EOF", "10MB"),
        (PNG + b"x" * 6_000_000, "5MB"),
    ],
)  # fmt: skip
def test_only_pdfs_and_pictures_are_sheets_whatever_they_are_called(data: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        judged("fax.pdf", data)
    assert refused.value.field == "sheet"


def test_the_type_comes_from_the_content_and_the_name_is_only_shown() -> None:
    assert judged("../../etc/x.html", PDF).content_type == "application/pdf"
    assert judged("..\\a\x00b.exe", PNG) == type(judged("a", PNG))("ab.exe", "png", "image/png")
    assert judged("", PDF).name == "fax.pdf"


def test_a_sheet_lies_beside_the_form_with_what_was_typed(clerk: Client) -> None:
    status, page = attach(clerk, buyer_name="鈴木 FAX")
    sheet = CallSheet.objects.get()
    url = reverse("orders:sheet", args=[sheet.pk])
    assert status == 200 and f'<img src="{url}" alt="fax 1124.png"' in page and 'value="鈴木 FAX"' in page
    assert OrderCall.objects.get().typed["buyer_name"] == "鈴木 FAX"  # found again after a lost line
    assert url in clerk.get(reverse("orders:phone"), {"call": KEY}).content.decode()
    attach(clerk, PDF)
    assert f'<iframe src="{reverse("orders:sheet", args=[sheet.pk + 1])}"' in attach(clerk, PDF)[1]
    assert CallSheet.objects.count() == 2 and list(lost_sheets()) == []


def test_it_is_served_by_what_it_is_and_runs_nothing(clerk: Client) -> None:
    attach(clerk, name="../ｆａｘ\r\n.html")
    sheet = CallSheet.objects.get()
    assert re.fullmatch(r"[0-9a-f]{32}\.png", sheet.stored)
    url = reverse("orders:sheet", args=[sheet.pk])
    answer = clerk.get(url)
    assert answer.content == PNG and answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("inline; filename")
    assert Client().get(url).status_code == 302  # not without a log-in
    assert clerk.get(reverse("orders:sheet", args=[sheet.pk + 9])).status_code == 404
    default_storage.delete(f"sheets/{sheet.stored}")
    assert clerk.get(url).status_code == 404
    assert list(lost_sheets()) == [f"R16 sheet {sheet.stored} ({sheet.name}): the file is gone"]


def test_rel_5_the_sheet_goes_into_the_order_once_however_often_it_is_sent(clerk: Client) -> None:
    """A file chosen and never attached is taken along by the button that enters the order."""
    typed = with_read(clerk, how="fax")
    for _again in range(2):
        answer = clerk.post(reverse("orders:phone"), {**typed, "sheet": sent()})
        assert answer.status_code == 302, answer.content.decode()
    order = Order.objects.get()
    sheet = CallSheet.objects.get(call__order=order)
    assert reverse("orders:sheet", args=[sheet.pk]) in clerk.get(f"/orders/{order.pk}/").content.decode()
    with pytest.raises(Refused):
        services.drop_sheet(CLERK, key=KEY, sheet_id=sheet.pk)
    with pytest.raises(Conflict):
        services.attach_sheet(CLERK, key=KEY, how="fax", typed={}, name="b.pdf", data=PDF)
    assert len(default_storage.listdir("sheets")[1]) == 1  # the refused one left no file


def test_rel_5_a_sheet_sent_twice_in_the_same_moment_is_there_once(clerk: Client, monkeypatch: Any) -> None:
    save = FileSystemStorage.save

    def while_another_comes(store: Any, name: str, content: Any) -> str:
        monkeypatch.setattr(FileSystemStorage, "save", save)
        attach(clerk)
        return str(save(store, name, content))

    monkeypatch.setattr(FileSystemStorage, "save", while_another_comes)
    assert attach(clerk)[0] == 200
    assert CallSheet.objects.count() == len(default_storage.listdir("sheets")[1]) == 1
    assert list(lost_sheets()) == []


def test_what_is_taken_off_or_thrown_away_leaves_no_file(
    clerk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    attach(clerk)
    attach(clerk, PDF, "b.pdf")
    first = CallSheet.objects.order_by("pk").first()
    assert first is not None
    with django_capture_on_commit_callbacks(execute=True):
        page = clerk.post(reverse("orders:phone"), {**form(), "unsheet": str(first.pk)}).content.decode()
    assert "b.pdf" in page and "fax 1124.png" not in page
    with django_capture_on_commit_callbacks(execute=True):
        services.drop_call(CLERK, key=KEY)
    assert not CallSheet.objects.exists() and default_storage.listdir("sheets")[1] == []


def test_a_refused_file_leaves_what_was_typed(clerk: Client) -> None:
    status, page = attach(clerk, b"MZ not a sheet", buyer_name="鈴木 FAX")
    assert status == 422 and "用紙はPDF" in page and 'value="鈴木 FAX"' in page
    assert client_for(Role.WAREHOUSE).post(reverse("orders:phone"), {"sheet": sent()}).status_code == 403
