"""What other packages and the pages ask of campaigns."""

from .states import CampaignState, awards_of, states

__all__ = ["CampaignState", "awards_of", "states"]
