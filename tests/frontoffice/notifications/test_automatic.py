"""Which event writes which mail to whom, and what it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from akinai.backoffice.orders import services as orders
from akinai.backoffice.orders.models import Order
from akinai.backoffice.orders.types import ConsentDraft
from akinai.backoffice.payments import services as payments
from akinai.backoffice.payments.models import LedgerEntry
from akinai.backoffice.payments.services import Money
from akinai.foundation.core.actor import SYSTEM
from akinai.foundation.core.clock import JST, FrozenClock
from akinai.foundation.core.text import width
from akinai.frontoffice.notifications import services
from akinai.frontoffice.notifications.house_texts import TEXTS
from akinai.shop.messaging import services as messaging
from akinai.shop.messaging.kinds import kinds as known
from akinai.shop.messaging.models import Message
from akinai.shop.messaging.rendering import problems_of
from akinai.shop.messaging.states import State
from akinai.shop.stores.models import Setting
from tests.builders import orders as build
from tests.builders.catalog import make_product, make_sku
from tests.builders.inventory import stock_up
from tests.builders.mails import CLERK, mail_of, make_message, make_writing_shop, run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shop(clock: FrozenClock) -> None:
    make_writing_shop()
    stock_up(make_sku("YN-AI-01"), 50)
    tea = make_product("P-TEA", name="宇治煎茶", tax_class="red")
    stock_up(make_sku("CH-01", product=tea, price=1080), 50)


def accepted(number: str = "A-1", **fields: object) -> Order:
    order = build.place(number, **fields)
    for check in order.checks.all():
        orders.clear_check(CLERK, order_id=order.pk, code=check.code)
    return orders.accept(CLERK, order_id=order.pk)


def kinds() -> list[str]:
    return sorted(Message.objects.values_list("kind", flat=True))


def test_every_house_text_is_sound_and_narrow() -> None:
    """MAIL-2, MAIL-7, MAIL-8"""
    for kind in known:
        assert problems_of(kind.subject, kind.variables) == [], kind.key
        assert problems_of(kind.text, kind.variables) == [], kind.key
        assert all(width(line) <= 70 for line in kind.text.splitlines()), kind.key
        assert all(f"{{{{{name}}}}}" in kind.subject for name in kind.wants), kind.key
        assert kind.wants or kind.promotional, kind.key
    assert set(TEXTS) == {kind.key for kind in known}


def test_an_order_is_answered_at_once_at_any_hour_to_buyer_and_shop(clock: FrozenClock) -> None:
    """R18, R20, R21, R22: at three in the night, one mail each, the same lines, every field."""
    clock.move_to(dt.datetime(2026, 11, 24, 3, 0, tzinfo=JST))
    other = replace(build.TAKA, name="佐々木 綾乃", address1="品川区大崎2-3-4", address2="")
    build.place(
        lines=[build.line(quantity=2), build.line("CH-01", unit_price=1080, name="宇治煎茶")],
        method="cod", ship_to=other, wish_date=dt.date(2026, 11, 27), wish_window="08-12", shipping_fee=800,
        payment_fee=330, remark="領収書をお願いします",
    )  # fmt: skip
    run_jobs()
    assert kinds() == ["M01", "M02"]
    buyer, shop = mail_of("M01"), mail_of("M02")
    assert [(m.state, m.sent_at) for m in (buyer, shop)] == [(State.SENT, clock.now())] * 2
    assert (buyer.to, shop.to) == ("taka@example.jp", "info@utsuwaya.example")
    lines = ["湯呑 YN-AI-01 2,200円 × 2", "宇治煎茶※ 1,080円 × 1"]
    for mail in (buyer, shop):
        assert [x for x in mail.body.splitlines() if " × " in x] == lines
    for field in (
        "渡邉 髙子 様", "A-1", "2026年11月24日(火) 3:00", "代金引換", "佐々木 綾乃 様", "品川区大崎2-3-4",
        "ヤマト運輸 宅急便", "11月27日(金) 午前中", "領収書をお願いします", "送料 800円", "手数料 330円",
        "お支払い合計 6,610円", "(10%対象 5,530円 うち税 502円)", "(8%対象※ 1,080円 うち税 80円)",
        "ご注文の成立", "株式会社うつわ屋 田中 一郎",
    ):  # fmt: skip
        assert field in buyer.body, field
    assert buyer.subject == "【茶と器 うつわ屋】ご注文を受け付けました(ご注文番号 A-1)"


def test_ord_22_the_reply_names_the_hour_the_setting_says(clock: FrozenClock) -> None:
    """Friday 18:00 before a Monday holiday: Tuesday noon; a shop that counts calendar days: Saturday noon."""
    clock.move_to(dt.datetime(2026, 11, 20, 18, 0, tzinfo=JST))
    build.place("A-1")
    Setting.objects.create(key="stores.confirm_days", value="calendar", effective_from=dt.date(2026, 1, 1))
    build.place("A-2")
    run_jobs()
    said = [m.body for m in Message.objects.filter(kind="M01").order_by("id")]
    assert "11月24日(火)正午を過ぎても" in said[0]
    assert "11月21日(土)正午を過ぎても" in said[1]


def test_r23_an_edited_text_holds_from_the_next_mail_on() -> None:
    build.place("A-1")
    run_jobs()
    messaging.save_template(CLERK, kind="M01", subject="毎度 {{order_no}}", body="{{customer_name}}様、毎度。")
    build.place("A-2")
    run_jobs()
    said = [m.subject for m in Message.objects.filter(kind="M01").order_by("id")]
    assert said == ["【茶と器 うつわ屋】ご注文を受け付けました(ご注文番号 A-1)", "毎度 A-2"]


def test_mail_4_the_same_event_twice_is_one_mail() -> None:
    """R29: thanked for once an order, whatever comes after it."""
    order = build.place()
    for _ in range(3):
        services.on_placed(SYSTEM, order_id=order.pk)
    run_jobs()
    assert kinds() == ["M01", "M02"]
    assert "ありがとうございます" in mail_of("M01").body
    for check in order.checks.all():
        orders.clear_check(CLERK, order_id=order.pk, code=check.code)
    orders.accept(CLERK, order_id=order.pk)
    orders.change_wish(CLERK, order_id=order.pk, wish_date=dt.date(2026, 12, 3))
    run_jobs()
    assert kinds().count("M01") == kinds().count("M02") == 1


def test_law_50_mails_that_take_alcohol_in_say_the_law_whatever_the_shops_text_says() -> None:
    stock_up(make_sku("SAKE", product=make_product("P-SAKE", name="純米酒", is_alcohol=True)), 9)
    messaging.save_template(CLERK, kind="M03", subject="確定 {{order_no}}", body="{{customer_name}}様、確定です。")
    accepted(lines=[build.line("SAKE")])
    accepted("A-2", lines=[build.line()])
    run_jobs()
    law = "20歳未満の方の飲酒は法律で禁止されています。"
    said = {(m.kind, m.subject[-3:]): law in m.body for m in Message.objects.filter(kind__in=["M01", "M03"])}
    assert [said[key] for key in sorted(said)] == [True, False, True, False]
    first = Message.objects.filter(kind="M01").earliest("id").body
    assert first.index(law) < first.index("株式会社うつわ屋")


def test_mail_5_a_gift_is_confirmed_to_the_buyer_only() -> None:
    """SHP-62"""
    friend = replace(build.TAKA, name="山田 花子", mail="hanako@example.jp")
    order = accepted(ship_to=friend, is_gift=True)
    services.on_accepted(CLERK, order_id=order.pk)
    run_jobs()
    assert set(Message.objects.exclude(kind="M02").values_list("to", flat=True)) == {"taka@example.jp"}


def test_ord_34_history_writes_nothing() -> None:
    build.place(is_shipped=True)
    run_jobs()
    assert kinds() == []


def test_a_buyer_without_address_gets_no_mail_and_the_shop_hears_of_it() -> None:
    build.place(buyer=replace(build.TAKA, mail=""))
    run_jobs()
    assert kinds() == ["M02"]


def test_a_confirmation_by_staff_waits_and_can_be_stopped(clock: FrozenClock) -> None:
    """R26"""
    order = accepted()
    run_jobs()
    mail = mail_of("M03")
    assert (mail.state, mail.send_after) == (State.WAITING, clock.now() + dt.timedelta(seconds=120))
    assert mail.created_by_label == "佐藤 美咲"
    assert "うつわ屋の佐藤 美咲でございます" in mail.body
    messaging.stop(CLERK, message_id=mail.pk)
    clock.advance(dt.timedelta(minutes=5))
    run_jobs()
    assert mail_of("M03").state == State.STOPPED
    assert Order.objects.get(pk=order.pk).confirmation == "accepted"


def test_an_automatic_confirmation_goes_at_once() -> None:
    build.place(store=build.make_store(auto_accept=True))
    run_jobs()
    mail = mail_of("M03")
    assert mail.state == State.SENT
    assert "うつわ屋の受注担当でございます" in mail.body
    assert "■発送予定日 11月24日(火)" in mail.body
    assert "■お届け予定 11月25日(水)" in mail.body
    assert "お振込" not in mail.body and "代金引換" not in mail.body


def test_r54_a_transfer_is_asked_for_with_account_amount_and_due_date() -> None:
    """M04 inside M03; PAY-7 dates."""
    accepted(method="bank")
    run_jobs()
    body = mail_of("M03").body
    for part in ("お振込金額 2,200円", "あおば銀行 本店 普通 1234567", "お振込期限 12月1日(火)", "12月8日(火)に"):
        assert part in body
    assert "お支払いの確認後(本日確認できた場合 11月24日(火))" in body


def test_r57_a_postal_transfer_has_its_own_account() -> None:
    Setting.objects.create(key="mail.postal_account", value="00100-1-999999", effective_from=dt.date(2026, 1, 1))
    """R57: the way of a bank transfer, from the due date to the mail of receipt; only the account is another."""
    order = accepted(method="postal")
    run_jobs()
    assert "00100-1-999999" in mail_of("M03").body
    assert "あおば銀行" not in mail_of("M03").body
    bank = accepted("A-2", method="bank", buyer=replace(build.TAKA, mail="bank@example.jp", phone="090-1111-2222"))
    assert (order.queue, order.pay_due, order.pay_cancel_on) == (bank.queue, bank.pay_due, bank.pay_cancel_on)
    assert order.queue == "awaiting_payment" and order.pay_due is not None
    payments.mark_deposit(CLERK, order_id=order.pk, money=Money(2200, dt.date(2026, 11, 24)))
    run_jobs()
    assert (Order.objects.get(pk=order.pk).queue, mail_of("M05").subject_key) == ("ready", order.subject)


def test_pay_12_cash_on_delivery_is_told_to_the_yen() -> None:
    """M08 inside M03 (R58)."""
    accepted(method="cod", payment_fee=330)
    run_jobs()
    body = mail_of("M03").body
    assert "■お支払い額 2,530円" in body
    assert "代引手数料330円" in body
    assert "お振込" not in body


def test_mail_2_a_confirmation_without_account_becomes_a_draft_people_see() -> None:
    """R19"""
    make_writing_shop(bank_account="")
    order = accepted(method="bank")
    run_jobs()
    mail = mail_of("M03")
    assert (mail.state, mail.missing) == (State.DRAFT, ["bank_account"])
    assert Order.objects.get(pk=order.pk).mail_failed


def test_mail_10_the_note_of_the_staff_goes_into_the_confirmation() -> None:
    """R28: the mail differs from the template only there."""
    plain = accepted("A-1")
    order = build.place("A-2")
    services.keep_note(CLERK, order_id=order.pk, text="27日以降のお届けで承りました。")
    orders.accept(CLERK, order_id=order.pk) if not order.checks.exists() else accepted_rest(order)
    run_jobs()
    first = Message.objects.get(kind="M03", subject_key=plain.subject).body.splitlines()
    second = Message.objects.get(kind="M03", subject_key=order.subject).body.splitlines()
    assert sorted(set(second) - set(first)) == ["27日以降のお届けで承りました。", "■ご注文番号 A-2"]


def accepted_rest(order: Order) -> None:
    for check in order.checks.all():
        orders.clear_check(CLERK, order_id=order.pk, code=check.code)
    orders.accept(CLERK, order_id=order.pk)


def test_a_change_is_confirmed_again_and_marked(clock: FrozenClock) -> None:
    """T23: 変更後; the confirmation that still waits is replaced."""
    order = accepted(lines=[build.line(quantity=3)])
    run_jobs()
    orders.lower_quantity(CLERK, order_id=order.pk, line=1, to=2)
    run_jobs()
    first, second = mail_of("M03", "v1"), mail_of("M03", "v2")
    assert (first.state, second.state) == (State.STOPPED, State.WAITING)
    assert "(変更後)" in second.subject
    assert "ご注文内容の変更を承りました" in second.body
    assert " × 2" in second.body


def test_t23_a_dearer_order_is_confirmed_when_the_buyer_has_agreed(clock: FrozenClock) -> None:
    """ORD-42: no 変更後 before the consent; then it names what is left to transfer (M04 inside it, R54)."""
    order = accepted(method="bank")
    payments.mark_deposit(CLERK, order_id=order.pk, money=Money(2200, clock.now().date()))
    run_jobs()
    orders.change_quantity(CLERK, order_id=order.pk, line=1, to=3)
    run_jobs()
    assert not Message.objects.filter(kind="M03", occasion="v2").exists()
    word = ConsentDraft("phone", clock.now().date(), "渡邉 髙子")
    orders.record_consent(CLERK, order_id=order.pk, consent=word)
    run_jobs()
    mail = mail_of("M03", "v2")
    assert "(変更後)" in mail.subject and "6,600円" in mail.body and "4,400円" in mail.body
    present = make_sku("OMAKE")
    stock_up(present, 3)
    orders.add_line(CLERK, order_id=order.pk, sku_id=present.pk, unit_price=0)
    run_jobs()
    assert not Message.objects.filter(kind="M03", occasion="v3").exists()  # a present is a surprise


def test_pay_9_a_deposit_is_confirmed_with_the_planned_ship_date(clock: FrozenClock) -> None:
    """R56"""
    order = accepted(method="bank")
    entry = payments.mark_deposit(CLERK, order_id=order.pk, money=Money(2200, clock.now().date()))
    run_jobs()
    mail = mail_of("M05", f"deposit:{entry.pk}")
    assert "11月24日(火)に2,200円のご入金を確認いたしました" in mail.body
    assert "■発送予定日 11月24日(火)" in mail.body
    assert "残り" not in mail.body


def test_a_part_of_the_money_is_confirmed_with_what_is_missing(clock: FrozenClock) -> None:
    order = accepted(method="bank")
    payments.mark_deposit(CLERK, order_id=order.pk, money=Money(2000, clock.now().date()))
    run_jobs()
    assert "■残りの金額 200円" in mail_of("M05").body
    assert "発送予定日" not in mail_of("M05").body


def test_a_cancellation_is_told_and_stops_what_still_waits(clock: FrozenClock) -> None:
    """T21"""
    order = accepted(method="bank")
    payments.mark_deposit(CLERK, order_id=order.pk, money=Money(2200, clock.now().date()))
    run_jobs()
    orders.approve_cancel(CLERK, order_id=order.pk)
    run_jobs()
    assert [mail_of(kind).state for kind in ("M03", "M05", "M12")] == [State.STOPPED, State.STOPPED, State.WAITING]
    body = mail_of("M12").body
    assert "■理由 お客様のご希望" in body
    assert "お預かりしております2,200円を返金いたします" in body


def test_a_refund_is_told(clock: FrozenClock) -> None:
    """T26"""
    order = accepted(method="bank", paid=2200)
    orders.approve_cancel(CLERK, order_id=order.pk)
    money = Money(2200, clock.now().date(), method="bank")
    LedgerEntry.objects.create(
        order=order, kind="store_paid", amount=2200, occurred_on=clock.now().date(), at=clock.now(), actor="system",
        key="k",
    )  # fmt: skip
    entry = payments.refund(CLERK, order_id=order.pk, money=money)
    run_jobs()
    body = mail_of("M11", f"refund:{entry.pk}").body
    for part in ("■返金額 2,200円", "■内訳 ご注文の取り消し", "■方法 銀行振込", "■手続き日 11月24日(火)"):
        assert part in body


def test_a_mail_that_fails_is_seen_on_the_order_until_a_resend_arrives() -> None:
    """R19: the screen, not the mail, is the truth."""
    order = build.place(buyer=replace(build.TAKA, mail="そんな宛先"))
    run_jobs()
    assert Order.objects.get(pk=order.pk).mail_failed
    messaging.resend(CLERK, message_id=mail_of("M01").pk, to="taka@example.jp")
    run_jobs()
    assert not Order.objects.get(pk=order.pk).mail_failed


def test_a_mail_about_something_else_touches_no_order() -> None:
    make_message(to="そんな宛先")
    run_jobs()
    assert not Order.objects.filter(mail_failed=True).exists()


MALL = {"M01": False, "M02": True, "M03": True}
AMAZON = {"M01": False, "M02": True, "M03": False}
OWN = {"M01": True, "M02": True, "M03": True}
TOLD = {"M01": True, "M02": True, "M03": False}


@pytest.mark.parametrize(
    ("store", "sent"),
    [
        ({"kind": "own"}, OWN),
        ({"kind": "phone"}, OWN),
        ({"kind": "fax"}, OWN),
        ({"kind": "api"}, OWN),
        ({"kind": "mall"}, MALL),
        ({"kind": "cart"}, MALL),
        ({"kind": "mall", "preset": "amazon-jp"}, AMAZON),
        ({"kind": "mall", "mail_senders": {"M01": "us", "M03": "nobody", "M02": "nobody"}}, TOLD),
    ],
)
def test_mail_13_who_sends(store: dict[str, object], sent: dict[str, bool]) -> None:
    build.place(store=build.make_store(auto_accept=True, **store))
    run_jobs()
    assert {kind: kind in kinds() for kind in sent} == sent


def test_mail_13_the_transfer_notice_may_be_the_stores() -> None:
    accepted(method="bank", store=build.make_store(mail_senders={"M04": "store"}))
    run_jobs()
    assert "お振込金額" not in mail_of("M03").body


def test_ord_42_taken_on_again_before_the_consent_the_buyer_still_hears_of_the_change() -> None:
    """A dearer order whose address is mended before the buyer agrees: the confirmation waits, and then goes out."""
    order = accepted(lines=[build.line()])
    run_jobs()
    orders.change_quantity(CLERK, order_id=order.pk, line=1, to=3)
    wrong, right = (replace(build.TAKA, address1=street) for street in ("港区六本木", "港区六本木6-10-1"))
    orders.change_ship_to(CLERK, order_id=order.pk, ship_to=wrong)
    run_jobs()
    orders.change_ship_to(CLERK, order_id=order.pk, ship_to=right)
    run_jobs()
    assert not Message.objects.filter(kind="M03", occasion="v4").exists()
    orders.record_consent(CLERK, order_id=order.pk, consent=ConsentDraft("phone", dt.date(2026, 11, 24), "渡邉"))
    run_jobs()
    assert mail_of("M03", "v4").state == State.WAITING


def test_pay_10_a_band_crossed_by_an_edit_reaches_the_buyer_in_the_next_mail() -> None:
    """PAY-10, PAY-12, ORD-42, M08: 9,670 yen with 330 become 29,450 with 440; the mail waits for the consent."""
    stock_up(make_sku("KYUSU-2", price=9670), 9)
    goods = [build.line("KYUSU-2", unit_price=9670)]
    order = accepted(method="cod", payment_fee=330, lines=goods, store=build.make_store())
    run_jobs()
    assert "■お支払い額 10,000円" in mail_of("M03").body
    orders.change_quantity(CLERK, order_id=order.pk, line=1, to=3)
    run_jobs()
    assert Message.objects.filter(kind="M03").count() == 1
    orders.record_consent(CLERK, order_id=order.pk, consent=ConsentDraft("phone", dt.date(2026, 11, 24), "渡邉"))
    run_jobs()
    changed = Message.objects.filter(kind="M03").order_by("pk").last()
    assert changed is not None
    assert "■お支払い額 29,450円" in changed.body
    assert "代引手数料440円" in changed.body
    assert "変更後" in changed.subject + changed.body
