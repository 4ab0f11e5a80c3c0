"""`akinai import-orders`: a dry run without a store, the import, and what it answers to programs."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import pytest

from akinai.backoffice.orders.models import Order
from akinai.config.commands import import_orders
from akinai.foundation.core.errors import BadInput, NotFound
from akinai.workbench.generate import generate_orders
from tests.builders.channels import orders_file, shop_and_store, template_file
from tests.builders.order_files import yahoo, yahoo_items

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_orders, "ensure_data_folder", lambda: 0)


def call(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    """Exit code and result."""
    parser = ArgumentParser()
    import_orders.add_arguments(parser)
    code = import_orders.run(parser.parse_args([*map(str, arguments), "--json"]))
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def kept(folder: Path, content: bytes, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_dry_run_shows_each_fault_and_stores_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, result = call(capsys, "--preset", "nextengine", "--dry-run", kept(tmp_path, template_file()))
    assert (code, result["rows"], result["orders"], result["accepted"]) == (1, 1, 1, 0)
    assert {(e["row"], e["column"], e["code"]) for e in result["errors"]} == {
        (2, "受注日", "bad_date"),
        (2, "商品計", "goods_do_not_add_up"),
        (2, "AN", "surplus_empty"),
    }
    assert Order.objects.count() == 0


def test_a_generated_file_comes_in_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop_and_store()
    path = kept(tmp_path, generate_orders(count=30, irregular=0.3, seed=7))
    for created in (30, 0):
        code, result = call(capsys, "--store", "mall", "--preset", "nextengine", path)
        assert (code, result["orders"], result["accepted"], result["created"]) == (0, 30, 30, created)
        assert result["errors"] == []
    assert Order.objects.count() == 30


def test_yahoo_takes_its_two_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [kept(tmp_path, yahoo(), "orders.csv"), kept(tmp_path, yahoo_items(), "items.csv")]
    code, result = call(capsys, "--preset", "yahoo", "--dry-run", *files)
    assert (code, result["orders"], result["accepted"]) == (0, 1, 1)


def test_without_a_store_only_a_dry_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = kept(tmp_path, orders_file(1))
    with pytest.raises(BadInput):
        call(capsys, "--preset", "nextengine", path)
    with pytest.raises(NotFound):
        call(capsys, "--preset", "nextengine", "--store", "nowhere", path)
    with pytest.raises(BadInput):
        call(capsys, "--preset", "nextengine", "--dry-run", tmp_path / "nothing.csv")
    with pytest.raises(BadInput):
        call(capsys, "--mapping", "x", "--dry-run", path)


def test_a_broken_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop_and_store()
    code, result = call(capsys, "--store", "mall", "--preset", "nextengine", kept(tmp_path, b'"x'))
    assert (code, result["accepted"], result["errors"][0]["row"]) == (1, 0, 0)


def test_it_is_a_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "akinai.config.cli", "import-orders", "--help"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "--dry-run" in done.stdout
