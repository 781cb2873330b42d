"""The pages of answering and commenting, for everybody who may and may not."""

import pytest

from tests.factories import PersonFactory, answer, ask, member
from youthvoice.kit.receipts import code_for
from youthvoice.questions import actions, viewers
from youthvoice.questions.choices import AnswerKind
from youthvoice.questions.models import Answer, Comment
from youthvoice.questions.tests.watching import counters

pytestmark = pytest.mark.django_db
KEY = "9" * 32


def page(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def open_receipt(client, key=KEY):
    client.post("/receipt/", {"code": code_for(key)})
    assert viewers.COOKIE in client.cookies


def choices(response):
    return [code for code, _label in response.context["form"].fields["sign_as"].choices]


# --- Answering ---------------------------------------------------------------------------


def test_answering_asks_to_sign_in_first_and_comes_back(client, house):
    question = ask()
    url = f"/q/{question.pk}/answer/"

    for response in (client.get(url), client.post(url, {"text": "不登录的回答"})):
        assert (response.status_code, response.url) == (302, f"/accounts/login/?next={url}")
    assert Answer.objects.count() == 0


def test_a_peer_answers_with_words_alone(client, house):
    question, peer = ask(title="房东不退押金"), PersonFactory()
    client.force_login(peer)
    url = f"/q/{question.pk}/answer/"
    shown = page(client.get(url))
    assert "房东不退押金" in shown
    assert 'name="sign_as"' not in shown
    assert 'name="show_writer"' not in shown

    response = client.post(url, {"text": "先看合同。\r\n再找房东。"})

    made = Answer.objects.get()
    assert (response.status_code, response.url) == (302, made.get_absolute_url())
    assert (made.kind, made.author, made.text) == (
        AnswerKind.PEER,
        peer,
        "先看合同。\n再找房东。",
    )


def test_a_member_of_the_holder_signs_for_it_by_default(client, house):
    question, staff = ask(), member(house.city, nickname="小孟")
    client.force_login(staff)
    shown = client.get(f"/q/{question.pk}/answer/")
    assert choices(shown) == [str(house.city.pk), ""]
    assert shown.context["form"].fields["sign_as"].initial == str(house.city.pk)

    words = {"text": "已联系人社局。", "sign_as": house.city.pk, "show_writer": "on"}
    client.post(f"/q/{question.pk}/answer/", words)

    made = Answer.objects.get()
    assert (made.kind, made.organisation, made.author) == (AnswerKind.OFFICIAL, house.city, staff)
    assert made.writer_name == "小孟"


def test_an_expert_signs_for_the_group(client, house):
    client.force_login(member(house.experts))
    client.post(f"/q/{ask().pk}/answer/", {"text": "依据劳动法。", "sign_as": house.experts.pk})

    made = Answer.objects.get()
    assert (made.kind, made.signature) == (AnswerKind.EXPERT, "法律专家组")


def test_a_member_of_several_may_sign_for_each_or_for_themselves(client, house):
    staff = member(house.city)
    house.experts.memberships.create(person=staff)
    client.force_login(staff)
    question = ask()

    offered = choices(client.get(f"/q/{question.pk}/answer/"))
    assert offered == [str(house.city.pk), str(house.experts.pk), ""]
    for sign_as in offered:
        client.post(f"/q/{question.pk}/answer/", {"text": "三种署名。", "sign_as": sign_as})
    assert counters(question) == {"official": 1, "expert": 1, "peer": 1}


def test_nobody_signs_for_an_organisation_by_changing_the_form(client, house):
    question = ask()
    client.force_login(member(house.city))
    forged = {"text": "冒名。", "sign_as": house.province.pk}
    page(client.post(f"/q/{question.pk}/answer/", forged), 422)
    assert Answer.objects.count() == 0

    client.force_login(PersonFactory())
    client.post(f"/q/{question.pk}/answer/", forged)
    assert [(a.kind, a.organisation) for a in Answer.objects.all()] == [(AnswerKind.PEER, None)]


def test_nobody_signs_for_an_organisation_that_was_closed(client, house):
    client.force_login(member(house.city))
    house.city.is_active = False
    house.city.save()

    client.post(f"/q/{ask().pk}/answer/", {"text": "还能答吗", "sign_as": house.city.pk})

    assert Answer.objects.get().organisation is None


def test_an_answer_without_words_comes_back(client, house):
    client.force_login(PersonFactory())

    shown = page(client.post(f"/q/{ask().pk}/answer/", {"text": " "}), 422)
    assert "请写下回答" in shown


def test_the_asker_is_told_why_they_can_not_answer(client, house):
    asker = PersonFactory()
    client.force_login(asker)

    shown = page(client.post(f"/q/{ask(by=asker).pk}/answer/", {"text": "自问自答"}), 422)

    assert "评论" in shown
    assert Answer.objects.count() == 0


def test_staff_who_asked_are_offered_their_organisation_only(client, house):
    staff = member(house.city)
    client.force_login(staff)

    assert choices(client.get(f"/q/{ask(by=staff).pk}/answer/")) == [str(house.city.pk)]


def test_an_answer_sent_twice_is_one(client, house):
    question = ask()
    client.force_login(PersonFactory())
    first, second = (
        client.post(f"/q/{question.pk}/answer/", {"text": "只说一遍。"}) for _ in range(2)
    )

    assert first.url == second.url
    assert Answer.objects.count() == 1


@pytest.mark.parametrize("path", ["/q/{}/answer/", "/q/{}/comment/", "/a/{}/comment/"])
def test_what_is_not_there_is_not_found(client, house, path):
    client.force_login(PersonFactory())

    assert client.get(path.format(123456)).status_code == 404
    assert client.post(path.format(123456), {"text": "有人吗"}).status_code == 404
    assert client.delete(path.format(123456)).status_code == 405


# --- Commenting --------------------------------------------------------------------------


def test_commenting_asks_to_sign_in_first(client, house):
    question = ask()
    made = answer(question, by=PersonFactory())

    for url in (f"/q/{question.pk}/comment/", f"/a/{made.pk}/comment/"):
        response = client.post(url, {"text": "不登录的评论"})
        assert (response.status_code, response.url) == (302, f"/accounts/login/?next={url}")
    assert Comment.objects.count() == 0


def test_a_peer_comments_on_a_question_and_on_an_answer(client, house):
    question, peer = ask(), PersonFactory()
    made = answer(question, by=PersonFactory(), text="先看合同。")
    client.force_login(peer)
    page(client.get(f"/q/{question.pk}/comment/"))
    assert "先看合同。" in page(client.get(f"/a/{made.pk}/comment/"))

    first = client.post(f"/q/{question.pk}/comment/", {"text": "我也是。"})
    second = client.post(f"/a/{made.pk}/comment/", {"text": "有用。"})

    on_question, on_answer = Comment.objects.order_by("pk")
    assert (on_question.answer, on_question.author) == (None, peer)
    assert (on_answer.answer, on_answer.author) == (made, peer)
    assert [first.url, second.url] == [
        on_question.get_absolute_url(),
        on_answer.get_absolute_url(),
    ]


def test_the_asker_comments_by_the_receipt_signed_out(client, house):
    question = ask(key=KEY)
    made = answer(question, by=PersonFactory())
    open_receipt(client)

    page(client.get(f"/q/{question.pk}/comment/"))
    client.post(f"/q/{question.pk}/comment/", {"text": "补充一句。"})
    client.post(f"/a/{made.pk}/comment/", {"text": "谢谢。"})

    assert [(c.author, c.is_asker) for c in Comment.objects.all()] == [(None, True)] * 2


def test_a_receipt_opens_no_other_question(client, house):
    ask(key=KEY)
    open_receipt(client)

    assert client.post(f"/q/{ask().pk}/comment/", {"text": "别人的"}).status_code == 302
    assert Comment.objects.count() == 0


def test_a_nameless_asker_who_is_staff_is_not_offered_to_sign(client, house):
    question = ask(key=KEY)
    client.force_login(member(house.city))
    assert 'name="sign_as"' in page(client.get(f"/q/{question.pk}/comment/"))
    open_receipt(client)

    assert 'name="sign_as"' not in page(client.get(f"/q/{question.pk}/comment/"))
    forged = {"text": "补充一句。", "sign_as": house.city.pk}
    client.post(f"/q/{question.pk}/comment/", forged)

    made = Comment.objects.get()
    assert (made.author, made.organisation, made.is_asker) == (None, None, True)


def test_staff_comment_for_their_organisation(client, house):
    question = ask()
    client.force_login(member(house.city))
    client.post(f"/q/{question.pk}/comment/", {"text": "收到。", "sign_as": house.city.pk})

    assert Comment.objects.get().author_name == "团郑州市委"


def test_a_refused_comment_comes_back_with_the_reason(client, house):
    question, asker = ask(key=KEY), PersonFactory()
    made = answer(question, by=asker)
    client.force_login(asker)
    client.post(f"/a/{made.pk}/delete/")

    shown = page(client.post(f"/a/{made.pk}/comment/", {"text": "还在吗"}), 422)
    assert "不在" in shown
    page(client.post(f"/q/{question.pk}/comment/", {"text": ""}), 422)

    open_receipt(client)
    client.post(f"/q/{question.pk}/delete/")
    page(client.post(f"/q/{question.pk}/comment/", {"text": "还在吗"}), 422)
    assert Comment.objects.count() == 0


def test_a_question_deleted_while_one_wrote_is_told(client, house):
    question = ask(key=KEY)
    client.force_login(PersonFactory())
    actions.delete_question(
        question=question, by=viewers.Viewer(PersonFactory(), frozenset({question.pk})),
        at=question.asked_at,
    )  # fmt: skip

    page(client.post(f"/q/{question.pk}/answer/", {"text": "写了半天。"}), 422)
    assert Answer.objects.count() == 0
