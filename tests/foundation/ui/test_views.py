"""Search over everything, language and brightness, saved views over HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from akinai.foundation.core.errors import BadInput, NotFound
from akinai.foundation.ui import registry, services
from akinai.foundation.ui.models import SavedView
from akinai.foundation.ui.registry import Hit, SearchProvider
from tests.builders.accounts import client_for
from tests.builders.ui import CLERK

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A provider that finds as many things as the text has letters."""
    items: registry.Registry[SearchProvider] = registry.Registry("search_providers")
    items.add(
        SearchProvider(
            "t", "試し", "box", "", lambda text, actor, limit: [Hit(f"/t/{i}/", text) for i in range(len(text))][:limit]
        )
    )
    monkeypatch.setattr("akinai.foundation.ui.search.search_providers", items)
    monkeypatch.setattr(registry, "search_providers", items)
    yield


@pytest.fixture
def client() -> Client:
    return client_for()


def test_a_single_hit_is_opened_at_once(client: Client, provider: None) -> None:
    answer = client.get("/search/", {"q": "x"})
    assert (answer.status_code, answer["Location"]) == (302, "/t/0/")


def test_several_hits_are_listed(client: Client, provider: None) -> None:
    answer = client.get("/search/", {"q": "<i>"})
    assert "&lt;i&gt;" in answer.content.decode()
    assert "/t/2/" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "x" * 5000])
def test_blank_and_endless_texts_are_no_fault(client: Client, provider: None, text: str) -> None:
    assert client.get("/search/", {"q": text}).status_code == 200


def test_htmx_gets_only_the_hits(client: Client, provider: None) -> None:
    answer = client.get("/search/", {"q": "xy"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "/t/1/" in answer.content.decode()


def test_language_and_brightness_are_kept(client: Client) -> None:
    answer = client.post("/preferences/", {"theme": "dark", "next": "/kit/?x=1"})
    assert answer["Location"] == "/kit/?x=1"
    assert answer.cookies["akinai_theme"].value == "dark"


@pytest.mark.parametrize("value", ["purple", "", "dark;x"])
def test_a_brightness_nobody_knows_is_ignored(client: Client, value: str) -> None:
    assert "akinai_theme" not in client.post("/preferences/", {"theme": value}).cookies


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "abc", "😀"])
def test_next_never_leads_away(client: Client, wanted: str) -> None:
    assert client.post("/preferences/", {"next": wanted})["Location"] == "/"


def test_a_view_is_saved_and_deleted(client: Client) -> None:
    client.post("/views/save/", {"list": "rows", "name": "朝", "query": "owner=a&owner=b&page=3", "next": "/kit/"})
    view = SavedView.objects.get(name="朝")
    assert view.query == {"owner": ["a", "b"]}
    assert client.post(f"/views/{view.pk}/delete/").status_code == 302
    assert not SavedView.objects.exists()


def test_somebody_elses_view_is_not_there(client: Client) -> None:
    view = services.save_view(CLERK, list_key="rows", name="x", query={})
    SavedView.objects.filter(pk=view.pk).update(owner="staff:999")
    assert client.post(f"/views/{view.pk}/delete/").status_code == 404
    with pytest.raises(NotFound):
        services.delete_view(CLERK, view_id=view.pk)


def test_a_view_without_a_name_is_refused_in_words(client: Client) -> None:
    assert client.post("/views/save/", {"list": "rows", "name": " ", "next": "/kit/"}).status_code == 302
    assert not SavedView.objects.exists()
    with pytest.raises(BadInput) as refused:
        services.save_view(CLERK, list_key="rows", name="x" * 61, query={})
    assert refused.value.field == "name"


def names(client: Client, path: str = "/customers/") -> list[str]:
    """The saved views on a list, from left to right."""
    page = client.get(path + "?view=all").content.decode()
    return re.findall(r'role="group" aria-label="([^"]+)"', page)


def test_a_shared_view_is_everybodys_tab_and_its_makers_or_a_managers_to_change() -> None:
    author, colleague, manager = client_for("order"), client_for("viewer"), client_for("manager")
    told = {"list": "customers", "query": "q=大阪", "next": "/customers/"}
    author.post("/views/save/", {**told, "name": "大阪の方", "shared": "1"})
    author.post("/views/save/", {**told, "name": "自分用"})
    assert names(author) == ["大阪の方", "自分用"] and names(colleague) == ["大阪の方"]
    shared, own = SavedView.objects.get(name="大阪の方"), SavedView.objects.get(name="自分用")
    for deed in ("delete", "share", "move"):
        assert colleague.post(f"/views/{shared.pk}/{deed}/").status_code == 409
        assert colleague.post(f"/views/{own.pk}/{deed}/").status_code == 404
        assert manager.post(f"/views/{own.pk}/{deed}/").status_code == 404
    assert author.post(f"/views/{own.pk}/share/", {"shared": "1"}).status_code == 302
    assert names(colleague) == ["大阪の方", "自分用"]
    assert manager.post(f"/views/{own.pk}/move/").status_code == 302
    assert manager.post(f"/views/{own.pk}/move/").status_code == 302, "at the left end it stays"
    assert names(colleague) == ["自分用", "大阪の方"]
    assert author.post(f"/views/{own.pk}/move/", {"to": "right"}).status_code == 302
    assert author.post(f"/views/{own.pk}/share/").status_code == 302
    assert manager.post(f"/views/{shared.pk}/delete/").status_code == 302
    assert names(colleague) == [] and names(author) == ["自分用"]


def test_a_list_opens_with_the_view_one_has_chosen_and_without_it_when_asked() -> None:
    author, colleague = client_for("order"), client_for("viewer")
    told = {"list": "customers", "query": "q=大阪", "name": "大阪の方", "shared": "1", "next": "/customers/"}
    author.post("/views/save/", told)
    view = SavedView.objects.get()
    first = {"list": "customers", "view": view.pk, "next": "/customers/"}
    assert colleague.post("/views/first/", first).status_code == 302
    assert colleague.get("/customers/").headers["Location"] == "/customers/?q=%E5%A4%A7%E9%98%AA"
    assert author.get("/customers/").status_code == 200, "for oneself alone"
    assert colleague.get("/customers/?view=all").status_code == 200
    assert 'href="/customers/?view=all"' in colleague.get("/customers/?q=大阪").content.decode(), "taking it away works"
    nobody = colleague.get("/customers/?q=大阪").content.decode()
    assert '<a class="btn" href="/customers/?view=all">' in nobody, "so does taking all away where nothing was found"
    colleague.post("/views/columns/", {"list": "customers", "column": ["phone"], "next": "/customers/"})
    assert colleague.get("/customers/").status_code == 302, "choosing columns leaves it"
    assert colleague.post("/views/first/", {**first, "view": "987654321"}).status_code == 404
    colleague.post("/views/first/", {**first, "view": ""})
    assert colleague.get("/customers/").status_code == 200
    colleague.post("/views/first/", first)
    author.post(f"/views/{view.pk}/share/")
    assert colleague.get("/customers/").status_code == 200, "a view taken back opens nothing"


def test_there_is_an_end_to_saved_views() -> None:
    for number in range(30):
        services.save_view(CLERK, list_key="rows", name=f"v{number}", query={})
    services.save_view(CLERK, list_key="rows", name="v0", query={"q": ["x"]})
    with pytest.raises(BadInput):
        services.save_view(CLERK, list_key="rows", name="one more", query={})


def test_the_kit_is_not_there_in_production(client: Client) -> None:
    assert client.get("/kit/").status_code == 404
