"""Mails as strangers write them: encodings, HTML, attachments, nonsense; nothing raises."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akinai.shop.messaging.bounces import bounce_in
from akinai.shop.messaging.parsing import parse, part_of, plain_of


def mail(body: str = "届きました。\n", **headers: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = headers.pop("sender", "渡邉 髙子 <Taka@Example.JP>")
    message["To"] = "info@utsuwaya.example"
    message["Subject"] = headers.pop("subject", "Re: ご注文について(UW-00001)")
    message["Message-ID"] = "<abc@example.jp>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def test_a_plain_mail_is_read_with_sender_references_and_text() -> None:
    read = parse(mail(In_Reply_To="<m2@utsuwaya.example>", References="<m1@utsuwaya.example>").as_bytes())
    assert (read.from_address, read.from_name) == ("taka@example.jp", "渡邉 髙子")
    assert (read.subject, read.text) == ("Re: ご注文について(UW-00001)", "届きました。")
    assert read.references == ("<m1@utsuwaya.example>", "<m2@utsuwaya.example>")
    assert (read.identity, read.is_automatic, read.files) == ("<abc@example.jp>", False, ())


@pytest.mark.parametrize(
    ("charset", "said", "text"),
    [
        ("iso2022_jp", "iso-2022-jp", "お荷物が届きました"),
        ("cp932", "shift_jis", "㈱うつわ屋 ①番 髙島様"),
        ("cp932", "unknown-8bit", "文字化けしません"),
        ("euc_jp", "euc-jp", "到着いたしました"),
        ("utf-8", "no-such-charset", "それでも読めます"),
        ("iso2022_jp", "", "宣言のない JIS です"),
    ],
)
def test_japanese_encodings_are_read_whatever_they_are_called(charset: str, said: str, text: str) -> None:
    kind = f"Content-Type: text/plain; charset={said}\r\n" if said else ""
    head = f"From: a@b.jp\r\nSubject: x\r\n{kind}\r\n"
    assert parse(head.encode() + text.encode(charset)).text == text


def test_html_is_words_and_never_html() -> None:
    message = mail()
    page = "<style>p{}</style><p>こんにちは<br>山田です</p><script>alert(1)</script>&lt;b&gt;"
    message.set_content(page, subtype="html")
    assert parse(message.as_bytes()).text == "こんにちは\n山田です\n<b>"
    assert plain_of("<div>一</div><div>二</div>") == "一\n\n二"


def test_files_are_found_again_in_the_raw_bytes_and_names_lose_their_path() -> None:
    message = mail()
    message.add_attachment(b"\x89PNG..", maintype="image", subtype="png", filename="C:\\写真\\欠け.png")
    raw = message.as_bytes()
    (found,) = parse(raw).files
    assert (found.name, found.content_type, found.size) == ("欠け.png", "image/png", 6)
    assert part_of(raw, found.part) == b"\x89PNG.."


def test_machines_are_known_as_such() -> None:
    """RFC 3834: nobody waits for an answer to an out-of-office note."""
    assert parse(mail(Auto_Submitted="auto-replied").as_bytes()).is_automatic
    assert parse(mail(Precedence="bulk").as_bytes()).is_automatic
    assert not parse(mail(Auto_Submitted="no").as_bytes()).is_automatic


def test_pay_4_a_card_number_in_a_mail_is_masked_in_what_people_read() -> None:
    assert "4111 1111 1111 1111" not in parse(mail("4111 1111 1111 1111 です").as_bytes()).text


@given(st.binary(max_size=400))
def test_no_bytes_whatever_break_it(raw: bytes) -> None:
    read = parse(raw)
    assert "\x00" not in read.text + read.subject + read.from_address + read.from_name
    bounce_in(raw)


DEEP = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(1500))


@pytest.mark.parametrize(
    "head",
    [
        "Date: Mon, 1 Jan 99999999999999999999 00:00:00 +0900",
        "Content-Disposition: attachment; filename*=utf-8''a; filename*0=b",
        "Content-Disposition: attachment; filename*=ut\0f'ja'a%20",
        "Content-Type: text/plain; charset*=utf-8''x; charset*0=y",
        "Content-Type: multipart/mixed; boundary*=utf-8''x; boundary*0=y",
        "Content-Type: ima\0ge/png",
        DEEP,
    ],
)
def test_a_mail_whose_structure_is_broken_is_shown_as_far_as_it_goes(head: str) -> None:
    """It would keep every later mail of its mailbox outside."""
    raw = f"From: a@b.jp\r\nSubject: x\r\n{head}\r\n\r\n届きました".encode()
    read = parse(raw)
    assert (read.from_address, read.subject, read.date) == ("a@b.jp", "x", None)
    assert all(one.content_type.isprintable() and one.name.isprintable() for one in read.files)
    assert bounce_in(raw) is None and part_of(raw, 9) is None


REPORT = """From: MAILER-DAEMON@mx.example.jp
To: info@utsuwaya.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=B

--B
Content-Type: text/plain

I'm sorry.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.jp

Final-Recipient: rfc822; taka@example.jp
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--B
Content-Type: text/rfc822-headers

Message-ID: <m1@utsuwaya.example>
Subject: x
--B--
"""


@pytest.mark.parametrize(
    ("action", "status", "said", "failed", "dead"),
    [
        ("failed", "5.1.1", "550 5.1.1 User unknown", True, True),
        ("failed", "5.2.2", "552 5.2.2 Mailbox full", True, False),
        ("failed", "5.7.1", "550 5.7.1 Message rejected as spam", True, False),
        ("failed", "5.0.0", "550 No such user here", True, True),
        ("delayed", "4.4.1", "connection timed out", False, False),
    ],
)
def test_mail_11_a_standard_report_says_which_mail_and_whether_the_address_is_dead(
    action: str, status: str, said: str, failed: bool, dead: bool
) -> None:
    found = bounce_in(REPORT.format(action=action, status=status, said=said).encode())
    assert found is not None
    assert (found.address, found.failed, found.dead) == ("taka@example.jp", failed, dead)
    assert (found.original_id, found.code) == ("<m1@utsuwaya.example>", status)


@pytest.mark.parametrize(
    ("subject", "body", "dead"),
    [
        (
            "Mail System Error - Returned Mail",
            "Your message was not delivered to taka@docomo.example\n550 Unknown user taka@docomo.example",
            True,
        ),
        (
            "Returned mail: User unknown",
            "----- The following addresses had permanent fatal errors -----\n<taka@docomo.example>\n... User unknown",
            True,
        ),
        ("配信不能", "次のあて先へは配信できませんでした。\ntaka@docomo.example\n宛先が存在しません", True),
        ("Delivery failure", "taka@docomo.example\n552 mailbox full", False),
    ],
)
def test_mail_11_the_plain_reports_of_phone_companies_are_understood(subject: str, body: str, dead: bool) -> None:
    raw = mail(f"{body}\n\nMessage-ID: <m1@utsuwaya.example>\n", sender="MAILER-DAEMON@docomo.example", subject=subject)
    found = bounce_in(raw.as_bytes())
    assert found is not None
    assert (found.address, found.failed, found.dead) == ("taka@docomo.example", True, dead)
    assert found.original_id == "<m1@utsuwaya.example>"


def test_a_buyer_who_complains_about_delivery_is_no_bounce() -> None:
    assert bounce_in(mail("配送できませんと言われました taka@example.jp", subject="Re: 未配達の件").as_bytes()) is None
