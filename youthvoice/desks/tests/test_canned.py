"""Canned replies: leads keep them, fields are filled, and none is sent unread."""

import pytest

from tests.factories import MONDAY, ask, member
from youthvoice.cases.tests.working import own
from youthvoice.desks import actions
from youthvoice.desks.actions import KEPT_MOST
from youthvoice.desks.models import Canned
from youthvoice.desks.queries.canned import draft
from youthvoice.journal.models import Entry
from youthvoice.orgs.choices import Role
from youthvoice.questions.models import Answer

pytestmark = pytest.mark.django_db
TEXT = "关于“{title}”，{body}会在{due}前给你准信。"


@pytest.fixture
def lead(house):
    return member(house.city, Role.LEAD)


@pytest.fixture
def canned(house):
    return Canned.objects.create(organisation=house.city, title="先回一句", text=TEXT)


def keep(organisation, by, *, reply=None, title="先回一句", text=TEXT):
    return actions.keep_reply(
        organisation=organisation, reply=reply, title=title, text=text, by=by, at=MONDAY
    )


# --- Keeping them ------------------------------------------------------------------------


def test_a_lead_keeps_changes_and_drops_a_reply(house, lead):
    reply = keep(house.city, lead)
    keep(house.city, lead, reply=reply, text="另一句。")
    assert Canned.objects.get().text == "另一句。"
    for _again in range(2):
        actions.drop_reply(reply=reply, by=lead, at=MONDAY)

    assert Canned.objects.count() == 0
    verbs = [entry.verb for entry in Entry.objects.filter(actor=lead.pk).order_by("seq")]
    assert verbs == ["case.reply_kept", "case.reply_kept", "case.reply_dropped"]


def test_only_leads_of_the_body_keep_its_replies(house, canned):
    for other in (member(house.city), member(house.county, Role.LEAD)):
        with pytest.raises(actions.UnableToKeep, match="只有带班的人"):
            keep(house.city, other, title="另一条")
        with pytest.raises(actions.UnableToKeep, match="只有带班的人"):
            actions.drop_reply(reply=canned, by=other, at=MONDAY)


def test_no_name_stands_twice_and_no_list_is_endless(house, lead, canned):
    with pytest.raises(actions.UnableToKeep, match="已经有一条叫这个名字"):
        keep(house.city, lead)
    assert keep(house.city, lead, reply=canned) == canned
    Canned.objects.bulk_create(
        Canned(organisation=house.city, title=f"第{n}条", text="…") for n in range(KEPT_MOST - 1)
    )
    with pytest.raises(actions.UnableToKeep, match="最多存 60 条"):
        keep(house.city, lead, title="再一条")


def test_what_was_dropped_meanwhile_is_not_changed(house, lead, canned):
    Canned.objects.all().delete()

    with pytest.raises(actions.UnableToKeep, match="刚刚被删了"):
        keep(house.city, lead, reply=canned)


def test_the_page_of_replies(client, house, lead, canned):
    url = "/desk/tuan-410100/canned/"
    client.force_login(member(house.city))
    shown = client.get(url).text
    assert "先回一句" in shown
    assert f"{url}{canned.pk}/" not in shown
    assert client.post(url, {"title": "一条", "text": "…"}).status_code == 403
    assert client.get(f"{url}{canned.pk}/").status_code == 403
    assert client.post(f"{url}{canned.pk}/drop/").status_code == 403

    client.force_login(lead)
    refused = client.post(url, {"title": "一条", "text": "{name} 你好"})
    assert refused.status_code == 422
    assert "没有这样的字段：{name}。" in refused.text
    assert client.post(url, {"title": "先回一句", "text": "…"}).status_code == 422
    assert client.post(url, {"title": "一条", "text": "{title}"}).status_code == 302
    assert client.post(f"{url}{canned.pk}/", {"title": "换名", "text": "…"}).status_code == 302
    assert client.post(f"{url}{canned.pk}/drop/").status_code == 302
    assert [reply.title for reply in Canned.objects.all()] == ["一条"]


def test_nobody_changes_the_replies_of_another_body(client, house, canned):
    url = f"/desk/tuan-410122/canned/{canned.pk}/"
    client.force_login(member(house.county, Role.LEAD))

    assert client.get(url).status_code == 404
    assert client.post(f"{url}drop/").status_code == 404
    assert client.get("/desk/tuan-410100/canned/").status_code == 403


# --- Answering with one ------------------------------------------------------------------


def test_fields_are_filled_and_what_the_asker_wrote_is_no_field(house, canned):
    question = ask(title="工资{body}怎么算")

    assert (
        draft(canned, own(question))
        == "关于“工资{body}怎么算”，团郑州市委全称会在3月2日前给你准信。"
    )


def test_a_draft_goes_out_only_when_it_was_changed_or_read(client, house, canned):
    question = ask()
    client.force_login(member(house.city))
    url = f"/cases/{question.pk}/"
    form = client.get(url, {"canned": canned.pk}).context["forms"]["reply"]
    text, begun_with = form.initial["text"], form.initial["begun_with"]
    assert question.title in text

    def post(**given):
        seen = {"version": "1", "mark": own(question).mark}
        return client.post(f"{url}reply/", {**seen, **given})

    for unread in (
        {"text": text, "begun_with": begun_with},
        {"text": f" {text}\n", "begun_with": begun_with},
        {"text": text, "begun_with": ""},
    ):
        response = post(**unread)
        assert response.status_code == 422
        assert "这是常用回复的原样" in response.text
        assert "我看过了，就这样发" in response.text
    assert Answer.objects.count() == 0

    assert post(text=text, begun_with=begun_with, is_read="on").status_code == 302
    assert Answer.objects.get().text == text


def test_a_draft_that_was_changed_goes_out(client, house, canned):
    question = ask()
    client.force_login(member(house.city))
    sent = {"version": "1", "mark": own(question).mark, "text": draft(canned, own(question)) + "好"}

    assert client.post(f"/cases/{question.pk}/reply/", sent).status_code == 302


def test_another_body_s_reply_is_no_draft(client, house, canned):
    question = ask(region="410122")
    client.force_login(member(house.county))

    shown = client.get(f"/cases/{question.pk}/", {"canned": canned.pk})

    assert shown.context["replies"] == []
    assert shown.context["forms"]["reply"].initial == {}
