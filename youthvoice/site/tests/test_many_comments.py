"""A question with a thousand comments is read as easily as one with three."""

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import MONDAY, PersonFactory, answer, ask
from youthvoice.questions import actions
from youthvoice.questions.models import Comment
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db


def many(question, number, *, under=None):
    """So many comments, every third a reply to the one before it."""
    people = PersonFactory.create_batch(7)
    start = (Comment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    Comment.objects.bulk_create(
        Comment(
            pk=pk,
            question=question,
            answer=under,
            author=people[pk % 7],
            text=f"我这边也是这样，去问过一次，窗口说要等到下个月，{pk} 号。",
            thread=pk - 1 if n % 3 == 2 else pk,
            to_id=pk - 1 if n % 3 == 2 else None,
            created_at=MONDAY,
        )
        for n, pk in enumerate(range(start, start + number))
    )


def test_a_thousand_comments_cost_a_page_little(client, house):
    question = ask()
    given = answer(question, by=PersonFactory())
    many(question, 500)
    many(question, 500, under=given)
    client.get(question.get_absolute_url())

    with CaptureQueriesContext(connection) as queries:
        page = client.get(question.get_absolute_url())

    assert len(queries) <= 12
    assert len(gzip.compress(page.content)) <= 60 * 1024
    assert page.text.count('<li class="comment') == 60
    folded = page.text.partition('<details class="comments__more">')
    assert folded[0].count('<li class="comment') == 5


def test_pages_follow_one_another_to_the_last_comment(client, house):
    question = ask()
    given = answer(question, by=PersonFactory())
    for under in (None, given):
        many(question, 70, under=under)
    for key, anchor in ((None, "#comments"), (given, f"#answer-{given.pk}")):
        url, seen = question.get_absolute_url(), []
        while url:
            page = client.get(url)
            place = page.context["answers"][0]
            shown = place.shown_comments if key else page.context["comments"]
            seen += [comment.pk for comment in shown]
            url = place.next_comments_url if key else page.context["next_comments_url"]
            assert not url or url.endswith(anchor)
        assert seen == list(
            Comment.objects.filter(answer=key).order_by("pk").values_list("pk", flat=True)
        )


def test_a_reply_stands_under_its_comment_and_says_whom_it_answers(client, house):
    question = ask()
    first, second = PersonFactory(nickname="小李"), PersonFactory(nickname="小王")

    def say(text, person, to=None):
        return actions.comment(
            question=question, answer=None, text=text, by=Viewer(person), at=MONDAY, to=to
        )

    root = say("我也遇到过", first)
    other = say("另一件事", second)
    client.force_login(second)
    shown = client.get(f"/c/{root.pk}/reply/").text
    assert "回复 @小李" in shown
    assert "我也遇到过" in shown
    response = client.post(f"/c/{root.pk}/reply/", {"text": "后来呢"})
    reply = Comment.objects.get(text="后来呢")
    assert response["Location"] == reply.get_absolute_url()
    again = say("后来办好了", first, to=reply)

    page = client.get(question.get_absolute_url())
    assert [c.pk for c in page.context["comments"]] == [root.pk, reply.pk, again.pk, other.pk]
    assert {root.thread, reply.thread, again.thread} == {root.pk}
    assert "回复 @小王" in page.text
    actions.delete_comment(comment=reply, by=Viewer(second), at=MONDAY)
    assert "回复一条撤下的评论" in client.get(question.get_absolute_url()).text
    with pytest.raises(actions.UnableToComment):
        say("再问一句", second, to=reply)


def test_whoever_replies_far_below_comes_to_the_page_with_their_words(client, house):
    question, person = ask(), PersonFactory()
    many(question, 100)
    last = Comment.objects.order_by("-pk").first()
    client.force_login(person)

    response = client.post(f"/c/{last.pk}/reply/", {"text": "我在这里"})

    assert "我在这里" in client.get(response["Location"]).text
