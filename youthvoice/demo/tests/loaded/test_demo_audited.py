"""`audit nameless` is silent in a house that everybody uses as they do: an alarm that always
rings is one that nobody hears."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import PASSWORD, SIGN_UP
from tests.namelessness.auditing import audited
from youthvoice.demo.choices import DemoRole, username_of
from youthvoice.people.devices.sessions import SessionStore
from youthvoice.people.models import User
from youthvoice.questions.models import Answer, Question

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.walk,
    pytest.mark.usefixtures("store"),
    pytest.mark.xdist_group("demo_house"),
]

PHONE = "Mozilla/5.0 (Linux; Android 13; Mobile) Chrome/107 Mobile Safari MicroMessenger/8.0"
LOOKED_AT = (
    *("/", "/me/bar/", "/ask/", "/desk/", "/accounts/data/", "/accounts/sessions/", "/accounts/"),
    *("/accounts/consents/", "/accounts/profile/", "/accounts/age/", "/accounts/email/"),
    *("/accounts/2fa/", "/mine/", "/moderation/queue/", "/admin/", "/pulse/", "/rates/"),
)
SAID = {
    "kind": "help", "field": "work", "region": "410100",
    "title": "试用期工资怎么算", "text": "入职第二个月，想问清楚。",
}  # fmt: skip
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


def browser(**extra):
    return Client(HTTP_HOST="localhost", HTTP_USER_AGENT=PHONE, **extra)


def use(client, number):
    """As people do: look around, say something with their name and without, and follow."""
    for path in LOOKED_AT:
        assert client.get(path).status_code < 500
    question = Question.objects.filter(deleted_at=None).order_by("-pk")[number]
    reply = Answer.objects.filter(deleted_at=None).order_by("-pk")[number]
    for path in (f"/q/{question.pk}/", f"/me/q/{question.pk}/", f"/q/{question.pk}/act/"):
        assert client.get(path).status_code == 200
    asked = []
    for key, name in (("a", "nameless"), ("b", "named")):
        sent = client.post("/ask/", SAID | {"key": f"{key}{number}" * 16, "name_choice": name})
        assert sent.status_code == 200
        asked.append(sent.context["question"])
        client.get(f"/q/{asked[-1].pk}/")
        client.get(f"/me/q/{asked[-1].pk}/")
    client.post(f"/q/{asked[0].pk}/comment/", {"text": "补充一句。"})
    client.post(f"/q/{asked[0].pk}/outcome/", {"outcome": "solved"})
    client.post(f"/q/{question.pk}/comment/", {"text": "我也想知道。"})
    client.post(f"/q/{question.pk}/answer/", {"text": "先看合同上怎么写的。"})
    client.post(f"/q/{question.pk}/follow/")
    client.post(f"/a/{reply.pk}/useful/")
    client.post(f"/report/question/{question.pk}/", {"reason": "spam", "note": ""})
    assert [q.is_nameless for q in asked] == [True, False]


def take_a_nameless_one():
    """Staff claim what somebody asked without a name."""
    new = {"region": "", "key": "c" * 32, "name_choice": "nameless"}
    question = browser().post("/ask/", SAID | new).context["question"]
    staff = browser()
    assert staff.post("/demo/sign-in/", {"role": DemoRole.DUTY}).status_code == 302
    page = staff.get(f"/cases/{question.pk}/").content.decode()
    form = page[page.index(f'action="/cases/{question.pk}/claim/"') :].partition("</form>")[0]
    assert staff.post(f"/cases/{question.pk}/claim/", dict(HIDDEN.findall(form))).status_code == 302
    assert question.case.lanes.get().person is not None


def sign_in(client, name, **more):
    sent = client.post("/accounts/login/", {"login": name, "password": PASSWORD} | more)
    assert sent.status_code == 302, sent.content.decode()[:300]


@pytest.fixture
def used(demo_house, held_reads):
    """Each role by its door, by the sign-in page with and without staying; and somebody new."""
    for number, role in enumerate(DemoRole.values):
        client = browser()
        assert client.post("/demo/sign-in/", {"role": role}).status_code == 302
        use(client, number)
        person = User.objects.get(username=username_of(role))
        person.set_password(PASSWORD)
        person.save()
        sign_in(browser(), person.username)
        client = browser()
        sign_in(client, person.username, remember="on")
        client.get("/me/bar/")
        if number % 2:
            client.post("/accounts/logout/")
    take_a_nameless_one()
    client = browser()
    names = {"username": "xiaowang", "nickname": "小王", "email": "xiaowang@example.cn"}
    passwords = {"password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/accounts/signup/", names | passwords | SIGN_UP).status_code == 302
    use(client, 9)
    client.post("/accounts/password/reset/", {"email": names["email"]})
    held_reads.flush()


def test_no_alarm_where_every_role_did_what_they_do(used):
    said, status = audited()

    assert (said.splitlines()[:-1], status) == ([], 0)
    assert "能联到人的线索 0 处" in said

    # The control: it is not silent because it sees nothing.
    row = Session.objects.order_by("pk").first()
    inside = SessionStore().decode(row.session_data)
    row.session_data = SessionStore().encode(inside | {"asked": [Question.objects.last().pk]})
    row.save()
    said, status = audited()
    assert (said.splitlines()[:-1], status) == (["sessions.session: holds asked"], 1)
