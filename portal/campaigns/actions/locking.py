"""What every act on an entry does first: hold its campaign in its stage, take the entry alone.

Always in this order, the campaign before the entry: nothing waits in a circle.
"""

from portal.campaigns.models import Campaign, Entry, Result

from .refusals import NotSubmitted, WrongStage


def campaign_alone(campaign: Campaign) -> Campaign:
    """The campaign's row, locked against every other step, and against writing entries."""
    rows = Campaign.objects.select_for_update(of=("self",), no_key=True).select_related(
        "standard", "region"
    )
    return rows.get(pk=campaign.pk)


def entry_alone(entry: Entry) -> Entry:
    """The entry's row locked after its campaign's; its `campaign` is the locked row."""
    campaign = campaign_alone(entry.campaign)
    rows = Entry.objects.select_for_update(of=("self",), no_key=True).select_related(
        "compound__region"
    )
    entry = rows.get(compound_id=entry.compound_id, pk=entry.pk)
    entry.campaign = campaign
    return entry


def judged_alone(entry: Entry, *stages: str) -> Entry:
    """The submitted entry alone, in one of `stages` and before its result was posted."""
    entry = entry_alone(entry)
    if entry.campaign.stage not in stages or _has_result(entry):
        raise WrongStage(entry.campaign.stage)
    if not entry.submission.exists():
        raise NotSubmitted
    return entry


def _has_result(entry: Entry) -> bool:
    return Result.objects.filter(compound_id=entry.compound_id, entry=entry).exists()
