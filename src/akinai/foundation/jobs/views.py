"""Watching one piece of work, and stopping it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.actor import Actor
from akinai.foundation.core.errors import NotFound
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import signed_in
from akinai.foundation.ui.responses import go_to, page_or_partial, safe_next

from . import progress as shown
from . import selectors, services
from .models import Job


def _job_for(actor: Actor, job_id: int, *, stopping: bool = False) -> Job:
    """The job, if this person may watch (or stop) it; else NotFound."""
    job = selectors.job(job_id)
    if job is None or not (shown.may_stop if stopping else shown.may_see)(actor, job):
        raise NotFound(_("There is no such job."))
    return job


@require_GET
@signed_in
def progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far the work is: a page of its own, and the fragment that pages show and ask for again."""
    actor = cast(AkinaiRequest, request).actor
    job = _job_for(actor, job_id)
    return page_or_partial(request, "jobs/progress.html", {"job": shown.as_progress(job, actor)}, partial="bar")


@require_POST
@signed_in
def cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stop the work. What is already done stays done."""
    actor = cast(AkinaiRequest, request).actor
    _job_for(actor, job_id, stopping=True)
    services.cancel(actor, job_id=job_id)
    return go_to(request, safe_next(request, request.path.removesuffix("cancel/")))
