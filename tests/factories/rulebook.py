"""The rulebook, loaded for a test."""

from datetime import date

from portal.rulebook.models import Rule

ROWS = [
    ("voting.participation", "2/3", ">="),
    ("voting.ordinary", "1/2", ">"),
    ("voting.special", "3/4", ">="),
    ("party.share.target", "1/2", ">"),
    ("meeting.notice.days", "15", ">="),
    ("publicity.candidates.days", "10", ">="),
    ("publicity.result.days", "7", ">="),
    ("voting.days.min", "5", ">="),
    ("voting.days.max", "60", "<="),
    ("term.years.min", "3", ">="),
    ("term.years.max", "5", "<="),
]


def load() -> None:
    for key, value, operator in ROWS:
        Rule.objects.create(
            key=key,
            region="cn",
            title=key,
            value=value,
            operator=operator,
            authority="《民法典》",
            article="第278条",
            effective_from=date(2021, 1, 1),
            confidence="H",
        )
