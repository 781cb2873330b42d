"""The demo has a topic that the duty member made of what several people asked."""

import pytest

from youthvoice.demo.choices import DemoRole, username_of
from youthvoice.journal.models import Entry
from youthvoice.kit.recounting import recount
from youthvoice.people.models import User
from youthvoice.questions.models import Question
from youthvoice.topics.models import Topic

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("demo_house"),
    pytest.mark.xdist_group("demo_house"),
]


def test_the_duty_member_made_one_of_questions_from_many_places(client):
    topic = Topic.objects.select_related("host").get()
    shown = Question.objects.filter(tags__topic=topic).listed()

    assert topic.host.slug == "tuan-410000"
    assert topic.question_count == shown.count() == 6
    assert shown.values("region").distinct().count() >= 5
    # Somebody other than the askers took part too.
    assert topic.participant_count > 6
    assert recount() == []
    duty = User.objects.get(username=username_of(DemoRole.DUTY))
    assert Entry.objects.get(verb="topic.opened").actor == duty.pk
    for path in ("/topics/", topic.get_absolute_url(), f"/q/{shown[0].pk}/"):
        assert f"#<bdi>{topic.name}</bdi>#" in client.get(path).content.decode()
