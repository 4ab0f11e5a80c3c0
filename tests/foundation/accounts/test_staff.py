"""People come, change and leave."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from akinai.foundation.accounts import selectors, services
from akinai.foundation.accounts.models import Staff
from akinai.foundation.audit.models import AuditEntry
from akinai.foundation.core.actor import SYSTEM, Actor
from akinai.foundation.core.errors import BadInput, NotFound, Refused
from akinai.foundation.core.permissions import Role
from tests.builders.accounts import PASSWORD, client_for, make_staff, make_token

pytestmark = pytest.mark.django_db
OWNER = Actor("staff:1", "佐藤")


def create(**changes: str) -> Staff:
    given = {
        "login": "Suzuki@Example.jp",
        "display_name": "鈴木 一郎",
        "role": "order",
        "password": PASSWORD,
        **changes,
    }
    return services.create_staff(OWNER, **given)


def test_new_staff_signs_in_with_one_form_of_the_name() -> None:
    staff = create(login=" Ｓuzuki@Example.jp ")
    assert (staff.login, staff.role, staff.is_active) == ("suzuki@example.jp", "order", True)
    assert staff.check_password(PASSWORD)


def test_the_audit_knows_who_was_added_and_no_password() -> None:
    staff = create()
    entry = AuditEntry.objects.get(action="accounts.create_staff")
    assert (entry.actor, entry.subject) == ("staff:1", staff.key)
    assert PASSWORD not in str(entry.detail)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("login", "  "),
        ("login", "x" * 255),
        ("display_name", ""),
        ("display_name", "長" * 61),
        ("role", "king"),
        ("language", "fr"),
        ("password", "short"),
    ],
)
def test_what_cannot_be_used_is_said_at_its_field(field: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        create(**{field: value})
    assert refused.value.field == field
    assert not Staff.objects.exists()


def test_a_login_name_belongs_to_one_person() -> None:
    create()
    with pytest.raises(BadInput) as refused:
        create(login="SUZUKI@example.jp")
    assert (refused.value.field, refused.value.code) == ("login", "login_taken")


def test_the_database_knows_the_roles_too() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Staff.objects.create(login="x", display_name="x", role="king")


def test_first_owner_only_while_nobody_exists() -> None:
    assert selectors.no_staff_yet()
    first = services.create_first_owner(SYSTEM, login="owner", display_name="店主", password=PASSWORD)
    assert (first.role, selectors.no_staff_yet()) == (Role.OWNER, False)
    with pytest.raises(Refused) as refused:
        services.create_first_owner(SYSTEM, login="other", display_name="店主", password=PASSWORD)
    assert refused.value.code == "already_set_up"


def test_the_last_owner_stays_owner_and_at_work() -> None:
    owner = make_staff(Role.OWNER, login="owner")
    make_staff(Role.OWNER, login="gone", is_active=False)
    with pytest.raises(Refused):
        services.stop_staff(OWNER, staff_id=owner.pk)
    with pytest.raises(Refused):
        services.change_staff(OWNER, staff_id=owner.pk, login="owner", display_name="佐藤", role="manager")
    owner.refresh_from_db()
    assert (owner.role, owner.is_active) == ("owner", True)


def test_one_of_two_owners_may_leave() -> None:
    first, second = make_staff(Role.OWNER), make_staff(Role.OWNER)
    services.stop_staff(OWNER, staff_id=first.pk)
    with pytest.raises(Refused):
        services.stop_staff(OWNER, staff_id=second.pk)


def test_a_new_role_counts_from_the_next_click() -> None:
    person = make_staff(Role.OWNER)
    make_staff(Role.OWNER)
    client = client_for(person)
    assert client.get("/settings/staff/").status_code == 200
    services.change_staff(OWNER, staff_id=person.pk, login=person.login, display_name="佐藤", role="viewer")
    assert client.get("/settings/staff/").status_code == 403


def test_unknown_account_is_not_found() -> None:
    with pytest.raises(NotFound):
        services.stop_staff(OWNER, staff_id=4711)


def test_preferences_are_kept_and_spoken() -> None:
    person = make_staff("viewer", language="ja")
    client = client_for(person)
    assert "自分の設定" in client.get("/me/").content.decode()
    client.post("/me/preferences/", {"language": "en", "theme": "dark"})
    page = client.get("/me/").content.decode()
    assert "My settings" in page
    assert 'data-bs-theme="dark"' in page


def test_the_bar_keeps_language_with_the_account() -> None:
    person = make_staff("viewer", language="ja")
    client_for(person).post("/preferences/", {"language": "en"})
    person.refresh_from_db()
    assert person.language == "en"


def test_owner_adds_changes_stops_and_opens_by_the_pages() -> None:
    client = client_for("owner")
    form = {"display_name": "田中", "login": "tanaka", "role": "warehouse", "language": "ja", "password": PASSWORD}
    assert client.post("/settings/staff/add/", form).status_code == 302
    tanaka = Staff.objects.get(login="tanaka")
    page = f"/settings/staff/{tanaka.pk}/"
    assert client.post(page, {"display_name": "田中 花", "login": "tanaka", "role": "order"}).status_code == 302
    client.post(f"{page}stop/")
    tanaka.refresh_from_db()
    assert (tanaka.display_name, tanaka.role, tanaka.is_active) == ("田中 花", "order", False)
    client.post(f"{page}start/")
    tanaka.refresh_from_db()
    assert tanaka.is_active


def test_a_refused_form_keeps_what_was_typed_and_never_the_password() -> None:
    client = client_for("owner")
    form = {"display_name": "田中", "login": "tanaka", "role": "order", "language": "ja", "password": "みじかい"}
    answer = client.post("/settings/staff/add/", form)
    assert answer.status_code == 422
    assert 'value="田中"' in answer.content.decode()
    assert "みじかい" not in answer.content.decode()


def test_mass_assignment_changes_nothing_else() -> None:
    """ASVS 15.3.3: fields the form does not have are not taken."""
    client = client_for(make_staff("viewer", login="viewer"))
    client.post("/me/preferences/", {"language": "ja", "theme": "auto", "role": "owner", "is_active": "0"})
    assert Staff.objects.get(login="viewer").role == "viewer"


def test_the_last_owner_is_told_so_on_the_page() -> None:
    owner = make_staff("owner")
    answer = client_for(owner).post(f"/settings/staff/{owner.pk}/stop/")
    assert answer.status_code == 409
    assert "責任者が一人は必要です" in answer.content.decode()


@pytest.mark.parametrize("path", ["/settings/staff/", "/settings/tokens/"])
def test_lists_take_the_same_queries_for_one_and_three(path: str) -> None:
    client = client_for("owner")
    make_token("x")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(path)
    for _ in range(2):
        make_staff("viewer")
        make_token("x")
    with CaptureQueriesContext(connection) as three:
        client.get(path)
    assert len(one) == len(three)
