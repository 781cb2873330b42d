"""What lives in the small house of a release: the demo, cut small, and a row of all the rest.

All of it goes through the actions and pages of that release, so that the house is as the release
leaves one: its journal holds, its numbers are exact, its seals open. Its clock stands at noon of
the day of the release, and so it does for whoever reads the house years later: see `houses.py`.
"""

import hashlib
import io
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from allauth.account.models import EmailAddress, EmailConfirmation
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, override_settings
from django.utils import timezone
from PIL import Image

from tests.factories import PASSWORD
from tests.sealing import REASON, WORDS
from tests.signing_in import force_login
from tests.upgrades.telling import CITY, COUNTY, PROVINCE, Story, few_rows
from youthvoice.cases import actions as cases
from youthvoice.cases.choices import Grade
from youthvoice.clock import actions as ticking
from youthvoice.crisis import actions as crisis
from youthvoice.crisis.choices import To
from youthvoice.crisis.models import Record
from youthvoice.demo import actions as demo
from youthvoice.desks import actions as desks
from youthvoice.gathering import actions as gathering
from youthvoice.kit.receipts import code_for
from youthvoice.moderation import actions as moderation
from youthvoice.moderation.models import Item
from youthvoice.orgs import actions as orgs
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Membership, Region
from youthvoice.outside import actions as outside
from youthvoice.people.choices import AgeBand
from youthvoice.people.guardians.actions import ask_guardian
from youthvoice.people.models import PhoneCode, User
from youthvoice.people.phones import actions as phones
from youthvoice.people.phones import numbers
from youthvoice.pictures import actions as pictures
from youthvoice.questions import actions as questions
from youthvoice.questions import viewers
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer
from youthvoice.rates import actions as rates
from youthvoice.reads import actions as reads
from youthvoice.reads.choices import Audience
from youthvoice.reads.visitors import hour_of, mark_of
from youthvoice.routing import actions as routing
from youthvoice.routing import training
from youthvoice.sealed import actions as sealed
from youthvoice.sealed import keyfiles
from youthvoice.sealed.choices import Ground
from youthvoice.workdays import actions as workdays
from youthvoice.workdays import notice, reckoning
from youthvoice.yours import actions as yours

_NUMBER = "13900001234"


def tell(at: datetime, *, keys: Path) -> dict[str, Any]:
    """Fill the migrated database; gives the facts."""
    with few_rows():
        demo.load_demo(at=at)
    story = Story(at)
    for part in (
        _open_questions,
        _one_of_everything_asked,
        _danger,
        _referred,
        _judged,
        lambda story: _sealed(story, keys),
        _members,
        _of_the_desks,
        _private,
        _learnt,
        _of_the_house,
    ):
        part(story)
    # What was read of the pages meanwhile.
    reads.stop()
    return story.facts


def _open_questions(story: Story) -> None:
    """Of a person with a password, a session and an address; and a nameless one with a receipt."""
    youth = story.person("xiaoman", "小满")
    EmailAddress.objects.create(user=youth, email="xiaoman@mail.test", primary=True)
    mail = EmailAddress.objects.get(user=youth)
    EmailConfirmation.objects.create(email_address=mail, key="k" * 40, sent=story.ago(2))
    named, _key = story.ask(
        "试用期的工资打八折合理吗", "合同里没有写，人事说都这样。", hours=60, by=youth
    )
    drawn = pictures.draw_all([_picture()])
    nameless, key = story.ask(
        "宿舍水费该由谁出", "一个月四十块，电话 13812345678。", hours=50, pictures=drawn
    )
    asker = Viewer(AnonymousUser(), frozenset({nameless.pk}))
    questions.edit_question(
        question=named, title=named.title, text="合同里没有写。", by=Viewer(youth), at=story.ago(58)
    )
    outside.release_numbers(question=nameless, by=asker, at=story.ago(49), is_grown=True)
    answer = questions.answer_question(
        question=named,
        by=Viewer(story.county),
        organisation=story.bodies[COUNTY],
        at=story.ago(40),
        text="不合理：试用期的工资不得低于合同工资的百分之八十。",
    )
    for by, on in ((Viewer(youth), named), (asker, nameless)):
        questions.comment(question=on, answer=None, text="谢谢。", by=by, at=story.ago(30))
    questions.follow(question=nameless, by=Viewer(youth), at=story.ago(29))
    browser, gone = Client(), Client()
    for client in (browser, gone):
        client.post("/accounts/login/", {"login": "xiaoman", "password": PASSWORD})
    opened = Client()
    opened.post("/receipt/", {"code": code_for(key)})
    ended = gone.cookies["sessionid"].value
    gone.post("/accounts/logout/")
    story.facts |= {
        "named": named.pk,
        "nameless": nameless.pk,
        "answer": answer.pk,
        "receipt": code_for(key),
        "person": "xiaoman",
        "session": browser.cookies["sessionid"].value,
        "ended": ended,
        "opened": opened.cookies[viewers.COOKIE].value,
        "picture": nameless.pictures.get().name,
    }


def _picture() -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), (196, 30, 58)).save(made, "PNG")
    made.seek(0)
    return made


def _one_of_everything_asked(story: Story) -> None:
    """Withdrawn, withheld; and an answer that was taken back."""
    youth = User.objects.get(username="xiaoman")
    gone, _key = story.ask("这条收回了", "写错了。", hours=45, by=youth)
    questions.delete_question(question=gone, by=Viewer(youth), at=story.ago(44))
    withheld, _key = story.ask("先不公开的一条", "里面有别人的名字。", hours=44)
    questions.withhold_question(question=withheld, by=None, at=story.ago(43))
    peer = story.person("aqing", "阿青")
    other, _key = story.ask("社保断了一个月怎么补", "换工作时断的。", hours=43, by=youth)
    answer = questions.answer_question(
        question=other,
        by=Viewer(peer),
        organisation=None,
        at=story.ago(42),
        text="可以去窗口补缴。",
    )
    questions.find_useful(answer=answer, by=Viewer(youth), at=story.ago(41))
    questions.delete_answer(answer=answer, by=Viewer(peer), at=story.ago(40))


def _danger(story: Story) -> None:
    asked, _key = story.ask("撑不下去了", "我不想活了。", hours=20)
    record = Record.objects.get(question=asked)
    crisis.note_reading(record=record, by=story.holder, at=story.ago(19.5))
    crisis.add_line(
        record=record, to=To.SCHOOL, note="打过电话了", by=story.holder, at=story.ago(19)
    )
    story.facts["danger"] = asked.pk


def _referred(story: Story) -> None:
    """Referred to a body without an account: a letter with a link, its code, and its answer."""
    written, mailed = [o for o in story.bodies.values() if o.kind == "government"][:2]
    mailed.contact_email = "office@mail.test"
    mailed.save()
    asked, _key = story.ask("公租房排到哪儿了", "去年递的材料。", hours=90, field="life")
    holder = story.holder
    hops = cases.refer(
        case=story.case(asked),
        to=[written, mailed],
        reason="请回复排号。",
        grade=Grade.ORDINARY,
        by=holder,
        at=story.ago(80),
    )
    token, code = outside.issue_code(hop=hops[0], by=holder, at=story.ago(70))
    outside.order_mail(hop=hops[1], code_follows=False, by=holder, at=story.ago(69))
    late, _key = story.ask("欠薪投诉没有下文", "两个月了。", hours=500)
    made = rates.propose_exclusion(
        case=story.case(late), reason="提问者撤诉。", by=holder, at=story.ago(60)
    )
    above = story.works("above", "老耿", CITY, Role.LEAD)
    rates.confirm_exclusion(exclusion=made, by=above, at=story.ago(59))
    nobodys = Region.objects.get(code="411000")
    story.ask("夜班补贴有没有标准", "厂里没有。", hours=480, region=nobodys)
    other, _key = story.ask("工资条能不能不给", "只给一个数。", hours=480)
    cases.remind(
        lane=story.case(other).lanes.get(is_own=True),
        line="请今天回。",
        by=above,
        at=story.ago(3),
    )
    gathering.set_apart(cases=[story.case(late), story.case(other)], by=holder, at=story.ago(58))
    story.facts |= {"letter": token, "code": code, "late": late.pk}


def _judged(story: Story) -> None:
    """A report that waits, one that was followed with an appeal, one that was decided."""
    youth = User.objects.get(username="xiaoman")
    asked = Question.objects.get(pk=story.facts["named"])
    author = Viewer(User.objects.get(username="aqing"))
    for text in ("团中牟县委的小罗说话难听", "难听的话"):
        words = questions.comment(
            question=asked, answer=None, text=text, by=author, at=story.ago(25)
        )
        made = moderation.report(
            words=words, reason=HideReason.ABUSE, note="骂人", by=Viewer(youth), at=story.ago(24)
        )
        item = Item.objects.get(pk=made.item_id)
        if text == "难听的话":
            moderation.hide(item=item, reason=HideReason.ABUSE, by=story.holder, at=story.ago(23))
            item.refresh_from_db()
            moderation.appeal(item=item, text="说的是事实。", by=author, at=story.ago(22))


def _sealed(story: Story, keys: Path) -> None:
    """A nameless question of somebody who was signed in, and two who may open who."""
    keys.joinpath("sealed").mkdir(parents=True, exist_ok=True)
    openers = []
    for name, role in (("first", Role.LEAD), ("second", Role.OPERATOR)):
        pair = keyfiles.make(WORDS[name])
        (keys / "sealed" / f"{name}-login.pub").write_text(pair.public_text)
        (keys / "sealed" / f"{name}-login.key").write_text(pair.private_text)
        openers.append(story.works(f"{name}-login", f"{name} 开", PROVINCE, role))
    settings.SEALED_RECORDS = True
    settings.SEALED_OPENERS = [person.username for person in openers]
    settings.SEALED_KEYS = [
        bytes.fromhex((keys / "sealed" / f"{person.username}.pub").read_text())
        for person in openers
    ]
    youth = User.objects.get(username="xiaoman")
    asked, _key = story.ask("要告诉老师吗", "同学欺负人。", hours=15, sealed_for=youth)
    opening = sealed.ask_opening(
        question=asked.pk, ground=Ground.CRIME, reason=REASON, by=openers[0], at=story.ago(14)
    )
    sealed.grant(opening=opening, by=openers[1], at=story.ago(13))
    story.facts |= {
        "sealed": asked.pk,
        "opening": opening.pk,
        "openers": settings.SEALED_OPENERS,
    }


def _members(story: Story) -> None:
    """Invited, and gone again; a member with a note left to them."""
    token = orgs.invite(
        organisation=story.bodies[COUNTY],
        role=Role.ANSWERER,
        whom="新同事",
        days=7,
        by=story.holder,
        at=story.ago(5),
    )
    story.facts["invitation"] = token


def _of_the_desks(story: Story) -> None:
    asked = Question.objects.get(pk=story.facts["nameless"])
    case = story.case(asked)
    lane = case.lanes.get(is_own=True)
    lead = story.holder
    desks.write_note(lane=lane, text="@小孟 请看一下。", by=lead, at=story.ago(10))
    desks.be_here(case=case, lane=lane, by=story.county, is_writing=True, at=story.at)


def _private(story: Story) -> None:
    """A child and its guardian, a telephone, an export, somebody who leaves."""
    child = story.person("xiaodou", "小豆", AgeBand.UNDER_14, hours=30)
    ask_guardian(person=child, address="guardian@mail.test", at=story.ago(29))
    story.person("shisui", "十五岁", AgeBand.YOUTH)
    youth = User.objects.get(username="xiaoman")
    for key, proved in (("a" * 32, True), ("b" * 32, False)):
        PhoneCode.objects.create(
            key=key,
            digest=numbers.digest(_NUMBER),
            ending=numbers.ending(_NUMBER),
            code=numbers.code_digest("123456", nonce=key),
            proved=proved,
            ends_at=story.at + timedelta(minutes=5),
        )
    phones.keep(key="a" * 32, person=youth, at=story.ago(3))
    yours.ask_export(person=youth, at=story.ago(2))
    yours.leave(person=story.person("zouren", "要走的"), answers_too=False, at=story.ago(6))
    story.facts["phone"] = _NUMBER


def _learnt(story: Story) -> None:
    """A model of a few decisions: what it needs at the least is taken down for once."""
    for number in range(6):
        asked, _key = story.ask(
            f"第{number}次问补贴和考试", "补贴考试补贴考试。", hours=34 - number, field="study"
        )
        to = story.bodies[CITY] if number % 2 else story.bodies[PROVINCE]
        cases.transfer(
            case=story.case(asked), to=to, reason="归那边办。", by=story.holder, at=story.ago(26)
        )
    with (
        mock.patch.object(training, "OF_A_CODE_LEAST", 2),
        override_settings(ROUTING_ALONE_ABOVE=99),
    ):
        routing.train_models(at=story.at)
        story.ask("刚刚问的一条", "还没有人看过。", hours=0.1)
        routing.act_alone(at=story.at)


def _of_the_house(story: Story) -> None:
    """What operators enter; a year's holidays, reads, and one round of the clock."""
    left = Membership.objects.get(person=story.works("left", "小别", COUNTY, Role.ANSWERER))
    held, office = User.objects.get(username="aqing"), Client()
    force_login(office, story.operator)
    for page, given in (
        ("safety/helpline/add/", {"name": "本地热线", "number": "12345", "position": "1"}),
        ("safety/listedword/add/", {"word": "某个词", "kind": "abuse", "is_active": "on"}),
        ("workdays/dayoverride/add/", {"date": "2090-02-01", "name": "春节"}),
        ("cases/term/add/", {"field": "work", "worst_hours": "12"}),
        (f"orgs/membership/{left.pk}/delete/", {"post": "yes"}),
        ("yours/hold/add/", {"person": held.pk, "law": "某法第九条", "reason": "某案还在查"}),
    ):
        done = office.post(f"/admin/{page}", given)
        assert done.status_code == 302, page
    year = timezone.localdate(story.at).year + 1
    first = notice.Notice(year=year, free={date(year, 1, 1): "元旦"})
    with (
        mock.patch.object(reckoning, "PUBLISHED", frozenset()),
        mock.patch.object(workdays, "_MONTH", 1),
    ):
        workdays.look_ahead(at=story.at)
        workdays.enter_year(notice=first, by=story.operator, at=story.at)
    visitor = hashlib.sha256(b"visitor").digest()
    read = f"q/{story.facts['named']}", hour_of(story.at), Audience.PUBLIC
    reads.write({mark_of(visitor, *read[:2]): read})
    ticking.beat(at=story.at)
    ticking.run_due(at=story.at)
