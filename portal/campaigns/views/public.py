"""What anybody reads: the campaigns, one with its entries, an entry's posted result."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.access import asks
from portal.accounts.queries import regions_seen
from portal.campaigns import permissions
from portal.campaigns.actions.refusals import NotFinished
from portal.campaigns.models import Campaign, Entry, Submission
from portal.campaigns.queries import entries, pages, sheets, steering, tasks
from portal.campaigns.queries.standards import standard_in
from portal.campaigns.rules.record import recomputed
from portal.tools.chain.canonical import canonical
from portal.tools.ui.words import day_words

from . import wording
from .loading import campaign_for, readable_entry, turn_of


@asks(permissions.may_anyone_read_campaigns)
@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    context = {
        "campaigns": pages.campaigns(),
        "counties": regions_seen(request.user, permissions.COUNTY, timezone.localdate()),
    }
    return render(request, "campaigns/campaigns.html", context)


@asks(permissions.may_anyone_read_campaigns)
@require_safe
def campaign(request: HttpRequest, code: str) -> HttpResponse:
    chosen, at = campaign_for(request, code), timezone.now()
    mine = tasks.tasks_of(
        request.user, at, entrants=permissions.ENTRANTS, officers=permissions.OFFICERS
    )
    context = {
        "campaign": chosen,
        "standard": standard_in(chosen),
        "stages": stages_of(chosen),
        "lines": pages.entry_lines(chosen, at),
        "tasks": mine.of(chosen),
        "may_steer": permissions.may_steer(request.user, chosen),
    }
    return render(request, "campaigns/campaign.html", context)


@asks(permissions.may_read_entry)
@require_safe
def entry(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    chosen = readable_entry(request, code, compound)
    submission = entries.submission_of(chosen)
    if submission is None:
        return render(request, "campaigns/entry_draft.html", _draft(chosen, timezone.now()))
    return render(request, "campaigns/entry.html", _shown(request, chosen, submission))


@asks(permissions.may_read_entry)
@require_safe
def entry_json(request: HttpRequest, code: str, compound: str) -> HttpResponse:
    """The posted result as campaign-entry/1: its SHA-256 stands in the notice."""
    result = pages.result_of(readable_entry(request, code, compound))
    if result is None:
        raise Http404
    response = HttpResponse(canonical(result.value), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{code}-{compound}.json"'
    return response


def _draft(chosen: Entry, at: datetime) -> dict[str, object]:
    """The draft to be looked through, with what it lacks, before it is submitted."""
    standard = standard_in(chosen.campaign)
    marks, files = entries.draft_of(chosen), entries.files_of(chosen)
    lacking = NotFinished(steering.submission_faults(chosen, marks, set(files)))
    return {
        "entry": chosen,
        "is_open": steering.is_open_for_entry(chosen.campaign, at),
        "lacking": wording.refusal(lacking, standard),
        "seen": entries.hash_of_draft(marks, files),
        "sections": sheets.draft_lines(chosen, standard, at),
    }


def _shown(request: HttpRequest, chosen: Entry, submission: Submission) -> dict[str, object]:
    """An entrant sees its own words at any time, but scores only once the result is posted."""
    result, standard = pages.result_of(chosen), standard_in(chosen.campaign)
    judges = permissions.may_judge(request.user, chosen.compound)
    scorings = entries.latest_scorings(chosen) if judges or result else {}
    reckoned = recomputed(result.value) if result else entries.total_of(chosen)
    return {
        "entry": chosen,
        "submission": submission,
        "standard": standard,
        "sections": sheets.sections_of(chosen, standard, submission, scorings, reckoned),
        "summary": sheets.summary_of(standard, reckoned) if judges or result else None,
        "posted": pages.posted_of(result, timezone.now()) if result else None,
        "result": result,
        "award": pages.award_of(chosen),
        "reads_files": permissions.may_read_entry(request.user, chosen),
        "scores": turn_of(request, chosen) is not None,
    }


def stages_of(chosen: Campaign) -> list[tuple[str, str, str]]:
    """The stages in order, each with the day up to which it is meant to last."""
    found = []
    for stage in Campaign.Stage:
        name = pages.STAGE_DAYS.get(stage)
        note = day_words(getattr(chosen, name)) if name else ""
        found.append((stage.value, str(stage.label), note))
    return found
