"""Mail addresses as they come in orders."""

from __future__ import annotations

import pytest

from akinai.foundation.core.errors import BadInput
from akinai.shop.messaging import addresses


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("taka@example.jp", "taka@example.jp"),
        ("  ｔａｋａ＠ｅｘａｍｐｌｅ．ｊｐ ", "taka@example.jp"),
        ("Taka.Ko+shop@Example.JP", "Taka.Ko+shop@example.jp"),
        ("taka..ko@docomo.ne.jp", "taka..ko@docomo.ne.jp"),
        ("taka.@ezweb.ne.jp", "taka.@ezweb.ne.jp"),
        ("a@日本語.jp", "a@xn--wgv71a119e.jp"),
    ],
)
def test_addresses_people_have(typed: str, kept: str) -> None:
    assert addresses.check(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "taka", "@example.jp", "taka@", "taka@example", "taka@exa mple.jp", "a@b.jp, c@d.jp", "a@b.jp\nBcc: c@d.jp",
        "たか@example.jp", "<a@b.jp>", '"a b"@example.jp', "a@-x.jp", "x" * 65 + "@example.jp",
        "a@" + "x" * 260 + ".jp",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        addresses.check(typed)


def test_local_parts_that_break_the_standard_are_quoted_on_the_way_out() -> None:
    assert addresses.quoted("taka..ko@docomo.ne.jp") == '"taka..ko"@docomo.ne.jp'
    assert addresses.quoted("taka.@ezweb.ne.jp") == '"taka."@ezweb.ne.jp'
    assert addresses.quoted("taka.ko@example.jp") == "taka.ko@example.jp"
