from __future__ import annotations

from pathlib import Path

import pytest

from akinai.foundation.documents import pdf
from akinai.foundation.documents.errors import PaperFault
from akinai.foundation.documents.glyphs import GETA, MissingGlyph, covered, prepare, printable

from .reading import text_of


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Use a template of the test's own as `documents/specimen`."""

    def use(source: str) -> str:
        sheet = tmp_path / "foundation/documents/papers/sheet.typ"
        sheet.parent.mkdir(parents=True)
        sheet.write_bytes((pdf.ROOT / "foundation/documents/papers/sheet.typ").read_bytes())
        (tmp_path / "specimen.typ").write_text(
            '#import "/foundation/documents/papers/sheet.typ": *\n#let data = json(bytes(sys.inputs.data))\n' + source,
            encoding="utf-8",
        )
        monkeypatch.setattr(pdf, "ROOT", tmp_path)
        monkeypatch.setattr(pdf, "template_path", lambda _name: "specimen.typ")
        return "documents/specimen"

    return use


ONE_EACH = "#show: sheet-text\n#for p in data.pages { page(p.text) }"


def test_text_copies_exactly(paper) -> None:
    """Names with rare forms, and codes between Japanese, come out of the file as they went in."""
    text = "渡邉 髙子 様 注文2026年AK-100245番 ～「」①㈱ 﨑"
    assert text_of(pdf.render_pdf(paper(ONE_EACH), [{"text": text}])) == [text]


def test_what_customers_type_is_never_code(paper) -> None:
    text = '#panic("x") $x^2$ *bold* _it_ @ref <label> \\ // /* `raw`'
    assert text_of(pdf.render_pdf(paper(ONE_EACH), [{"text": text}])) == [text]


def test_long_documents_keep_their_order_and_tell_progress(paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "BUNDLE", 4)
    steps: list[tuple[int, int]] = []
    made = pdf.render_pdf(
        paper(ONE_EACH), [{"text": f"page {n}"} for n in range(10)], progress=lambda *step: steps.append(step)
    )
    assert text_of(made) == [f"page {n}" for n in range(10)]
    assert steps == [(4, 10), (8, 10), (10, 10)]


def test_missing_characters_are_marked_and_reported(paper) -> None:
    made = pdf.render(paper(ONE_EACH), [{"text": "田中"}, {"text": "絵😀文字"}])
    assert text_of(made.pdf) == ["田中", f"絵{GETA}文字"]
    assert made.missing == (MissingGlyph(1, "😀", "絵😀文字"),)


def test_the_font_covers_what_shops_write() -> None:
    assert set("髙﨑①㈱～※〒〓々〆ヶ々邉邊齋斎凜é№℃±") <= covered()


@pytest.mark.parametrize(
    ("text", "printed", "missing"),
    [
        ("か\u3099き", "がき", []),
        ("a\u200bb\u0007c", "abc", []),
        ("葛\U000e0100城", "葛城", ["葛\U000e0100"]),
        ("❤\ufe0f", GETA, ["❤"]),
        ("二行\nです", "二行\nです", []),
    ],
)
def test_marks_without_ink_are_left_out(text: str, printed: str, missing: list[str]) -> None:
    assert printable(text) == (printed, missing)


def test_every_text_inside_the_data_is_looked_at() -> None:
    report: list[MissingGlyph] = []
    data = prepare({"a": ["x😀", {"b": ("y", 1, None, True)}]}, 3, report)
    assert data == {"a": [f"x{GETA}", {"b": ["y", 1, None, True]}]}
    assert [(m.page, m.char) for m in report] == [(3, "😀")]


def test_a_template_that_fails_says_so_to_the_log_only(paper) -> None:
    with pytest.raises(PaperFault) as caught:
        pdf.render_pdf(paper("#panic(data.pages.first().text)"), [{"text": "秘密"}])
    assert "panicked" in caught.value.detail
    assert "秘密" not in str(caught.value)


def test_a_template_cannot_read_outside_the_program(paper) -> None:
    with pytest.raises(PaperFault):
        pdf.render_pdf(paper('#read("/../../etc/hostname")'), [{}])


def test_no_pages_and_no_template_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        pdf.render_pdf("fulfillment/delivery_note", [])
    with pytest.raises(LookupError):
        pdf.render_pdf("fulfillment/nothing", [{}])
