"""The program's routes, and some that only tests have: views that fail, an API that counts what it did."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpResponse
from django.urls import path
from ninja import Router, Schema
from ninja.responses import Status

from akinai.config import urls
from akinai.foundation.accounts.api import AkinaiApi
from akinai.foundation.accounts.idempotency import idempotent
from akinai.foundation.accounts.models import LoginThrottle
from akinai.foundation.core import clock
from akinai.foundation.core.errors import BadInput, Conflict, NotFound, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import Role, declare, public, requires, signed_in

WRITE = declare("tests.write", "テスト", [Role.ORDER], scope=True)
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500

ERRORS: dict[str, Exception] = {
    "refused": Refused(["入金がまだです", "在庫がありません"]),
    "conflict": Conflict("鈴木さんが先に更新しました", changes=["11/27 → 11/28"]),
    "bad": BadInput("日付ではありません", field="date"),
    "gone": NotFound("その受注はありません"),
}


@signed_in
def failing(request: AkinaiRequest, kind: str) -> HttpResponse:
    raise ERRORS[kind]


def says_nothing(request: AkinaiRequest) -> HttpResponse:
    return HttpResponse("never seen")


@public
def broken(request: AkinaiRequest) -> HttpResponse:
    raise ZeroDivisionError


@public
def echo(request: AkinaiRequest) -> HttpResponse:
    return HttpResponse(str(len(request.POST)))


class Thing(Schema):
    """What is posted."""

    name: str
    fail: str = ""
    slow: float = 0


router = Router()


@router.post("/things", response={201: dict[str, Any]})
@idempotent
@requires(WRITE)
def make_thing(request: AkinaiRequest, payload: Thing) -> Status[dict[str, Any]]:
    """Leaves a row, so that tests can count effects; then fails if it is told to."""
    made = done(payload.name)
    time.sleep(payload.slow)
    if payload.fail == "broken":
        raise ZeroDivisionError
    if payload.fail:
        raise ERRORS[payload.fail]
    return Status(201, {"id": made.pk, "name": payload.name})


@router.get("/things/{thing_id}")
@signed_in
def read_thing(request: AkinaiRequest, thing_id: int) -> dict[str, int]:
    return {"id": thing_id}


def done(name: str) -> LoginThrottle:
    """Any table does for counting effects; this one has no rules of its own."""
    now = clock.now()
    return LoginThrottle.objects.create(key=f"{name}{LoginThrottle.objects.count()}", last_at=now, free_at=now)


api = AkinaiApi(title="tests", version="t", urls_namespace="tests-api")
api.add_router("", router)

urlpatterns = [
    *urls.urlpatterns,
    path("failing/<str:kind>/", failing),
    path("says-nothing/", says_nothing),
    path("broken/", broken),
    path("echo/", echo),
    path("api/t/", api.urls),
]
