"""Japanese of the catalogue."""

from __future__ import annotations

JA: dict[str, str] = {
    "From stock": "在庫品",
    "Ordered in": "取寄せ",
    "Pre-order": "予約",
    "Made to order": "受注生産",
    "Standard rate": "標準税率",
    "Reduced rate": "軽減税率",
    "Exempt": "免税",
    "Not taxable": "非課税",
    "Outside the tax": "不課税",
}
