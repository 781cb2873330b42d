"""A telephone in the hand: asking for codes and typing them in."""

from tests.factories import MONDAY
from youthvoice.kit.clock import start_of_month
from youthvoice.people.models import Phone
from youthvoice.people.phones import numbers

NUMBER, OTHER = "13812340078", "13912340099"
START, CODE, JOIN, MINE = (f"/accounts/phone/{page}" for page in ("", "code/", "join/", "mine/"))


def give(person, number):
    Phone.objects.create(
        person=person,
        digest=numbers.digest(number),
        ending=number[-2:],
        added_at=start_of_month(MONDAY),
    )


def ask(client, number=NUMBER, **kwargs):
    return client.post(START, {"number": number}, **kwargs)


def type_in(client, code):
    return client.post(CODE, {"code": code})


def who(client):
    return client.session.get("_auth_user_id")


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06d}"
