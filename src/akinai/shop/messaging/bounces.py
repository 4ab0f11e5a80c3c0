"""Mails that come back: which address, whether for good, and which of our mails it was (MAIL-11). Pure.

Reads delivery reports of the standard (RFC 3464) and the plain ones that Japanese phone companies and older servers
send instead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import Message as Parsed

from .parsing import content_text, header, opened, text_of

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{3,190}")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY = re.compile(r"(?<![\d.])(4[2-5]\d|5[0-5]\d)(?=[ \-])")
_ID_LINE = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_DAEMON = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mdaemon|mmaildelivery|bounce[s]?)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"(undeliver|delivery (status|failure|report|has failed)|returned mail|mail delivery|failure notice"
    r"|mail system error|配信不能|配信できません|配送できません|未配達|送信できません|エラーメール|届けられません)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(user unknown|unknown user|no such user|user not found|unknown recipient|invalid recipient|recipient rejected"
    r"|mailbox (unavailable|not found)|does not exist|address rejected|no mailbox here|host (or domain )?not found"
    r"|unrouteable|存在しません|見つかりません|宛先が(不明|ありません)|使用されておりません|ドメインが)",
    re.IGNORECASE,
)
_FULL = re.compile(r"(mailbox (is )?full|over quota|quota exceeded|insufficient storage|容量|いっぱい)", re.IGNORECASE)
_LATER = re.compile(r"(delayed|will (be )?retr|temporar|再送|遅れて)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A mail of ours that did not arrive. `failed` False: it is only late. `dead`: the address takes no mail."""

    address: str
    failed: bool
    dead: bool
    code: str
    text: str
    original_id: str


def bounce_in(raw: bytes) -> Bounce | None:
    """What a mail that came back says; None if it is no such mail."""
    mail = opened(raw)
    if mail.get_content_type() == "multipart/report" or _status_parts(mail):
        return _standard(mail)
    return _plain(mail) if _is_from_a_server(mail) else None


def is_full(code: str, text: str) -> bool:
    """True if the mailbox takes no more for now."""
    return bool(_FULL.search(text)) or bool(re.match(r"[45]\.2\.2\b", code))


def is_dead(code: str, text: str) -> bool:
    """True if a server's answer means that nobody has this address: not full, not refused for what was written."""
    said = f"{code} {text}"
    status = _STATUS.search(said)
    if _FULL.search(said) or (status and status.group(2, 3) in (("2", "2"), ("7", "1"))):
        return False
    if status and status.group(1) == "5" and status.group(2) == "1":
        return status.group(3) not in ("7", "8")  # 5.1.7 and 5.1.8 are about the sender
    return bool(_NOBODY.search(said)) and not code.startswith("4")


def _status_parts(mail: Parsed) -> list[Parsed]:
    return [part for part in mail.walk() if part.get_content_type() == "message/delivery-status"]


def _standard(mail: Parsed) -> Bounce | None:
    """RFC 3464: one block about the server, then one about each recipient; the worst of them counts."""
    best: Bounce | None = None
    original = _original_id(mail)
    for status in _status_parts(mail):
        for block in _blocks(status):
            recipient = header(block, "Final-Recipient") or header(block, "Original-Recipient")
            address = _address(recipient)
            if not address:
                continue
            action = header(block, "Action").lower()
            code = header(block, "Status").split(" ")[0]
            said = header(block, "Diagnostic-Code") or header(block, "Action")
            failed = action == "failed" or (not action and code.startswith("5"))
            found = Bounce(address, failed, failed and is_dead(code, said), code, said[:500], original)
            best = found if best is None or (found.failed and not best.failed) else best
    return best


def _blocks(part: Parsed) -> list[Parsed]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Parsed)] if isinstance(payload, list) else []


def _is_from_a_server(mail: Parsed) -> bool:
    sender = _address(header(mail, "From"))
    empty_path = header(mail, "Return-Path") == "<>"
    if header(mail, "X-Failed-Recipients"):
        return True
    by_server = bool(_DAEMON.match(sender.partition("@")[0])) or empty_path
    return by_server and bool(_SUBJECT.search(header(mail, "Subject")))


def _plain(mail: Parsed) -> Bounce | None:
    """A report in words. The address is the one named first that is not the server's own."""
    text = text_of(mail)
    sender, ours = _address(header(mail, "From")), _address(header(mail, "To"))
    named = [_address(header(mail, "X-Failed-Recipients")), *(a.lower() for a in _ADDRESS.findall(text))]
    about = [a.rstrip(".") for a in named if a and a.rstrip(".") not in (sender, ours) and not _is_an_id(a, text)]
    if not about:
        return None
    status, reply = _STATUS.search(text), _REPLY.search(text)
    code = status.group() if status else reply.group() if reply else ""
    late = bool(_LATER.search(text)) and not code.startswith("5") and not _NOBODY.search(text)
    line = next((line.strip() for line in text.splitlines() if _tells(line, code)), "")
    dead = not late and is_dead(code, line or text[:2000])
    return Bounce(about[0], not late, dead, code, line[:500], _original_id(mail))


def _tells(line: str, code: str) -> bool:
    """True for the line of a report that says why."""
    return bool(_NOBODY.search(line) or _FULL.search(line) or (code and code in line))


def _is_an_id(address: str, text: str) -> bool:
    """A Message-ID looks like an address."""
    return bool(re.search(rf"message-id:\s*<{re.escape(address)}>", text, re.IGNORECASE))


def _address(text: str) -> str:
    found = _ADDRESS.search(text.partition(";")[2] or text)
    return found.group().lower() if found else ""


def _original_id(mail: Parsed) -> str:
    """The Message-ID of the mail that came back: from the enclosed mail, its headers, or the words."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822" and isinstance(payload := part.get_payload(), list) and payload:
            return header(payload[0], "Message-ID") if isinstance(payload[0], Parsed) else ""
        if kind in ("text/rfc822-headers", "message/rfc822-headers", "text/plain"):
            found = _ID_LINE.search(content_text(part))
            if found:
                return found.group(1)
    references = header(mail, "References") or header(mail, "In-Reply-To")
    return references.split(" ")[-1] if references else ""
