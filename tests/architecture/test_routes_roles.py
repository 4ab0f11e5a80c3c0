"""REL-13: every route × every role, nobody and tokens, as the written matrix says; a route without an entry fails."""

from __future__ import annotations

import pytest
from django.http import HttpResponseBase
from django.test import Client

from akinai.foundation.accounts.models import Staff
from akinai.foundation.core.permissions import Role, all_permissions
from tests.builders.accounts import api_client, client_for, make_staff

from .route_walk import MATRIX, Route, routes

ROUTES = routes()
LOGIN = "/login/"


def test_rel_13_every_route_is_in_the_matrix_as_it_is() -> None:
    """A new route needs a line in routes.toml, and a line says exactly what the code says."""
    wanted = {r.name: r.line for r in ROUTES}
    wrong = [
        f'"{name}" = "{wanted[name]}"   # the matrix says: {MATRIX["routes"].get(name, "nothing")}'
        for name in wanted
        if MATRIX["routes"].get(name) != wanted[name]
    ]
    gone = sorted(set(MATRIX["routes"]) - set(wanted))
    assert wrong == [], "\n".join(["", *wrong])
    assert gone == [], f"the matrix names routes that do not exist: {gone}"


@pytest.mark.django_db
@pytest.mark.parametrize("route", ROUTES, ids=[r.name for r in ROUTES])
def test_rel_13_who_may(route: Route) -> None:
    """Really asked, with every method, by everybody; things that do not exist may be 404, nothing may be 500."""
    entry = MATRIX["routes"].get(route.name, "missing")
    permission, _, listed = entry.partition(": ")
    staff = {role: make_staff(role) for role in Role}
    for method in route.methods:
        _ask(Client(), route, method, may=entry == "public", who="nobody")
        for role, person in staff.items():
            may = entry in ("public", "signed_in") or role in listed.split()
            _ask(_fresh(person), route, method, may=may, who=role)
        for who, client, scopes in _tokens(permission):
            may = entry == "public" or (route.is_api and (entry == "signed_in" or permission in scopes))
            _ask(client, route, method, may=may, who=who)


def _fresh(person: Staff) -> Client:
    person.refresh_from_db()
    return client_for(person)


def _tokens(permission: str) -> list[tuple[str, Client, set[str]]]:
    """A token with exactly the scope, and one with every other."""
    open_to_tokens = {p.name for p in all_permissions().values() if p.scope}
    others = open_to_tokens - {permission}
    exact = open_to_tokens & {permission}
    return [("token with the scope", api_client(*exact), exact), ("token of all others", api_client(*others), others)]


def _ask(client: Client, route: Route, method: str, *, may: bool, who: str) -> None:
    kwargs = {"content_type": "application/json", "data": "{}"} if route.is_api and method != "GET" else {}
    answer = client.generic(method, route.path, **kwargs)
    said = f"{method} {route.path} by {who}: {answer.status_code}"
    assert answer.status_code < 500, said
    assert _refused(answer) != may, said


def _refused(answer: HttpResponseBase) -> bool:
    to_log_in = answer.status_code == 302 and answer.headers["Location"].startswith(f"{LOGIN}?next=")
    return answer.status_code in (401, 403) or to_log_in
