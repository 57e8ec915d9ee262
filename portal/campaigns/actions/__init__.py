"""What is done in a campaign: one function, one verb."""

from .entering import (
    Draft,
    Edit,
    Mark,
    attach_file,
    drop_file,
    enter,
    save_draft,
    save_self_score,
    submit_entry,
)
from .opening import CampaignPlan, advance, open_campaign
from .publishing import award, publish_results
from .scoring import Sheet, VetoWords, say_veto, score_entry

__all__ = [
    "CampaignPlan",
    "Draft",
    "Edit",
    "Mark",
    "Sheet",
    "VetoWords",
    "advance",
    "attach_file",
    "award",
    "drop_file",
    "enter",
    "open_campaign",
    "publish_results",
    "save_draft",
    "save_self_score",
    "say_veto",
    "score_entry",
    "submit_entry",
]
