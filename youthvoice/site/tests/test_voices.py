"""Who speaks is said beside every name: an imitation of an office's differs at a glance."""

import re

import pytest

from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    asker_of,
    member,
)
from youthvoice.orgs.choices import OrgKind
from youthvoice.questions.actions import comment
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db

FALSE_FRIEND = "团郑卅市委"


def lines_of(html, kind="comment"):
    """The lines below comments, as words with single spaces."""
    found = re.findall(rf'<li class="{kind}".*?</li>', html, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_comments_say_whose_voice_they_are(client, house):
    government = OrganisationFactory(kind=OrgKind.GOVERNMENT, short_name="郑州市人社局")
    social = OrganisationFactory(kind=OrgKind.SOCIAL, short_name="志愿者协会")
    question = ask()
    for body in (house.city, government, house.experts, social):
        by = Viewer(member(body))
        comment(question=question, answer=None, text="好。", by=by, organisation=body, at=MONDAY)
    youth = Viewer(PersonFactory(nickname=FALSE_FRIEND))
    comment(question=question, answer=None, text="好。", by=youth, at=MONDAY)
    comment(question=question, answer=None, text="谢谢。", by=asker_of(question), at=MONDAY)

    html = client.get(question.get_absolute_url()).text

    voices = [line.split("。 ")[1].rsplit(" 回复")[0] for line in lines_of(html)]
    assert [voice.rsplit(" ", 1)[0] for voice in voices] == [
        "团郑州市委 团组织",
        "郑州市人社局 政府部门",
        "法律专家组 专家",
        "志愿者协会 社会力量",
        f"{FALSE_FRIEND} 青年",
        "提问者",
    ]
    # The mark is a body's alone, and its name leads to its page.
    marked = [
        one for one in re.findall(r'<li class="comment".*?</li>', html, re.S) if "ring" in one
    ]
    assert len(marked) == 4
    assert all("/orgs/" in one for one in marked)


def test_askers_and_peers_are_named_as_what_they_are(client, house):
    asker, peer = PersonFactory(nickname="团郑州市委"), PersonFactory(nickname=FALSE_FRIEND)
    question = ask(by=asker)
    answer(question, by=peer)
    desk = member(house.city)

    html = client.get(question.get_absolute_url()).text
    client.force_login(desk)
    pages = [
        html,
        client.get(f"/cases/{question.pk}/").text,
        client.get("/desk/", follow=True).text,
    ]

    said = re.compile(r'<span class="voice">青年</span>\s*<span>团郑州市委</span>')
    assert [bool(said.search(page)) for page in pages] == [True] * 3
    assert re.search(rf"{FALSE_FRIEND}</span>.*?青年互助", html, re.S)
