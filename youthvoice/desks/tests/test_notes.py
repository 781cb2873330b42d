"""Private notes among staff: who reads them, whom they call, and what goes with whom."""

import pytest

from tests.factories import MONDAY, PersonFactory, ask, asker_of, member
from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.tests.working import case_of, lane_of, own, refer, transfer
from youthvoice.desks import actions
from youthvoice.desks.models import Mention, Note
from youthvoice.desks.queries.notes import mentions_of, notes_of
from youthvoice.journal.models import Entry
from youthvoice.kit.holdings import Leaver
from youthvoice.orgs.choices import Role
from youthvoice.questions import actions as questions

pytestmark = pytest.mark.django_db


def write(question, person, text="先打过电话了。", *, lane=None, at=MONDAY):
    return actions.write_note(lane=lane or own(question), text=text, by=person, at=at)


def readable(question, person):
    return notes_of(case_of(question), person, after="").items


def test_a_note_is_its_body_s_own_and_the_holder_s_leads(house):
    question = ask()
    refer(question, house.experts, at=MONDAY)
    ours = write(question, member(house.city))
    expert = member(house.experts)
    theirs = write(question, expert, "合同我看过了。", lane=lane_of(question, house.experts))

    assert readable(question, member(house.city)) == [ours]
    assert readable(question, member(house.experts, Role.LEAD)) == [theirs]
    assert readable(question, member(house.city, Role.LEAD)) == [theirs, ours]
    assert readable(question, member(house.province, Role.LEAD)) == []


def test_notes_stay_with_the_body_that_wrote_them_when_the_question_goes_on(house):
    question = ask()
    note = write(question, member(house.city))
    transfer(question, house.county, at=MONDAY)

    assert readable(question, member(house.city)) == [note]
    assert readable(question, member(house.county)) == []
    assert readable(question, member(house.county, Role.LEAD)) == [note]


def test_nobody_notes_for_another_body(house):
    with pytest.raises(UnableToMove, match="不在你所在的组织"):
        write(ask(), member(house.county))


def test_a_note_is_one_entry_without_its_words_and_twice_is_once(house):
    question, person = ask(), member(house.city)

    note = write(question, person)
    assert write(question, person) == note

    entry = Entry.objects.get(verb="case.noted")
    assert (entry.actor, entry.data) == (
        person.pk,
        {
            "question": question.pk,
            "holder": house.city.pk,
            "commitment": note.commitment(),
        },
    )


def test_colleagues_who_are_called_find_it_in_their_list(client, house):
    question = ask()
    short = member(house.city, nickname="小秦")
    long = member(house.city, nickname="小秦川")
    elsewhere = member(house.county, nickname="小周")
    me = member(house.city, nickname="我")
    note = write(question, me, "@小秦川 请看，@小周 不用，@我 记着。")

    assert [m.note for m in mentions_of(long, after="").items] == [note]
    for other in (short, elsewhere, me):
        assert mentions_of(other, after="").items == []
    client.force_login(long)
    shown = client.get("/desk/", {"show": "mentioned"}).text
    assert f'href="/cases/{question.pk}/#note-{note.pk}"' in shown
    assert "@小秦川 请看" in shown


@pytest.mark.parametrize(
    ("nickname", "text"),
    [
        ("小秦", "＠小秦 请看"),
        ("小秦", "﹫小秦 请看"),
        ("小秦", "见＠小秦，谢谢"),
        ("小秦", "@＠小秦"),
        ("Ann-2", "＠Ａｎｎ－２ 请看"),
        ("Ann-2", "@ann-2 请看"),
        ("ＡＮＮ", "@Ann 请看"),
        ("𠮷田", "＠𠮷田 请看"),
        ("(阿:明)", "＠（阿：明） 请看"),
        ("[a-z]", "@[a-z] 请看"),
        ("小秦👩‍💻", "＠小秦👩‍💻 请看"),
    ],
)
def test_a_colleague_is_called_however_a_keyboard_writes_it(house, nickname, text):
    person = member(house.city, nickname=nickname)
    other = member(house.city, nickname="b")
    note = write(ask(), member(house.city), text)

    assert [m.note for m in mentions_of(person, after="").items] == [note]
    assert mentions_of(other, after="").items == []

    actions.erase_mentions([Leaver(person.pk)], at=MONDAY)
    told = Note.objects.get().text
    assert "@已离开的同事" in told
    assert nickname not in told
    assert "请看" in told or "谢谢" in told or told.endswith("同事")


def test_who_works_there_no_longer_reads_no_mention(house):
    person = member(house.city, nickname="小秦")
    write(ask(), member(house.city), "@小秦 看看")
    person.memberships.all().delete()

    assert mentions_of(person, after="").items == []


def test_the_page_says_who_reads_it_and_takes_a_note(client, house):
    question, person = ask(), member(house.city, nickname="小秦")
    client.force_login(person)
    url = f"/cases/{question.pk}/"
    assert "只有团郑州市委的同事看得到" in client.get(url).text

    sent = {"version": "1", "mark": own(question).mark, "text": "明天再打。"}
    assert client.post(f"{url}note/", sent).status_code == 302
    assert "明天再打。" in client.get(url).text
    assert client.post(f"{url}note/", sent | {"text": " "}).status_code == 422
    assert Note.objects.get().author == person
    assert "明天再打。" not in client.get(f"/q/{question.pk}/").text


def test_long_lists_of_notes_and_mentions_come_in_pages(client, house):
    question, person = ask(), member(house.city, nickname="小秦")
    author = member(house.city)
    for number in range(23):
        write(question, author, f"@小秦 第{number}条")
    client.force_login(person)

    first = client.get(f"/cases/{question.pk}/")
    second = client.get(first.context["more_notes_url"].partition("#")[0])
    assert [len(r.context["notes"]) for r in (first, second)] == [20, 3]
    first = client.get("/desk/", {"show": "mentioned"})
    second = client.get(first.context["next_url"])
    assert [len(r.context["mentions"]) for r in (first, second)] == [20, 3]


def test_who_leaves_is_called_by_no_note_any_more(house):
    gone, stays = member(house.city, nickname="小秦"), member(house.city, nickname="小赵")
    write(ask(), member(house.city), "@小秦 和 @小赵 一起看。")

    for _again in range(2):
        actions.erase_mentions([Leaver(gone.pk)], at=MONDAY)

    assert Note.objects.get().text == "@已离开的同事 和 @小赵 一起看。"
    assert [m.person for m in Mention.objects.all()] == [stays]


@pytest.mark.parametrize("named", [True, False])
def test_what_was_noted_of_an_asker_goes_when_their_words_are_erased(house, named):
    asker = PersonFactory()
    question = ask(by=asker if named else None)
    write(question, member(house.city), "他在某厂上班。")
    write(ask(), member(house.city), "别人的事。")

    if named:
        questions.erase_people([Leaver(asker.pk)], at=MONDAY)
    else:
        questions.erase_nameless_question(question=question, by=asker_of(question), at=MONDAY)

    assert [note.text for note in Note.objects.all()] == ["别人的事。"]


def test_what_is_taken_back_keeps_the_notes_of_those_who_worked(house):
    question = ask(by=PersonFactory())
    note = write(question, member(house.city))

    questions.delete_question(question=question, by=asker_of(question), at=MONDAY)

    assert readable(question, member(house.city)) == [note]
