"""The letters that cms opens."""

import time_machine
from django.contrib.auth.models import Group

from cms import tasks
from cms.actions.site import EDITORS
from cms.models import NoticePage
from portal.publicity import queries
from portal.publicity.rules.clock import Phase
from portal.tools import jobs


def test_the_letter_of_an_announcement_posts_its_notice(cast, site, announce, letters, noon):
    publicity = announce(cast.compound)
    assert queries.with_state(publicity, noon).state.phase == Phase.ANNOUNCED
    with time_machine.travel(noon, tick=False):
        letters.deliver()
    assert NoticePage.objects.get(live=True).publicity == publicity.pk
    posted = queries.with_state(type(publicity).objects.get(), noon)
    assert (posted.state.phase, posted.publicity.start.get().live_at) == (Phase.RUNNING, noon)


def test_the_letter_opened_twice_posts_once(cast, site, announce, letters):
    publicity = announce(cast.compound)
    for _ in range(2):
        jobs.open_letter("cms.post_notice", {"publicity_id": str(publicity.pk)})
    assert NoticePage.objects.count() == 1


def test_a_letter_for_many_compounds_posts_each_at_its_own(cast, site, announce, letters):
    announce(cast.compound)
    announce(cast.other_compound)
    letters.deliver()
    assert sorted(NoticePage.objects.values_list("compound", flat=True)) == sorted(
        [cast.compound.pk, cast.other_compound.pk]
    )


def test_on_its_timetable_the_editors_are_todays_administrators(cast, site, noon):
    tasks.sync_editors(at=noon)
    assert list(Group.objects.get(name=EDITORS).user_set.all()) == [cast.sun]
