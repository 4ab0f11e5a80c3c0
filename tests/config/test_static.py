"""Static files come whole, by range, and not at all when the browser has them."""

from __future__ import annotations

import asyncio

from django.test import AsyncClient, Client

ADDRESS = "/static/vendor/htmx.min.js"


def test_a_file_is_served_with_its_type_and_age() -> None:
    response = Client().get(ADDRESS)
    assert response.status_code == 200
    assert response["content-type"].startswith("text/javascript")
    assert "max-age" in response["cache-control"]
    assert len(response.content) == int(response["content-length"])


def test_a_file_the_browser_has_is_not_sent_again() -> None:
    first = Client().get(ADDRESS)
    again = Client().get(ADDRESS, headers={"if-modified-since": first["last-modified"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_part_of_a_file_is_served() -> None:
    response = Client().get(ADDRESS, headers={"range": "bytes=0-9"})
    assert (response.status_code, len(response.content)) == (206, 10)


def test_a_file_is_served_under_asgi_without_a_warning() -> None:
    response = asyncio.run(AsyncClient().get(ADDRESS))
    assert response.status_code == 200
    assert not response.streaming
