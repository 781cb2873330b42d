"""The pages of editing, deleting and earlier words; who may see them and who not."""

import pytest

from tests.factories import PersonFactory, answer, ask, member
from youthvoice.kit.receipts import code_for
from youthvoice.questions import actions
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.questions.policy import Viewer
from youthvoice.questions.views import writing

pytestmark = pytest.mark.django_db
KEY = "7" * 32


def page(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def went(response):
    assert response.status_code == 302
    return response.url


def as_asker(client):
    client.post("/receipt/", {"code": code_for(KEY)})


def test_the_asker_edits_by_account_or_by_receipt(client, house):
    asker = PersonFactory()
    named, nameless = ask(by=asker), ask(key=KEY, title="原来的标题", text="原来的话")
    as_asker(client)
    shown = page(client.get(f"/q/{nameless.pk}/edit/"))
    assert "原来的标题" in shown
    assert "原来的话" in shown

    words = {"title": "改过的标题", "text": "改过的话"}
    assert went(client.post(f"/q/{nameless.pk}/edit/", words)) == f"/q/{nameless.pk}/"
    client.force_login(asker)
    assert went(client.post(f"/q/{named.pk}/edit/", words)) == f"/q/{named.pk}/"

    assert {(q.title, q.text) for q in Question.objects.all()} == {("改过的标题", "改过的话")}


def test_a_wrong_edit_comes_back_with_what_was_written(client, house):
    question = ask(key=KEY)
    as_asker(client)

    shown = page(client.post(f"/q/{question.pk}/edit/", {"title": "短", "text": "写了很久"}), 422)

    assert "写了很久" in shown
    question.refresh_from_db()
    assert question.edited_at is None


def test_an_organisations_answer_is_edited_by_colleagues(client, house):
    made = answer(ask(), by=member(house.city), organisation=house.city, text="第一版")
    client.force_login(member(house.city))
    assert "第一版" in page(client.get(f"/a/{made.pk}/edit/"))

    assert went(client.post(f"/a/{made.pk}/edit/", {"text": "第二版"})) == made.get_absolute_url()

    made.refresh_from_db()
    assert made.text == "第二版"
    page(client.post(f"/a/{made.pk}/edit/", {"text": ""}), 422)


PRIVATE = ["/q/{q}/edit/", "/q/{q}/delete/", "/a/{a}/edit/", "/a/{a}/delete/", "/c/{c}/delete/"]


@pytest.fixture
def words(house):
    """A question, an answer and a comment, each of somebody else."""
    question = ask(by=PersonFactory())
    made = answer(question, by=PersonFactory())
    comment = actions.comment(
        question=question,
        answer=None,
        text="我也是。",
        by=Viewer(PersonFactory()),
        at=question.asked_at,
    )
    return {"q": question.pk, "a": made.pk, "c": comment.pk}


@pytest.mark.parametrize("path", PRIVATE)
def test_somebody_signed_out_is_asked_to_sign_in(client, words, path):
    url = path.format(**words)

    for response in (client.get(url), client.post(url, {"title": "别人的标题", "text": "别人"})):
        assert went(response) == f"/accounts/login/?next={url}"
    assert not Question.objects.exclude(deleted_at=None, edited_at=None).exists()


@pytest.mark.parametrize("path", PRIVATE)
def test_somebody_else_is_told_that_it_is_not_theirs(client, words, path):
    client.force_login(PersonFactory())
    url = path.format(**words)

    for response in (client.get(url), client.post(url, {"title": "别人的标题", "text": "别人"})):
        assert "只有" in page(response, 403)
    assert not Question.objects.exclude(deleted_at=None, edited_at=None).exists()
    assert not Answer.objects.exclude(deleted_at=None, edited_at=None).exists()
    assert not Comment.objects.exclude(deleted_at=None).exists()


@pytest.mark.parametrize("path", [*PRIVATE, "/q/{q}/history/", "/a/{a}/history/"])
def test_what_is_not_there_is_not_found(client, house, path):
    client.force_login(PersonFactory())

    assert client.get(path.format(q=99, a=99, c=99)).status_code == 404


def test_taking_back_is_asked_first_and_done_by_a_post(client, words):
    question = Question.objects.get(pk=words["q"])
    client.force_login(question.author)
    page(client.get(f"/q/{question.pk}/delete/"))
    question.refresh_from_db()
    assert question.deleted_at is None

    assert went(client.post(f"/q/{question.pk}/delete/")) == f"/q/{question.pk}/"

    question.refresh_from_db()
    assert question.deleted_at is not None
    # A second sending finds nothing that would be one's own to take back.
    page(client.post(f"/q/{question.pk}/delete/"), 403)


def test_answers_and_comments_are_taken_back_by_their_writers(client, words):
    made, comment = Answer.objects.get(), Comment.objects.get()

    client.force_login(made.author)
    page(client.get(f"/a/{made.pk}/delete/"))
    assert went(client.post(f"/a/{made.pk}/delete/")) == f"/q/{words['q']}/"
    client.force_login(comment.author)
    page(client.get(f"/c/{comment.pk}/delete/"))
    assert went(client.post(f"/c/{comment.pk}/delete/")) == f"/q/{words['q']}/"

    assert (Answer.objects.get().text, Comment.objects.get().text) == ("", "")


# --- Earlier words -----------------------------------------------------------------------


def edit_question(question, viewer):
    actions.edit_question(
        question=question,
        title="改过的标题",
        text="改过的话",
        by=viewer,
        at=question.asked_at,
    )


def test_a_persons_earlier_words_are_their_own(client, house):
    asker = PersonFactory()
    question = ask(by=asker, title="第一版的标题", text="说多了的话")
    edit_question(question, Viewer(asker))
    url = f"/q/{question.pk}/history/"

    assert client.get(url).status_code == 404
    for other in (PersonFactory(), member(house.city)):
        client.force_login(other)
        assert client.get(url).status_code == 404
    client.force_login(asker)
    shown = page(client.get(url))
    assert "说多了的话" in shown
    assert "第一版的标题" in shown


def test_a_nameless_askers_earlier_words_open_with_the_receipt(client, house):
    question = ask(key=KEY, text="说多了的话")
    edit_question(question, Viewer(PersonFactory(), frozenset({question.pk})))
    url = f"/q/{question.pk}/history/"
    assert client.get(url).status_code == 404

    as_asker(client)

    response = client.get(url)
    assert "说多了的话" in page(response)
    # What only the asker may read, no cache may keep for others.
    assert "public" not in response.get("Cache-Control", "")


def edited_answer(writer, organisation=None):
    made = answer(ask(), by=writer, organisation=organisation, text="第一版的回答")
    actions.edit_answer(answer=made, text="第二版", by=Viewer(writer), at=made.created_at)
    return made


def test_an_organisations_earlier_words_are_everybodys(client, house):
    made = edited_answer(member(house.city), house.city)

    assert "第一版的回答" in page(client.get(f"/a/{made.pk}/history/"))


def test_a_peers_earlier_words_are_their_own(client, house):
    peer = PersonFactory()
    made = edited_answer(peer)
    url = f"/a/{made.pk}/history/"

    assert client.get(url).status_code == 404
    client.force_login(member(house.city))
    assert client.get(url).status_code == 404
    client.force_login(peer)
    assert "第一版的回答" in page(client.get(url))


def test_what_was_taken_back_has_no_earlier_words_for_anybody(client, house):
    staff = member(house.city)
    made = edited_answer(staff, house.city)
    actions.delete_answer(answer=made, by=Viewer(staff), at=made.created_at)
    client.force_login(staff)

    assert client.get(f"/a/{made.pk}/history/").status_code == 404


def test_words_that_never_changed_have_an_empty_history(client, house):
    made = answer(ask(), by=member(house.city), organisation=house.city)

    shown = client.get(f"/a/{made.pk}/history/")
    page(shown)
    assert shown.context["revisions"] == []


# --- Somebody else was quicker -------------------------------------------------------------


def test_an_edit_of_what_was_changed_meanwhile_comes_back_with_the_words(
    client, house, monkeypatch
):
    asker = PersonFactory()
    question = ask(by=asker)
    client.force_login(asker)
    stale = Question.objects.get(pk=question.pk)
    edit_question(question, Viewer(asker))
    monkeypatch.setattr(writing, "question_for", lambda request, pk: stale)

    words = {"title": "后写的标题", "text": "后写的话"}
    shown = page(client.post(f"/q/{question.pk}/edit/", words), 422)

    assert "刷新" in shown
    assert "后写的话" in shown
    assert Question.objects.get().text == "改过的话"


def test_an_answer_changed_by_a_colleague_meanwhile_is_not_overwritten(client, house, monkeypatch):
    writer = member(house.city)
    made = answer(ask(), by=writer, organisation=house.city, text="第一版的回答")
    stale = Answer.objects.get(pk=made.pk)
    actions.edit_answer(answer=made, text="同事改的", by=Viewer(writer), at=made.created_at)
    client.force_login(writer)
    monkeypatch.setattr(writing, "answer_for", lambda request, pk: stale)

    shown = page(client.post(f"/a/{made.pk}/edit/", {"text": "自己改的"}), 422)

    assert "刷新" in shown
    assert Answer.objects.get().text == "同事改的"
