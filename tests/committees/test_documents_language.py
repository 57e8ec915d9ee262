"""What is frozen is Chinese, whatever the clerk who presses the button reads."""

import pytest
from django.utils import translation

from portal.publicity.models import Publicity
from tests.factories import meetings

pytestmark = pytest.mark.django_db


def test_notice_and_candidates_are_frozen_in_chinese_by_an_english_reading_clerk(cast):
    with translation.override("en"):
        meetings.published(cast.compound, cast.li)
    texts = [f"{one.title} {one.body}" for one in Publicity.objects.filter(compound=cast.compound)]
    assert len(texts) == 2
    assert all("Publicity" not in text and "Vote" not in text for text in texts)
    assert any("候选人" in text for text in texts)


def test_the_result_is_frozen_in_chinese_by_an_english_reading_clerk(cast):
    with translation.override("en"):
        meetings.counted(cast.compound, cast.li)
    sheet = Publicity.objects.filter(compound=cast.compound, kind=Publicity.Kind.RESULT).get()
    assert "参与人数" in str(sheet.body)
