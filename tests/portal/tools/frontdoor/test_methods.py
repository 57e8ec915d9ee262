"""An address that only takes forms, opened by a link, leads to the page above."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("/campaigns/x/manage/publish/", "/campaigns/x/manage/"),
        ("/campaigns/x/entries/y/submit/", "/campaigns/x/entries/y/"),
        ("/fire/x/defects/YH-2026-0001/repair/", "/fire/x/defects/YH-2026-0001/"),
        ("/display/type-size/", "/"),
    ],
)
def test_the_page_above_is_offered(client, django_user_model, path, above):
    client.force_login(django_user_model.objects.create(name="某人", phone="+8610000001234"))
    answer = client.get(path)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert "只能提交" in page and f'href="{above}"' in page


def test_a_form_sent_where_none_is_taken_stays_a_bare_refusal(client):
    answer = client.post("/healthz")
    assert (answer.status_code, answer.content) == (405, b"")


@pytest.mark.parametrize("path", ["/rules/%00/", "/publicity/%00/1/", "/offices/%00/", "/%00"])
def test_nothing_is_called_by_a_nul(client, path, cast):
    client.force_login(cast.li)
    assert client.get(path).status_code == 404
