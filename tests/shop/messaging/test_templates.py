"""The shop's own texts: saved only when sound, kept in every version, restored."""

from __future__ import annotations

import pytest

from akinai.foundation.core.errors import BadInput, Conflict, NotFound, Refused
from akinai.shop.messaging import services
from akinai.shop.messaging.kinds import kinds
from akinai.shop.messaging.models import Template
from akinai.shop.messaging.selectors import history
from akinai.shop.messaging.texts import template_warnings, text_of, warnings_of
from tests.builders.mails import CLERK
from tests.builders.orders import make_store

pytestmark = pytest.mark.django_db


def save(**fields: object) -> Template:
    values = {"kind": "M01", "subject": "件名 {{order_no}}", "body": "{{customer_name}} 様\n{{signature}}"}
    return services.save_template(CLERK, **(values | fields))  # type: ignore[arg-type]


def test_the_house_text_holds_until_the_shop_writes_its_own() -> None:
    assert text_of("M01").version == 0
    save()
    assert text_of("M01").subject == "件名 {{order_no}}"


def test_a_stores_own_text_wins_for_that_store() -> None:
    """MAIL-12"""
    store = make_store("mall", kind="mall")
    save()
    save(store_id=store.pk, subject="店の件名 {{order_no}}")
    assert text_of("M01", store.pk).subject == "店の件名 {{order_no}}"
    assert text_of("M01").subject == "件名 {{order_no}}"


def test_mail_2_an_unknown_variable_is_refused_at_its_field() -> None:
    """R23"""
    with pytest.raises(services.BadTemplate) as refused:
        save(body="{{tracking_no}}")
    assert list(refused.value.problems["body"]) and not refused.value.problems["subject"]
    assert not Template.objects.exists()


def test_blanks_and_breaks_are_refused() -> None:
    for field in ("subject", "body"):
        with pytest.raises(BadInput):
            save(**{field: "  "})
    with pytest.raises(BadInput):
        save(subject="a\nb")
    with pytest.raises(NotFound):
        save(kind="M99")


def test_every_version_is_kept_and_the_original_comes_back() -> None:
    save()
    save(body="{{customer_name}} 様、第2版\n{{signature}}", seen_version=1)
    services.restore_default(CLERK, kind="M01")
    assert [(row.version, row.is_default) for row in history("M01", None)] == [(3, True), (2, False), (1, False)]
    assert text_of("M01").body == kinds.get("M01").text
    with pytest.raises(Refused):
        services.restore_default(CLERK, kind="M01")
    assert save(seen_version=0).version == 4


def test_two_people_cannot_overwrite_each_other() -> None:
    save()
    with pytest.raises(Conflict):
        save(seen_version=0)


def test_mail_7_subjects_that_are_unwise_are_named() -> None:
    assert warnings_of("【茶と器】ご注文(ご注文番号 A-1)") == []
    assert len(warnings_of("あ" * 41)) == 1
    assert warnings_of("あ" * 40) == []
    assert len(warnings_of("【重要】お知らせ")) == 1
    kind = kinds.get("M01")
    assert len(template_warnings(kind, "番号のない件名", "署名のない文")) == 2
    assert template_warnings(kind, kind.subject, kind.text) == []
