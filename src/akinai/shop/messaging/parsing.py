"""From the bytes of a mail somebody sent us to what people read. Pure, and never raises: strangers write anything."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header
from email.message import Message as Parsed
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser

from akinai.foundation.core.text import mask_cards

#: What senders call their encoding, and what they mean.
_MEANT = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "iso-2022-jp-ms": "iso2022_jp_ext", "euc-jp": "euc_jis_2004",
    "us-ascii": "utf-8", "unknown-8bit": "utf-8", "default": "utf-8", "": "utf-8",
}  # fmt: skip
_GUESSES = ("utf-8", "cp932", "euc_jp")
_ID = re.compile(r"<[^<>\s]{1,250}>")
_GAPS = re.compile(r"\n{4,}")
LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a mail; `part` counts the parts of the mail, so that it is found again in the raw bytes."""

    part: int
    name: str
    content_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """A mail as people read it. Addresses are in lower case; `references` begins with the oldest."""

    identity: str
    message_id: str
    references: tuple[str, ...]
    from_address: str
    from_name: str
    to: str
    subject: str
    date: dt.datetime | None
    text: str
    files: tuple[Attached, ...]
    is_automatic: bool


def parse(raw: bytes) -> Incoming:
    """Read a mail. What cannot be read is shown as far as it goes."""
    mail = opened(raw)
    message_id = _first_id(header(mail, "Message-ID"))
    name, address = _sender(mail)
    return Incoming(
        identity=message_id or "sha256:" + hashlib.sha256(raw).hexdigest(),
        message_id=message_id,
        references=_references(mail),
        from_address=address[:254],
        from_name=name[:200],
        to=header(mail, "To")[:500],
        subject=mask_cards(header(mail, "Subject"))[:300],
        date=_date(mail),
        text=text_of(mail),
        files=tuple(_files(mail)),
        is_automatic=_is_automatic(mail),
    )


def opened(raw: bytes) -> Parsed:
    """The mail with its parts; where they cannot be told apart (broken boundaries, thousands in each other) only its
    headers. One such mail must not keep all that came after it from being fetched.
    """
    try:
        return message_from_bytes(raw)
    except Exception:  # noqa: BLE001 - the parser of the standard library gives up in many ways
        return BytesHeaderParser().parsebytes(raw)


def header(mail: Parsed, name: str) -> str:
    """A header in words, on one line, without control characters; "" where there is none."""
    value = mail.get(name)
    if value is None:
        return ""
    pieces = []
    try:
        for piece, charset in decode_header(str(value) if not isinstance(value, str) else value):
            pieces.append(piece if isinstance(piece, str) else decoded(piece, charset or ""))
    except Exception:  # noqa: BLE001 - decode_header gives up on broken words; then they are shown as they came
        pieces = [str(value)]
    sound = "".join(pieces).encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(c if c.isprintable() or c == "\u3000" else " " for c in sound).split())


def decoded(data: bytes, charset: str) -> str:
    """Bytes as text by what the sender says, else by what fits; ISO-2022-JP is known by its escapes."""
    said = charset.strip("\"' ").lower()
    tries = [_MEANT.get(said, said), *_GUESSES]
    if b"\x1b$" in data:
        tries.insert(0, "iso2022_jp_ext")
    for name in tries:
        try:
            return data.decode(name)
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode(tries[0] if b"\x1b$" in data else "utf-8", "replace")


def _first_id(text: str) -> str:
    found = _ID.search(text)
    return found.group() if found else ""


def _references(mail: Parsed) -> tuple[str, ...]:
    """The mails this one answers, oldest first."""
    found = _ID.findall(header(mail, "References")) + _ID.findall(header(mail, "In-Reply-To"))
    return tuple(dict.fromkeys(found))[-50:]


def _sender(mail: Parsed) -> tuple[str, str]:
    for name in ("From", "Reply-To", "Sender"):
        for who, address in getaddresses([header(mail, name)]):
            if "@" in address:
                return who, address.strip().lower()
    return "", ""


def _date(mail: Parsed) -> dt.datetime | None:
    try:
        at = parsedate_to_datetime(str(mail.get("Date", "")))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    at = at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at
    return at if 1990 <= at.year <= 2100 else None


def _is_automatic(mail: Parsed) -> bool:
    """An out-of-office note, a newsletter, another machine: nobody waits for an answer (RFC 3834)."""
    submitted = header(mail, "Auto-Submitted").lower()
    if submitted and submitted != "no":
        return True
    if header(mail, "X-Autoreply") or header(mail, "X-Autorespond") or header(mail, "List-Id"):
        return True
    return header(mail, "Precedence").lower() in ("bulk", "junk", "list", "auto_reply")


def text_of(mail: Parsed) -> str:
    """The words: the plain parts, or where there are none the HTML ones without their marks."""
    plain, rich = [], []
    for part in _leaves(mail):
        if file_name(part) or part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain":
            plain.append(content_text(part))
        elif kind == "text/html":
            rich.append(plain_of(content_text(part)))
    text = "\n\n".join(piece.strip("\r\n") for piece in (plain or rich) if piece.strip())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = "".join(c for c in text if c in "\n\t\u3000" or c.isprintable())
    return mask_cards(_GAPS.sub("\n\n\n", text))[:LONGEST_TEXT]


def content_text(part: Parsed) -> str:
    """What a part says."""
    data = part.get_payload(decode=True)
    return decoded(data, _charset(part)) if isinstance(data, bytes) else str(part.get_payload())


def _charset(part: Parsed) -> str:
    try:
        return str(part.get_content_charset() or "")
    except (LookupError, UnicodeError, ValueError, TypeError):
        return ""


def _leaves(mail: Parsed) -> Iterator[Parsed]:
    for part in mail.walk():
        if not part.is_multipart():
            yield part


def _files(mail: Parsed) -> Iterator[Attached]:
    """Everything with a name, everything said to be attached, and pictures."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        kind = _printable(part.get_content_type())
        name = file_name(part)
        if not name and part.get_content_disposition() != "attachment" and kind.startswith("text/"):
            continue
        data = part.get_payload(decode=True)
        size = len(data) if isinstance(data, bytes) else 0
        yield Attached(number, name or f"part-{number}", kind, size)


def file_name(part: Parsed) -> str:
    """The name of a file without any path; "" where it has none."""
    try:
        name = part.get_filename() or ""
    except (LookupError, UnicodeError, ValueError, TypeError):
        return ""
    if "=?" in name:
        holder = Parsed()
        holder["X"] = name
        name = header(holder, "X")
    name = name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/").rpartition("/")[2]
    return _printable(name).strip(". ")[:150]


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def part_of(raw: bytes, number: int) -> bytes | None:
    """The content of one file of a mail, by its `part`; None if there is none."""
    for place, part in enumerate(opened(raw).walk()):
        if place == number:
            data = part.get_payload(decode=True)
            return data if isinstance(data, bytes) else None
    return None


class _Words(HTMLParser):
    """The words of an HTML page: no scripts, no styles, a new line where a block ends."""

    _BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote", "ul", "ol", "hr"})
    _SILENT = frozenset({"script", "style", "head", "title", "template"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SILENT:
            self._silent += 1
        elif tag in self._BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in self._BLOCKS - {"br", "hr"}:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(" ".join(data.split(" ")).replace("\n", " "))


def plain_of(page: str) -> str:
    """An HTML mail as plain text; nothing of it is ever shown as HTML."""
    reader = _Words()
    try:
        reader.feed(page)
        reader.close()
    except Exception:  # noqa: BLE001 - broken marks: what was read until there is shown
        reader.pieces.append("")
    lines = [" ".join(line.split()) for line in "".join(reader.pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
