"""API posts that may be sent again: the first answer is kept and given again (REL-5, Stripe's contract).

The operation and the keeping of its answer are one transaction, so an answer that was given is an effect that is kept,
and a process that dies in between leaves neither. Who died holds the key for a few seconds only (the lease); whoever
takes over bumps the attempt, and the slower of two can't commit any more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import inspect
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.decorators import decorate_view

from akinai.foundation.core import clock
from akinai.foundation.core.db import guarded_update
from akinai.foundation.core.http import AkinaiRequest

from . import answers
from .models import IdempotentCall

log = logging.getLogger("akinai.api")
Run = Callable[..., HttpResponse]
OperationFunction = TypeVar("OperationFunction", bound=Callable[..., Any])
HEADER = "Idempotency-Key"
LONGEST_KEY = 255
#: Answers to a request that never started: sent again, it is looked at anew.
NOT_STARTED = frozenset({400, 401, 403, 405, 413, 415, 422, 429})


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to run a call: its row and the attempt that must still be the latest when it commits."""

    row: int
    attempt: str


class _OvertakenError(Exception):
    """Another request has taken the key over; what this one did is rolled back."""


def idempotent(operation: OperationFunction) -> OperationFunction:
    """Let callers send an operation again under the same `Idempotency-Key` header (up to 255 characters).

    Same key and same request: the first status and body again, errors of ours (500) too, with `Idempotent-Replayed`.
    Same key, other request: 422 `idempotency_key_reused`. While the first still runs: 409 `idempotency_in_progress`.
    Nothing is kept when the request was not valid, lost against somebody else, or the database was away.
    Without the header the operation runs as it is. Place it under the router's decorator and above `@requires`.
    """
    if inspect.iscoroutinefunction(operation):
        raise TypeError("idempotent operations run in one transaction and can't be async")
    marked: OperationFunction = decorate_view(_with_key)(operation)
    return marked


def _with_key(run: Run) -> Run:
    @wraps(run)
    def once(request: AkinaiRequest, **kwargs: Any) -> HttpResponse:
        key = request.headers.get(HEADER)
        if key is None:
            return run(request, **kwargs)
        if not key.strip() or len(key) > LONGEST_KEY:
            return _error(request, 400, "bad_idempotency_key", _("Idempotency-Key takes 1 to 255 characters."))
        got = _claim(request, key)
        return _run_claimed(got, run, request, kwargs) if isinstance(got, Claim) else got

    return once


def fingerprint(request: HttpRequest) -> str:
    """What makes two requests the same: method, path with query, and body, byte for byte."""
    head = f"{request.method} {request.get_full_path()}\n".encode("utf-8", "surrogateescape")
    return hashlib.sha256(head + request.body).hexdigest()


def prune() -> int:
    """Forget calls older than the setting says; returns how many."""
    limit = clock.now() - dt.timedelta(hours=settings.AKINAI_IDEMPOTENCY_HOURS)
    return IdempotentCall.objects.filter(created_at__lt=limit).delete()[0]


def _claim(request: AkinaiRequest, key: str) -> Claim | HttpResponse:
    """The right to run, or the answer that stands already."""
    mark, attempt, now = fingerprint(request), secrets.token_hex(16), clock.now()
    lease = now + dt.timedelta(seconds=settings.AKINAI_IDEMPOTENCY_LEASE_SECONDS)
    names = {"actor_key": request.actor.key, "key": key}
    try:
        with transaction.atomic():
            row = IdempotentCall.objects.create(
                **names, fingerprint=mark, attempt=attempt, lease_until=lease, created_at=now
            )
        return Claim(row.pk, attempt)
    except IntegrityError:
        known = IdempotentCall.objects.filter(**names).first()
    if known is None:
        return _in_progress(request)
    if known.fingerprint != mark:
        text = _("This Idempotency-Key was used for another request.")
        return _error(request, 422, "idempotency_key_reused", text)
    if known.status is not None:
        return _replay(known)
    mine = Q(attempt=known.attempt, status__isnull=True, lease_until__lt=now)
    row_set = IdempotentCall.objects.filter(pk=known.pk)
    taken_over = guarded_update(row_set, mine, attempt=attempt, lease_until=lease)
    return Claim(known.pk, attempt) if taken_over else _in_progress(request)


def _run_claimed(claim: Claim, run: Run, request: AkinaiRequest, kwargs: dict[str, Any]) -> HttpResponse:
    try:
        with transaction.atomic():
            response = run(request, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            elif not _keep(claim, response):
                raise _OvertakenError
    except _OvertakenError:
        return _in_progress(request)
    except (OperationalError, InterfaceError):
        _release(claim)
        raise
    except Exception:
        log.exception("API call failed: %s %s", request.method, request.path)
        response = answers.server_error(request)
    if response.status_code >= 400:
        _settle_failure(claim, response)
    return response


def _settle_failure(claim: Claim, response: HttpResponse) -> None:
    """An answer to something that ran is kept; a request that never started, or lost a race, leaves the key free."""
    if response.status_code in NOT_STARTED or getattr(response, "akinai_try_again", False):
        _release(claim)
    else:
        _keep(claim, response)


def _keep(claim: Claim, response: HttpResponse) -> bool:
    """Write the answer beside the effect; False if the attempt is not the latest any more."""
    rows = IdempotentCall.objects.filter(pk=claim.row)
    still_mine = Q(attempt=claim.attempt, status__isnull=True)
    body = response.content.decode()
    return guarded_update(rows, still_mine, status=response.status_code, body=body, lease_until=None)


def _release(claim: Claim) -> None:
    IdempotentCall.objects.filter(pk=claim.row, attempt=claim.attempt, status__isnull=True).delete()


def _replay(call: IdempotentCall) -> HttpResponse:
    response = HttpResponse(call.body, status=call.status, content_type="application/json; charset=utf-8")
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _in_progress(request: HttpRequest) -> HttpResponse:
    text = _("A request with this Idempotency-Key is still running. Send it again in a moment.")
    response = _error(request, 409, "idempotency_in_progress", text)
    response.headers["Retry-After"] = "1"
    return response


def _error(request: HttpRequest, status: int, code: str, sentence: str) -> HttpResponse:
    return answers.respond(request, answers.Answer(status, code, sentence))
