"""Open questions that look alike are offered as one group; people decide."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tests.factories import MONDAY, ask, asker_of, member
from youthvoice.cases.actions import UnableToMove
from youthvoice.cases.tests.working import DAY, HOUR, case_of
from youthvoice.gathering import actions, likeness
from youthvoice.gathering import queries as gathering
from youthvoice.gathering.forms import Numbers
from youthvoice.gathering.models import Apart, Group, GroupMember, Merge
from youthvoice.journal.models import Entry
from youthvoice.questions import actions as questions
from youthvoice.questions.policy import Viewer

pytestmark = pytest.mark.django_db

DORM = [
    (
        "宿舍热水停了两周",
        "三号楼的热水停了两周，宿管说锅炉坏了，一直没人来修，只能去外面洗澡。",
    ),
    ("松园三号楼没有热水", "我们松园三号楼热水停了快两周，锅炉坏了没人来修，大家都要去外面洗澡。"),
    ("热水什么时候能修好", "松园宿舍的锅炉坏了两周没人来修，三号楼没热水，洗澡要跑到校外去。"),
]
OTHERS = [
    ("试用期可以不交社保吗", "公司说试用期三个月不给交社保，合同里也这样写，想问这样合不合法。"),
    ("公交末班车太早", "晚上九点半下课，十七路公交的末班车九点就没有了，只能走回去。"),
    ("想学电焊去哪里报名", "听说县里有免费的技能培训，想学电焊，不知道去哪里报名，要带什么。"),
]


def ask_all(texts, **kwargs):
    return [ask(title=title, text=text, **kwargs) for title, text in texts]


def found():
    """The groups, as sets of questions' numbers."""
    numbers = GroupMember.objects.values_list("group", "case__question")
    groups = {}
    for group, number in numbers:
        groups.setdefault(group, set()).add(number)
    return sorted(groups.values(), key=min)


def numbers(asked):
    return {question.pk for question in asked}


def test_those_that_say_the_same_are_one_group_and_the_others_none(house):
    dorm, _others = ask_all(DORM), ask_all(OTHERS)

    assert actions.gather(at=MONDAY) == 1
    assert found() == [numbers(dorm)]
    assert actions.gather(at=MONDAY + DAY) == 1
    assert Group.objects.get().made_at == MONDAY + DAY


def test_only_what_is_open_and_public_is_gathered(house):
    dorm = ask_all([*DORM, *DORM])
    questions.mark_outcome(question=dorm[0], outcome="solved", by=asker_of(dorm[0]), at=MONDAY)
    questions.delete_question(question=dorm[1], by=asker_of(dorm[1]), at=MONDAY)
    questions.withhold_question(question=dorm[2], by=None, at=MONDAY)
    actions.merge(cases=[case_of(dorm[3])], into=case_of(dorm[4]), by=member(house.city), at=MONDAY)

    actions.gather(at=MONDAY)

    assert found() == [numbers(dorm[4:])]


@pytest.mark.parametrize(
    ("change", "together"),
    [({}, True), ({"field": "life"}, False), ({"at": MONDAY + 31 * DAY}, False)],
)
def test_field_and_time_keep_apart_what_reads_alike(house, change, together):
    ask_all(DORM[:1])
    ask_all(DORM[1:2], **change)

    assert actions.gather(at=MONDAY) == int(together)


def test_what_was_set_apart_stays_apart(house):
    dorm = ask_all(DORM)
    actions.gather(at=MONDAY)
    person = member(house.city)

    actions.set_apart(cases=[case_of(q) for q in dorm[:2]], by=person, at=MONDAY)
    actions.set_apart(cases=[case_of(q) for q in dorm[:2]], by=person, at=MONDAY)

    assert Apart.objects.count() == 1
    assert gathering.groups(house.city, after="").items == []
    actions.gather(at=MONDAY + HOUR)
    assert len(found()) == 1
    assert not numbers(dorm[:2]) <= found()[0]
    assert Entry.objects.filter(verb="case.set_apart").first().data == {
        "questions": sorted(numbers(dorm[:2]))
    }


def test_whoever_has_no_say_sets_nothing_apart(house):
    cases = [case_of(q) for q in ask_all(DORM)]

    with pytest.raises(UnableToMove, match="不由你分开"):
        actions.set_apart(cases=cases, by=member(house.county), at=MONDAY)
    with pytest.raises(UnableToMove, match="请选 2 到 20 个"):
        actions.set_apart(cases=cases[:1], by=member(house.city), at=MONDAY)


def test_a_desk_is_offered_its_own_and_what_waits_below(house):
    ask_all(DORM[:2], region="410122")
    ask_all(DORM[2:], region="410100")
    actions.gather(at=MONDAY)

    def offered(office):
        groups = gathering.offered(gathering.groups(office, after="").items)
        return [len(group.cases) for group in groups]

    assert offered(house.county) == [2]
    assert offered(house.city) == offered(house.province) == [3]
    assert offered(house.line) == []


def test_whom_most_follow_leads_else_the_first(house):
    dorm = ask_all(DORM)
    actions.gather(at=MONDAY)

    def lead():
        return gathering.offered(gathering.groups(house.city, after="").items)[0].lead.question

    assert lead() == dorm[0]
    questions.follow(question=dorm[2], by=Viewer(member(house.line)), at=MONDAY)
    assert lead() == dorm[2]


# --- Likeness ----------------------------------------------------------------------------


def asked(texts, *, field="work", step=timedelta(hours=1)):
    return [
        likeness.Asked(pk, field, MONDAY + pk * step, title, text)
        for pk, (title, text) in enumerate(texts, 1)
    ]


def test_no_group_is_larger_than_people_read_and_no_question_in_two():
    alike = asked([DORM[0]] * (likeness.GROUP_MOST + 5) + OTHERS * 2)

    groups = likeness.groups_of(alike)

    pks = [pk for group in groups for pk in group.pks]
    assert len(pks) == len(set(pks))
    assert max(len(group.pks) for group in groups) == likeness.GROUP_MOST


def test_nothing_and_one_and_words_without_letters_are_no_group():
    assert likeness.groups_of([]) == []
    assert likeness.groups_of(asked(DORM[:1])) == []
    assert likeness.groups_of(asked([("？？？", "……")] * 3)) == []


def test_width_and_case_make_no_difference():
    texts = [("ＷＩＦＩ 连不上", DORM[0][1].upper()), ("wifi连不上", DORM[0][1]), *OTHERS]

    assert [group.pks for group in likeness.groups_of(asked(texts))] == [(1, 2)]


# --- The page ----------------------------------------------------------------------------


@pytest.fixture
def desk(house, client):
    client.force_login(member(house.city))
    return reverse("gathering:gather", args=[house.city.slug])


def test_the_page_offers_each_group_with_boxes_and_a_lead(desk, client):
    dorm = ask_all(DORM)
    ask_all(OTHERS)
    actions.gather(at=MONDAY)

    page = client.get(desk).content.decode()

    assert "3 个提问像是一件事" in page
    assert set(re.findall(r'name="pick" value="(\d+)" checked', page)) == {str(q.pk) for q in dorm}
    assert re.findall(r'name="lead" value="(\d+)" checked', page) == [str(dorm[0].pk)]
    assert OTHERS[0][0] not in page


def test_merging_and_taking_apart_by_the_pages(desk, client, house):
    dorm = ask_all(DORM)
    actions.gather(at=MONDAY)

    answer = client.post(
        desk, {"act": "merge", "pick": [q.pk for q in dorm[:2]], "lead": dorm[0].pk}, follow=True
    )

    page = answer.content.decode()
    assert "并好了，一起办理。" in page
    assert "一起办理的提问 1 个" in page
    assert case_of(dorm[1]).state == "merged"
    assert dorm[0].title in client.get(f"{desk}?show=together").content.decode()
    url = reverse("gathering:together", args=[house.city.slug, dorm[0].pk])
    assert client.post(url, {"take": dorm[2].pk}).status_code == 422
    assert client.post(url, {"take": dorm[1].pk}).status_code == 302
    assert not Merge.objects.exists()
    answer = client.post(url, {"take": dorm[1].pk})
    assert (answer.status_code, "可能刚刚拆开了" in answer.content.decode()) == (422, True)


def test_setting_apart_by_the_page(desk, client):
    dorm = ask_all(DORM)
    actions.gather(at=MONDAY)

    client.post(desk, {"act": "apart", "pick": [q.pk for q in dorm], "lead": dorm[0].pk})

    assert "没有看起来一样的提问。" in client.get(desk).content.decode()
    assert actions.gather(at=MONDAY) == 0


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "有 1 处要改"),
        ({"act": "merge"}, "请选一个为主的提问。"),
        ({"act": "merge", "lead": 1}, "请选两个以上的提问。"),
        ({"act": "apart", "pick": [1]}, "请选两个以上的提问。"),
        ({"act": "merge", "lead": 10**30, "pick": [1]}, "有 1 处要改"),
        ({"act": "merge", "lead": 1, "pick": ["1", "x\x00"]}, "有 1 处要改"),
        ({"act": "merge", "lead": 999_999, "pick": [1]}, "没有这个提问"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(desk, client, sent, told):
    answer = client.post(desk, sent)

    assert answer.status_code == 422
    assert told in answer.content.decode()


@pytest.mark.parametrize("value", ["0", "-1", "1" * 19, "１", "1\n", ""])
def test_a_box_gives_back_a_number_or_nothing(value):
    with pytest.raises(ValidationError):
        Numbers().clean([value])
