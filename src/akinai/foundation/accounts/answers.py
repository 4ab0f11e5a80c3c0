"""What a person or program gets instead of the page: sentences in their language, with the right status.

One answer in three forms: JSON for programs, a fragment for htmx, a full page for everybody else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from ninja.utils import check_csrf as ninja_check_csrf

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import AkinaiError, BadInput, Conflict, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import all_permissions

from . import routes, selectors

log = logging.getLogger("akinai.answers")
#: What the page's script says aloud when htmx does not swap the answer in; percent-encoded UTF-8.
SAID = "HX-Akinai-Said"
LONGEST_SAID = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """A refusal or failure in words: `title` says what, `sentences` why, `todo` what to do now."""

    status: int
    code: str
    title: str
    sentences: Sequence[str] = ()
    todo: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def respond(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The answer in the form the caller can read."""
    if wants_json(request):
        return JsonResponse({"error": as_json(answer)}, status=answer.status)
    response = render(request, _template(request), {"answer": answer, "back": _back(request)}, status=answer.status)
    if is_htmx(request):
        response.headers[SAID] = quote(" ".join([answer.title, *answer.sentences]).strip()[:LONGEST_SAID])
    return response


def _back(request: HttpRequest) -> str:
    """The page somebody came from, if it is one of ours and not this one."""
    came_from = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if own and came_from != request.build_absolute_uri() else ""


def _template(request: HttpRequest) -> str:
    """A fragment for htmx; the frame with its menu only for who is signed in."""
    if is_htmx(request):
        return "accounts/answer_fragment.html"
    actor: Actor | None = getattr(request, "actor", None)
    inside = actor is not None and actor.key.startswith("staff:")
    return "accounts/answer.html" if inside else "accounts/answer_bare.html"


def as_json(answer: Answer) -> dict[str, Any]:
    """The body of an API error."""
    message = " ".join([answer.title, *answer.sentences])
    return {"code": answer.code, "message": message, "reasons": list(answer.sentences), **answer.extra}


def wants_json(request: HttpRequest) -> bool:
    """True for the API and for callers that accept JSON and no HTML."""
    accept = request.headers.get("Accept", "")
    return routes.is_api(request) or ("application/json" in accept and "text/html" not in accept)


def is_htmx(request: HttpRequest) -> bool:
    """True if htmx will put the answer into a page; read from the header because middleware may not have run."""
    return request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """Who is not signed in goes to the log-in page and comes back; programs get 401."""
    if wants_json(request):
        answer = Answer(401, "unauthorized", _("Sign in, or send a valid API token."))
        response = respond(request, answer)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=401)
        response.headers["HX-Redirect"] = resolve_url(settings.LOGIN_URL)
        return response
    back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return redirect_to_login(back, resolve_url(settings.LOGIN_URL))


def forbidden(request: AkinaiRequest, permission: str) -> HttpResponse:
    """No permission: says what is missing and who can."""
    label = str(all_permissions()[permission].label)
    sentences = [_("Your account may not do this: %(what)s.") % {"what": label}]
    if not wants_json(request):
        names = _(", ").join(selectors.names_who_may(permission))
        sentences.append(_("People who can: %(names)s.") % {"names": names})
    return respond(
        request,
        Answer(403, "forbidden", _("You can't do this"), sentences, extra={"permission": permission}),
    )


def untagged(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse:
    """A route that says nothing about who it is for is a programming error: refused, and loud while developing."""
    name = f"{view.__module__}.{getattr(view, '__qualname__', type(view).__name__)}"
    if settings.AKINAI_STRICT_ROUTES:
        raise ImproperlyConfigured(f"{name} declares no permission; use @requires, @signed_in or @public")
    log.error("%s declares no permission and was refused", name)
    return respond(request, Answer(403, "forbidden", _("You can't do this"), [_("Nobody may open this page yet.")]))


def check_csrf(request: HttpRequest, view: Callable[..., Any]) -> HttpResponseBase | None:
    """API calls by session cookie need the CSRF token like any form; ninja marks its views exempt."""

    def guarded() -> None:  # the check skips views marked exempt, so it is shown one that is not
        return None

    return csrf_failure(request) if ninja_check_csrf(request, guarded) is not None else None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old. Named in settings as CSRF_FAILURE_VIEW."""
    todo = _("Go back, reload the page and send it again. What you typed may still be there.")
    return respond(request, Answer(403, "csrf", _("This page was open for too long"), [], todo))


def refusal(request: HttpRequest, error: AkinaiError) -> HttpResponse:
    """An error of ours in the form the caller can read; nothing was changed."""
    return respond(request, answer_for(error))


def answer_for(error: AkinaiError) -> Answer:
    """The words of an error."""
    if isinstance(error, Refused):
        return Answer(error.status, error.code, _("This was not done"), [str(r) for r in error.reasons])
    if isinstance(error, Conflict):
        lines = [str(error.sentence), *map(str, error.changes)]
        todo = _("Open it again and decide on what it says now.")
        return Answer(error.status, error.code, _("Somebody else was first"), lines, todo)
    if isinstance(error, BadInput):
        extra = {"field": error.field} if error.field else {}
        return Answer(error.status, error.code, _("Something can't be used as it is"), [str(error)], extra=extra)
    title = _("Not found") if error.status == 404 else _("This was not done")
    return Answer(error.status, error.code, title, [str(error.sentence)])


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    sentence = _("There is no such page, or what it showed is gone.")
    return respond(request, Answer(404, "not_found", _("Not found"), [sentence]))


def only_a_button(request: HttpRequest) -> HttpResponse:
    """An address that only takes what a form sends was opened like a page."""
    sentence = _("This address belongs to a button and shows nothing by itself. Nothing was changed.")
    todo = _("Open the page where the button is, from the menu or by searching.")
    return respond(request, Answer(405, "method_not_allowed", _("Not a page"), [sentence], todo))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400: too much data is 413, everything else that can't be read is 400."""
    if isinstance(exception, RequestDataTooBig):
        mega = (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // (1024 * 1024)
        sentence = _("At most %(mega)s MB can be sent at once. Split the file or shorten the text.") % {"mega": mega}
        return respond(request, Answer(413, "too_large", _("That is too much at once"), [sentence]))
    sentence = _("What arrived can't be read. Nothing was changed.")
    return respond(request, Answer(400, "bad_request", _("This request can't be read"), [sentence]))


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return respond(request, Answer(403, "forbidden", _("You can't do this"), []))


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: asks nothing of database or session, which may be what broke."""
    lines = [_("The fault is ours, not yours. Nothing half done was kept.")]
    answer = Answer(500, "server_error", _("Something broke here"), lines, _("Try again in a minute."))
    if wants_json(request):
        return JsonResponse({"error": as_json(answer)}, status=500)
    return render(None, "accounts/server_error.html", {"answer": answer}, status=500)
