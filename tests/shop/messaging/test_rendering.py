"""The template engine: MAIL-2 and R23."""

from __future__ import annotations

import pytest

from akinai.shop.messaging.kinds import vocabulary
from akinai.shop.messaging.rendering import Variable, leftovers, one_line, parse, problems_of, render

KNOWN = vocabulary(
    Variable("name", "name"),
    Variable("remark", "remark"),
    Variable("lines", "lines", "", (Variable("item", "item"), Variable("qty", "qty"))),
)


def test_values_rows_and_blocks_are_filled() -> None:
    template = "{{name}} 様\n{{#lines}}\n・{{item}} × {{qty}}\n{{/lines}}\n{{?remark}}\n備考 {{remark}}\n{{/remark}}\n"
    values = {"name": "佐々木", "remark": "", "lines": [{"item": "湯呑", "qty": "2"}, {"item": "急須", "qty": "1"}]}
    assert render(template, values).text == "佐々木 様\n・湯呑 × 2\n・急須 × 1\n"
    assert render(template, {**values, "remark": "急ぎ"}).text.endswith("備考 急ぎ\n")


@pytest.mark.parametrize(("value", "shown"), [("3", "ある"), ("0", "ない"), ("", "ない"), (None, "ない")])
def test_a_block_shows_only_with_a_value(value: str | None, shown: str) -> None:
    assert render("{{?remark}}ある{{/remark}}{{^remark}}ない{{/remark}}", {"remark": value}).text == shown


def test_mail_2_a_known_variable_without_value_is_missing_and_stays_visible() -> None:
    made = render("{{name}}: {{remark}} {{remark}}", {"name": "佐々木", "remark": None})
    assert made.missing == ("remark",)
    assert made.text == "佐々木: {{remark}} {{remark}}"


def test_mail_2_what_a_block_leaves_out_is_not_missing() -> None:
    assert render("{{?remark}}{{remark}}{{/remark}}", {"remark": None}).missing == ()


def test_mail_2_values_are_text_and_never_looked_into() -> None:
    made = render("備考 {{remark}}", {"remark": "{{name}} {{#lines}} 100%", "name": "x"})
    assert made.text == "備考 {{name}} {{#lines}} 100%"
    assert made.missing == ()


@pytest.mark.parametrize(
    "template",
    [
        "{{nmae}}",
        "{{item}}",
        "{{lines}}",
        "{{#name}}x{{/name}}",
        "{{#lines}}{{nothing}}{{/lines}}",
        "{{#lines}}x",
        "x{{/lines}}",
        "{{#lines}}{{?name}}{{/lines}}{{/name}}",
        "{{ 名前 }}",
        "{{name",
        "name}}",
        "{{}}",
    ],
)
def test_mail_2_an_unsound_template_is_named(template: str) -> None:
    """R23 a missing field is a validation error."""
    assert problems_of(template, KNOWN)


def test_a_sound_template_has_no_problem() -> None:
    assert problems_of("{{ name }} {single} {{#lines}}{{item}}{{name}}{{/lines}}{{^remark}}-{{/remark}}", KNOWN) == []


def test_a_broken_template_is_still_rendered_without_a_fault() -> None:
    parts, problems = parse("{{#lines}}{{/name}}{{?x}}")
    assert problems and parts
    assert isinstance(render("{{#lines}}{{/name}}{{?x}}", {}).text, str)


def test_text_for_a_header_is_one_line() -> None:
    assert one_line("佐々木\r\nBcc: x@example.com\x00 綾乃") == "佐々木 Bcc: x@example.com 綾乃"


def test_mail_2_unfilled_names_in_a_written_text_are_found() -> None:
    assert leftovers("{{reply_due}}までに {{ new_date }} {{reply_due}}") == ["reply_due", "new_date"]
