"""The frame of /api/v1: who calls, errors as JSON, and what every operation must say about itself.

An operation names its permission as pages do, and a token may call it if its scopes hold that permission:

    @router.post("/orders", response={201: OrderOut})
    @idempotent
    @requires(permissions.CREATE)
    def create_order(request: AkinaiRequest, payload: OrderIn) -> …
"""

from __future__ import annotations

import inspect
import json
from http import HTTPStatus
from typing import Any, NoReturn

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation, PathView
from ninja.parser import Parser
from ninja.security import HttpBearer

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError, Conflict
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import public, signed_in

from . import answers
from .middleware import ANONYMOUS

NOT_SAID = object()


class SignedInCaller(HttpBearer):
    """A bearer token, or the session of somebody at the screen; the middleware has found out who it is."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The caller; None is answered with 401."""
        actor: Actor = getattr(request, "actor", ANONYMOUS)
        return None if actor is ANONYMOUS else actor

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Not used: the middleware has read the header."""
        return self(request)


class StrictParser(Parser):
    """JSON without what no database column can hold: NUL, lone surrogates, NaN."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body; ValueError becomes 400."""
        parsed = json.loads(request.body, parse_constant=_refuse_constant)
        flat = json.dumps(parsed, ensure_ascii=False)
        flat.encode()
        if "\\u0000" in flat:
            raise ValueError("NUL in text")
        return parsed


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


class AkinaiApi(NinjaAPI):
    """NinjaAPI with our callers, parser and errors; its own pages (schema, root) are public."""

    def __init__(self, **options: Any) -> None:
        super().__init__(auth=SignedInCaller(), parser=StrictParser(), docs_url=None, **options)

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        """Errors in words; what is nobody's fault but ours goes on to Django."""
        if isinstance(exc, AkinaiError):
            response = answers.refusal(request, exc)
            response.akinai_try_again = isinstance(exc, Conflict)  # type: ignore[attr-defined]
            return response
        if isinstance(exc, ValidationError):
            return _validation_error(request, exc)
        if isinstance(exc, HttpError):
            code = HTTPStatus(exc.status_code).name.lower()
            return answers.respond(request, answers.Answer(exc.status_code, code, str(exc)))
        if isinstance(exc, Http404):
            return answers.not_found(request)
        raise exc

    def _get_urls(self) -> list[URLResolver | URLPattern]:
        """Ninja's routes, each carrying what the access middleware asks for."""
        urls: list[URLResolver | URLPattern] = super()._get_urls()
        for pattern in urls:
            view = pattern.callback
            path_view = inspect.getclosurevars(view).nonlocals.get("self") if inspect.isfunction(view) else None
            if isinstance(path_view, PathView):
                view.akinai_path_view = path_view  # type: ignore[union-attr]
                for operation in path_view.operations:
                    _describe(operation)
            elif view is not None:
                public(view)
        return urls


def _describe(operation: Operation) -> None:
    """Show in the schema which scope an operation needs; one that says nothing stops the start."""
    need = getattr(operation.view_func, "akinai_permission", NOT_SAID)
    if need is NOT_SAID:
        raise RuntimeError(f"API operation {operation.path} says no permission; use @requires, @signed_in or @public")
    operation.openapi_extra = {**(operation.openapi_extra or {}), "x-permission": need}


def _validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [{"field": ".".join(map(str, e["loc"])), "message": e["msg"]} for e in error.errors]
    lines = [f"{f['field']}: {f['message']}" for f in fields]
    answer = answers.Answer(422, "bad_input", "The request does not fit the schema.", lines, extra={"fields": fields})
    return answers.respond(request, answer)


router = Router(tags=["accounts"])


class Caller(Schema):
    """Who calls, and what they may do."""

    key: str
    name: str
    permissions: list[str]


@router.get("/me", response=Caller, summary="Who is calling")
@signed_in
def me(request: AkinaiRequest) -> Caller:
    """The token or person behind this call and the permissions held; for trying out a token."""
    actor = request.actor
    return Caller(key=actor.key, name=actor.label, permissions=sorted(actor.permissions))
