"""What a reader may rely on in every file of the program."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .layers import PACKAGE, ROOT, source_files

BANNED_NAMES = {"utils", "helpers", "common", "misc", "manager", "handler", "data"}
#: inline code and style break the content security policy; htmx and Alpine run without eval
BANNED_IN_TEMPLATES = {
    "inline style": re.compile(r"\sstyle\s*=|<style\b", re.I),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']|hx-on", re.I),
    "script in an address": re.compile(r"javascript:|[\"']js:", re.I),
}
FAMILIES = "GEN|ORD|INV|TAX|SHP|LAW|PAY|REM|CS|MAIL|NL|AN|REL"
RULE_ID = re.compile(rf"\b((?:{FAMILIES})-\d+[a-z]?)\b")
RULE_IN_TEST_NAME = re.compile(rf"def test_({FAMILIES.lower()})_(\d+[a-z]?)_")


def test_modules_say_what_they_are() -> None:
    assert [p for p in source_files(".py") if p.stem in BANNED_NAMES or p.parent.name in BANNED_NAMES] == []


@pytest.mark.parametrize("what", sorted(BANNED_IN_TEMPLATES))
def test_templates_hold_no(what: str) -> None:
    pattern = BANNED_IN_TEMPLATES[what]
    found = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in source_files(".html")
        if not _is_for_mail(path)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


def _is_for_mail(path: Path) -> bool:
    return "mail" in path.parts


def test_imports_stand_at_the_top() -> None:
    """Only `ready()` in apps.py may import late, after the app registry is complete."""
    found = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in source_files(".py")
        if path.name != "apps.py"
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_nobody_asks_the_machine_for_the_time() -> None:
    """GEN-1 Time comes from core.clock, so that a test or a demo can hold it still."""
    pattern = re.compile(r"datetime\.now\(|timezone\.now\(|auto_now|date\.today\(|\bdt\.datetime\.now\(")
    clock = PACKAGE / "foundation" / "core" / "clock.py"
    assert [p for p in source_files(".py") if p != clock and pattern.search(p.read_text(encoding="utf-8"))] == []


def test_every_rule_named_is_described() -> None:
    """Each rule id in code and tests has its line in docs/rules."""
    described = {
        rule
        for path in (ROOT / "docs" / "rules").glob("*.md")
        for rule in re.findall(r"^- `([A-Z]+-\d+[a-z]?)`", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named: dict[str, str] = {}
    for path in [*source_files(".py"), *sorted((ROOT / "tests").rglob("*.py"))]:
        for rule in _rules_in(path.read_text(encoding="utf-8")):
            named.setdefault(rule, str(path.relative_to(ROOT)))
    assert {rule: path for rule, path in named.items() if rule not in described} == {}


def _rules_in(text: str) -> set[str]:
    in_names = {f"{family.upper()}-{number}" for family, number in RULE_IN_TEST_NAME.findall(text)}
    return in_names | set(RULE_ID.findall(text))


def test_no_file_names_an_address_of_a_package_index() -> None:
    lock_files = [*ROOT.glob("requirements*.lock"), ROOT / "package-lock.json"]
    assert [p.name for p in lock_files if re.search(r"://|resolved|index-url", p.read_text(encoding="utf-8"))] == []


def test_every_icon_used_is_in_the_sprite() -> None:
    """A name that icons.txt lacks would draw nothing."""
    known = set((PACKAGE / "foundation" / "ui" / "icons.txt").read_text(encoding="ascii").split())
    in_template = re.compile(r"\{%\s*icon\s+[\"']([\w-]+)[\"']")
    in_code = re.compile(r"\bicon=[\"']([\w-]+)[\"']")
    used = {
        (name, str(path.relative_to(PACKAGE)))
        for suffix, pattern in ((".html", in_template), (".py", in_code))
        for path in source_files(suffix)
        for name in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert sorted((name, path) for name, path in used if name not in known) == []


def test_what_the_build_makes_is_up_to_date() -> None:
    """A stale stamp means that the suite runs against yesterday's texts or assets."""
    done = subprocess.run([sys.executable, "hatch_build.py", "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run `make` (or python hatch_build.py)"
