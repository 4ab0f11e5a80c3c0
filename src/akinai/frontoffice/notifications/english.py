"""What English mails call carriers and services, others stay as the shop wrote them; and examples for previews."""

from __future__ import annotations

from akinai.shop.messaging.rendering import Variable

CARRIERS = {"yamato": "Yamato Transport", "sagawa": "Sagawa Express", "japanpost": "Japan Post"}
SERVICES = {
    "takkyubin": "TA-Q-BIN",
    "compact": "TA-Q-BIN Compact",
    "nekopos": "Nekopos",
    "cool_chilled": "Cool TA-Q-BIN (chilled)",
    "cool_frozen": "Cool TA-Q-BIN (frozen)",
    "hikyaku": "Hikyaku Takuhaibin",
    "yupack": "Yu-Pack",
    "yupacket": "Yu-Packet",
    "yupacket_plus": "Yu-Packet Plus",
    "letterpack_plus": "Letter Pack Plus",
    "letterpack_light": "Letter Pack Light",
    "clickpost": "Click Post",
}

#: Where the example of a variable is Japanese.
EXAMPLES = {
    "paid_on": "Tue 24 November",
    "ship_date": "Thu 26 November",
    "parcel_note": "The rest follows as soon as it is ready.",
    "reason": "the maker is late",
    "old_date": "Thu 26 November",
    "new_date": "Thu 3 December",
    "reply_due": "Fri 27 November",
    "refund_detail": "the order was cancelled",
    "refund_method": "bank transfer",
    "refund_on": "Thu 26 November",
    "freight_bearer": "paid by us (please send it cash on delivery)",
    "return_due": "Fri 4 December",
    "next_contact_on": "Fri 27 November",
    "order_numbers": "10471, 10472",
    "answer_by": "Wed 25 November, 10:00 (Japan time)",
}


def example_of(variable: Variable, language: str) -> str:
    """The example of a variable as a mail in that language would say it."""
    return EXAMPLES.get(variable.name, variable.example) if language == "en" else variable.example
