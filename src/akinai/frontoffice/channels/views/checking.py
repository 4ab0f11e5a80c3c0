"""An import: what was found, corrections, questions, taking in, and what became of each order."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from akinai.foundation.core.errors import AkinaiError, BadInput, Refused
from akinai.foundation.core.http import AkinaiRequest
from akinai.foundation.core.permissions import requires
from akinai.foundation.jobs import selectors as jobs
from akinai.foundation.ui.responses import safe_next
from akinai.foundation.ui.toasts import toast
from akinai.frontoffice.channels import permissions, screens, selectors, services
from akinai.frontoffice.channels.models import ImportRun
from akinai.frontoffice.channels.states import RunState
from akinai.frontoffice.channels.tables import ResultTable, preset_label, result_rows

#: How far the cells of a row may be posted; a longer row is none.
MOST_CELLS = 600


@requires(permissions.IMPORT)
@require_GET
def run(request: AkinaiRequest, run_id: int) -> HttpResponse:
    """The import as it stands: to be checked, running, or done with its results."""
    found = selectors.run(run_id)
    if found.preset == selectors.OWN and not found.mapping:
        return redirect("channels:columns", found.pk)
    return _page(request, found)


def _page(request: AkinaiRequest, run: ImportRun, *, status: int = 200, **more: Any) -> HttpResponse:
    faults = selectors.faults(run) if run.state != RunState.RUNNING else []
    rows = screens.faulty_rows(run, faults)
    context = {
        "run": run,
        "preset": preset_label(run.preset),
        "files": run.files.defer("content"),
        "tallies": screens.tallies(run.report.get("outcomes", {})),
        "whole_file": screens.whole_file(faults),
        "rows": rows[: screens.ROWS],
        "more_rows": max(len(rows) - screens.ROWS, 0),
        "corrections": run.corrections.all(),
        **_by_state(run),
        **more,
    }
    table = ResultTable.for_request(request, result_rows(run))
    return table.respond(request, "channels/run.html", context, status=status)


def _by_state(run: ImportRun) -> dict[str, Any]:
    if run.state == RunState.CHECKED:
        return {
            "to_take": screens.to_take(run),
            "words": screens.word_questions(run),
            "vouch": screens.vouch_questions(run),
            "asks_mails": selectors.asks_who_mails(run),
            "preview": run.report.get("preview", []),
        }
    if run.state == RunState.RUNNING:
        job = jobs.job(run.job_id) if run.job_id else None
        return {"job": job, "is_stuck": job is None or job.is_over}
    if run.state == RunState.DONE and run.refused:
        return {"words": screens.word_questions(run)}
    return {}


@requires(permissions.IMPORT)
@require_POST
def take_in(request: AkinaiRequest, run_id: int) -> HttpResponse:
    """Take the sound orders in; what is still to be answered is said first."""
    found = selectors.run(run_id)
    asked = selectors.asks_who_mails(found) or selectors.asks_to_vouch(found)
    try:
        if asked and found.state == RunState.CHECKED:
            raise Refused(_("Please answer the questions about this store first."))
        services.take_in(request.actor, found)
    except Refused as refused:
        return _page(request, selectors.run(run_id), status=422, refused=refused.reasons)
    return redirect("channels:run", run_id)


@requires(permissions.IMPORT)
@require_POST
def carry_on(request: AkinaiRequest, run_id: int) -> HttpResponse:
    """Go on with an import that was broken off."""
    services.carry_on(request.actor, selectors.run(run_id))
    return redirect("channels:run", run_id)


@requires(permissions.IMPORT)
@require_POST
def dismiss(request: AkinaiRequest, run_id: int) -> HttpResponse:
    """Put the orders aside that will not come in."""
    services.dismiss(request.actor, selectors.run(run_id))
    toast(request, _("Put aside. The file stays here."))
    return redirect(safe_next(request, reverse("channels:run", args=[run_id])))


@requires(permissions.IMPORT)
@require_POST
def correct(request: AkinaiRequest, run_id: int) -> HttpResponse:
    """Correct cells of one row in place, or take one out; the file is read again."""
    found = selectors.run(run_id)
    file, row = _number(request, "file"), _number(request, "row")
    try:
        if "remove" in request.POST:
            column = _number(request, "remove")
            services.remove_cell(request.actor, found, file=file, row=row, column=column)
        else:
            services.correct_cells(request.actor, found, file=file, row=row, cells=_cells(request))
    except (BadInput, Refused) as error:
        return _page(request, selectors.run(run_id), status=422, refused=[error.sentence])
    still = [f for f in selectors.faults(found) if (f.file, f.problem.row) == (file, row) and f.is_error]
    if not still:
        toast(request, _("Row %(row)s is corrected.") % {"row": row})
    return redirect(f"{reverse('channels:run', args=[run_id])}#{f'row-{file}-{row}' if still else 'faults'}")


def _number(request: AkinaiRequest, name: str) -> int:
    text = request.POST.get(name, "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 10**9


def _cells(request: AkinaiRequest) -> dict[int, str]:
    found = {}
    for index in range(MOST_CELLS):
        text = request.POST.get(f"c{index}")
        if text is not None:
            found[index] = text.replace("\r\n", "\n")
    return found


@requires(permissions.IMPORT)
@require_POST
def answer(request: AkinaiRequest, run_id: int) -> HttpResponse:
    """Keep what was answered about the store and its words, then read the file again with it."""
    found = selectors.run(run_id)
    try:
        _answer(request, found)
    except AkinaiError as error:
        return _page(request, selectors.run(run_id), status=422, refused=[error.sentence])
    services.examine_run(selectors.run(run_id))
    return redirect("channels:run", run_id)


def _answer(request: AkinaiRequest, run: ImportRun) -> None:
    if run.store is None or run.state not in (RunState.CHECKED, RunState.DONE):
        raise Refused(_("This file cannot be corrected any more."))
    for _label, questions in screens.word_questions(run):
        for question in questions:
            code = request.POST.get(question.name, "")
            if code:
                field = question.name.split("-")[1]
                services.map_words(request.actor, run.store, field=field, words={question.raw: code})
    vouched = {q.code: request.POST.get(f"vouch-{q.code}", "") for q in screens.vouch_questions(run)}
    said = {code: word == "yes" for code, word in vouched.items() if word in ("yes", "no")}
    if said:
        services.answer_vouching(request.actor, run.store, answers=said)
    if selectors.asks_who_mails(run) and request.POST.get("mails"):
        services.answer_who_mails(request.actor, run.store, answer=request.POST["mails"])
