"""Who asks, whether they may, and errors as answers people can read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError
from akinai.foundation.core.http import AkinaiRequest

from . import answers, routes, sessions, tokens
from .models import Staff

ANONYMOUS = Actor("anonymous", "")


class ActorMiddleware(MiddlewareMixin):
    """Sets `request.actor` from the session or, under /api/, from a bearer token; speaks the person's language."""

    def process_request(self, request: AkinaiRequest) -> HttpResponseBase | None:
        """Refuse what no database can hold, then find out who asks."""
        request.actor = ANONYMOUS
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return answers.bad_request(request)
        header = request.headers.get("Authorization", "")
        if routes.is_api(request) and header:
            request.actor = tokens.actor_of(header) or ANONYMOUS
            return None
        self._from_session(request)
        return None

    def _from_session(self, request: AkinaiRequest) -> None:
        user = request.user
        if not isinstance(user, Staff) or not user.is_authenticated:
            return
        if sessions.is_over(request.session):
            logout(request)
            return
        # A page left open asks for the live stream and for its live parts by itself: no sign of a person
        if request.path != "/events/stream" and "X-Akinai-Live" not in request.headers:
            sessions.touch(request.session, user)
        request.actor = user.actor
        translation.activate(user.language)
        request.LANGUAGE_CODE = translation.get_language() or "ja"

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pages of people who are signed in stay out of every cache: shop computers are shared (ASVS 14.3.2)."""
        actor: Actor = getattr(request, "actor", ANONYMOUS)
        if actor is not ANONYMOUS and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response


class AccessMiddleware(MiddlewareMixin):
    """Deny by default: a view runs only if it says who it is for and the actor is one of them (REL-13)."""

    def process_view(
        self, request: AkinaiRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """None lets the view run."""
        need = routes.permission_of(view, request.method or "GET")
        if isinstance(need, routes.Untagged):
            return answers.untagged(request, view)
        if need is None:
            return None
        if request.actor is ANONYMOUS:
            return answers.sign_in_first(request)
        if need and not request.actor.may(need):
            return answers.forbidden(request, need)
        if routes.is_api(request) and request.actor.key.startswith("staff:"):
            return answers.check_csrf(request, view)
        return None


class ErrorMiddleware(MiddlewareMixin):
    """An `AkinaiError` raised in a view becomes its status with sentences: a page, a fragment or JSON; never a 500."""

    def process_exception(self, request: AkinaiRequest, error: Exception) -> HttpResponseBase | None:
        """Other errors go on to Django."""
        return answers.refusal(request, error) if isinstance(error, AkinaiError) else None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The address of a button, opened by itself (typed, or kept from a form that was refused), is no white page."""
        if response.status_code != 405 or request.method != "GET" or routes.is_api(request):
            return response
        page = answers.only_a_button(request)
        page.headers["Allow"] = response.headers.get("Allow", "")
        return page
