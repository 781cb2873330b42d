"""One house with something of everybody's in it, and whoever may come to its door."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.test import Client
from django.utils import timezone

from tests.access import gathered, judged, pictured, promised, referred, tagged, worked
from tests.factories import (
    MONDAY,
    House,
    OrganisationFactory,
    PersonFactory,
    answer,
    ask,
    build_house,
    member,
)
from tests.signing_in import SECRET
from youthvoice.cases.models import Lane, Notice, Route, Term
from youthvoice.crisis import actions as crisis_actions
from youthvoice.crisis.choices import Outcome, To
from youthvoice.crisis.models import Record
from youthvoice.journal.models import Entry
from youthvoice.kit import clock
from youthvoice.kit.receipts import code_for
from youthvoice.orgs import actions as orgs_actions
from youthvoice.orgs.choices import Role
from youthvoice.orgs.models import Invitation, Membership, Organisation
from youthvoice.people.choices import AgeBand
from youthvoice.people.guardians.actions import ask_guardian
from youthvoice.people.models import User
from youthvoice.questions import actions, viewers
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Comment, Question
from youthvoice.questions.policy import Viewer
from youthvoice.safety.models import HelpLine, ListedWord
from youthvoice.sealed.choices import Ground
from youthvoice.sealed.models import Opening
from youthvoice.workdays.models import DayOverride
from youthvoice.yours import actions as yours_actions
from youthvoice.yours.actions import exporting
from youthvoice.yours.models import Export, Hold

#: Who comes: nobody and a receipt's holder have no account; holder, duty and lead work where
#: the questions are held, other elsewhere, and an operator runs the house. A minor is 14 to 17;
#: a child is younger, and its guardian hasn't answered.
ROLES = (
    "nobody",
    "asker",
    "peer",
    "expert",
    "holder",
    "other",
    "duty",
    "lead",
    "operator",
    "receipt",
    "minor",
    "child",
)
GROUPS = {
    "office": ("holder", "duty", "lead"),
    "unsigned": ("nobody", "receipt"),
    "judge": ("duty", "lead", "operator"),
    "young": ("minor", "child"),
}
SIGNED = tuple(role for role in ROLES if role not in GROUPS["unsigned"])
TOKEN = "csrftoken"
_YEAR = timezone.localtime(clock.now()).year


@dataclass(frozen=True)
class Secret:
    """A word that only `may` come to read; operators also in /admin/ if `in_admin`.

    With `on`, a pattern, it is a secret only there: everybody's word elsewhere.
    """

    word: str
    may: frozenset[str]
    in_admin: bool = False
    on: str = ""
    #: Whoever else than its asker reads it is in the journal.
    is_withheld: bool = False


@dataclass
class World:
    people: dict[str, User]
    #: What a row's third word stands for: the values of its address.
    objects: dict[str, tuple[object, ...]]
    secrets: list[Secret]
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def client(self, role: str, *, checks_tokens: bool = True) -> Client:
        """A browser of the role, with a session, a receipt and a token's cookie of its own."""
        client = Client(enforce_csrf_checks=checks_tokens, raise_request_exception=False)
        self.dress(client, role)
        return client

    def dress(self, client: Client, role: str) -> None:
        """Give the browser back what it began with."""
        client.cookies.clear()
        for name, value in self.cookies[role].items():
            client.cookies[name] = value

    def token(self, role: str) -> str:
        return self.cookies[role][TOKEN]


def build_world() -> World:
    house = build_house()
    people = _people(house)
    writer = member(house.city, nickname="室内写手", email="writer@mail.test", username="w-login")
    stranger = PersonFactory.create(nickname="路人", username="s-login")
    # As signing up would have it; allauth makes the missing ones when they are looked at.
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, primary=True)
        for person in (*people.values(), writer)
    )
    asked = _questions(people, stranger)
    named, nameless = asked["named"], asked["nameless"]
    answers = {
        "official": answer(named, by=writer, organisation=house.city),
        "peer": answer(named, by=people["peer"], text="同龄人先写的话。"),
        "expert": answer(named, by=people["expert"], organisation=house.experts),
        "gone_answer": answer(named, by=people["peer"], text="同龄人收回的话。"),
        "hidden_answer": answer(named, by=people["peer"], text="同龄人被隐藏的话。"),
        "withheld_answer": answer(
            asked["withheld"], by=writer, organisation=house.city, text="暂不公开的回答"
        ),
        "nameless_answer": answer(nameless, by=stranger),
    }
    _edit_and_delete(people, asked, answers)
    comments = _comments(people, writer, house, asked)
    shut = OrganisationFactory.create(slug="shut", is_active=False)
    token = ask_guardian(person=people["child"], address=GUARDIAN, at=clock.now())
    objects: dict[str, tuple[object, ...]] = {
        "-": (),
        "none": (999_999,),
        "city": (house.city.slug,),
        "line": (house.line.slug,),
        "shut": (shut.slug,),
        "nowhere": ("nowhere",),
        **pictured.objects(asked),
        "app": ("orgs",),
        "unknown": ("no/such/page",),
        "key": ("abc",),
        "uid_key": (1, "abc-def"),
        "letter": (token,),
        "used": ("used",),
        **_invitation(people["lead"], house),
        "young": (people["minor"].pk,),
        "entry": (Entry.objects.order_by("seq")[0].pk,),
        "person": (people["peer"].pk,),
        "org": (house.line.pk,),
        "region": ("410200",),
        "membership": (Membership.objects.get(person=writer).pk,),
        "route": (Route.objects.get(region_id="410122").pk,),
        "export": (_export(people["asker"]).pk,),
        "hold": (
            Hold.objects.create(person=people["asker"], law="某法第九条", reason="某案还在查").pk,
        ),
        "opening": (_opening(nameless).pk,),
        "line_row": (HelpLine.objects.create(name="本地热线", number="12355").pk,),
        "word": (ListedWord.objects.create(word="提醒的词", kind="abuse").pk,),
        "term": (Term.objects.create(field="work", worst_hours=12).pk,),
        "day": (DayOverride.objects.create(date="2090-02-01", name="春节").pk,),
        **_crises(people, asked),
        **worked.build_work(house, people, asked),
        "late_notice": (_late(asked["named"], people["duty"]).pk,),
        **gathered.objects(house, asked),
        "on_site": (ContentType.objects.get_for_model(Question).pk, named.pk),
    }
    objects |= {
        name: (row.pk,) for group in (asked, answers, comments) for name, row in group.items()
    }
    objects |= judged.build_items(people, asked, answers, comments)
    objects |= referred.build_hops(people, house)
    objects |= promised.build_promises(people, asked, house)
    objects |= tagged.build_topics(house, asked)
    world = World(people, objects, _secrets(people, asked))
    for role in ROLES:
        world.cookies[role] = _cookies(role, people, nameless)
    return world


def _people(house: House) -> dict[str, User]:
    def named(role: str) -> dict[str, str]:
        return {"username": f"{role}-login", "nickname": role, "email": f"{role}@mail.test"}

    def works(role: str, at: Organisation, as_: str = Role.ANSWERER) -> User:
        return member(at, as_, **named(role))

    return {
        "asker": PersonFactory.create(**named("asker")),
        "peer": PersonFactory.create(**named("peer")),
        "expert": works("expert", house.experts),
        "holder": works("holder", house.city),
        "other": works("other", house.line),
        "duty": works("duty", house.city, Role.DUTY),
        "lead": works("lead", house.city, Role.LEAD),
        "operator": works("operator", house.province, Role.OPERATOR),
        "minor": PersonFactory.create(**named("minor"), age_band=AgeBand.YOUTH, age_said=_YEAR),
        "child": PersonFactory.create(**named("child"), age_band=AgeBand.UNDER_14, age_said=_YEAR),
    }


KEY = "5" * 32
GUARDIAN = "guardian@mail.test"


def _questions(people: dict[str, User], stranger: User) -> dict[str, Question]:
    asker = people["asker"]
    return {
        "named": ask(by=asker, title="署名的提问", text="这里原来写着 13812345678。"),
        "nameless": ask(title="谁问的没人知道", text="原来说漏了我的学校。", key=KEY),
        "stranger": ask(by=stranger, title="路人的提问"),
        "gone": ask(by=asker, title="收回的提问标题", text="收回的提问内容"),
        "hidden": ask(by=asker, title="被隐藏的标题", text="被隐藏的内容"),
        "withheld": ask(by=asker, title="暂不公开的标题", text="暂不公开的内容"),
        "danger": ask(by=asker, title="危险的标题", text="我不想活了。"),
        "calmed": ask(by=asker, title="危险过后的标题", text="我不想活了。"),
    }


def _edit_and_delete(people: dict[str, User], asked: dict, answers: dict) -> None:
    """Earlier words are a person's own; words taken back are nobody's."""
    later = MONDAY + timedelta(hours=3)
    asker, peer = Viewer(people["asker"]), Viewer(people["peer"])
    opened = Viewer(AnonymousUser(), frozenset({asked["nameless"].pk}))
    for name, by in (("named", asker), ("nameless", opened)):
        question = asked[name]
        actions.edit_question(
            question=question, title=question.title, text="改过的。", by=by, at=later
        )
    actions.edit_answer(answer=answers["peer"], text="改过的。", by=peer, at=later)
    actions.delete_question(question=asked["gone"], by=asker, at=later)
    actions.delete_answer(answer=answers["gone_answer"], by=peer, at=later)
    actions.follow(question=asked["stranger"], by=peer, at=later)
    for words in (asked["hidden"], answers["hidden_answer"]):
        actions.hide(words=words, reason=HideReason.ABUSE, by=people["operator"], at=later)
    actions.withhold_question(question=asked["withheld"], by=None, at=later)


def _crises(people: dict[str, User], asked: dict) -> dict[str, tuple[object, ...]]:
    """A record that is open, and one that has its outcome."""
    lead, at = people["lead"], MONDAY + timedelta(hours=4)
    crisis, ended = (Record.objects.get(question=asked[name]) for name in ("danger", "calmed"))
    for record in (crisis, ended):
        crisis_actions.add_line(record=record, to=To.SCHOOL, note="记下的一句", by=lead, at=at)
    crisis_actions.close_record(record=ended, outcome=Outcome.SAFE, by=lead, at=at)
    return {"crisis": (crisis.pk,), "ended": (ended.pk,)}


def _late(question: Question, person: User) -> Notice:
    """As the worker leaves it for one of the staff."""
    lane = Lane.objects.get(case__question=question, is_own=True)
    return Notice.objects.create(lane=lane, person=person, rung=0, round=1, made_at=MONDAY)


def _comments(people: dict[str, User], writer: User, house: House, asked: dict) -> dict:
    def comment(text: str, by: Viewer, on: str = "named", **kwargs: Any) -> Comment:
        return actions.comment(
            question=asked[on], answer=None, text=text, by=by, at=MONDAY, **kwargs
        )

    opened = Viewer(AnonymousUser(), frozenset({asked["nameless"].pk}))
    found = {
        "by_asker": comment("谢谢。", Viewer(people["asker"])),
        "by_peer": comment("我也是。", Viewer(people["peer"])),
        "by_office": comment("在办。", Viewer(writer), organisation=house.city),
        "withheld_comment": comment("暂不公开的评论", Viewer(people["asker"]), "withheld"),
        "by_nameless": comment("我是提问的人。", opened, "nameless"),
        "gone_comment": comment("收回的评论。", Viewer(people["peer"])),
    }
    actions.delete_comment(comment=found["gone_comment"], by=Viewer(people["peer"]), at=MONDAY)
    return found


def _invitation(lead: User, house: House) -> dict[str, tuple[object, ...]]:
    token = orgs_actions.invite(
        organisation=house.city, role=Role.ANSWERER, whom="新同事", days=30, by=lead, at=clock.now()
    )
    city = house.city.slug
    number = Invitation.objects.get().pk
    return {"invitation": (token,), "invited": (city, number), "uninvited": (city, 999_999)}


def _opening(question: Question) -> Opening:
    """As a house keeps it that sealed once, and names nobody now."""
    return Opening.objects.create(
        question=question.pk,
        ground=Ground.COURT,
        reason="只有两位负责人读得到的理由。",
        asked_at=MONDAY,
        lapses_at=MONDAY + timedelta(days=7),
    )


def _export(person: User) -> Export:
    made = yours_actions.make_export(
        number=yours_actions.ask_export(person=person, at=clock.now()).pk
    )
    assert made is not None
    # It can be taken once, which no rollback takes back: the first would be answered otherwise.
    exporting.path_of(made).unlink()
    return made


_ASKERS_ACTS = ("edit", "supplement", "delete", "outcome")


def _secrets(people: dict[str, User], asked: dict[str, Question]) -> list[Secret]:
    """Each word with those who come upon it on some page; nobody else may, on any."""

    def only(word: str, *may: str, in_admin: bool = False, on: str = "") -> Secret:
        return Secret(word, frozenset(may), in_admin, on)

    return [
        only("室内写手", "holder", "duty", "lead", "operator", in_admin=True),
        only("新同事", "lead", "operator"),
        only("writer@mail.test", in_admin=True),
        only("w-login", in_admin=True),
        only("s-login", in_admin=True),
        *(only(f"{role}@mail.test", role, in_admin=True) for role in people),
        *(only(f"{role}-login", role, in_admin=True) for role in people),
        # What is private of minors stands in no list; whose guardian is asked sees only the child.
        *(only(f"{role}-login", on="admin/people/user/") for role in GROUPS["young"]),
        only(GUARDIAN, "child"),
        # 我的提问, and what only the one who asked may press.
        only("署名的提问", "asker", on="mine/"),
        only("路人的提问", on="mine/"),
        only("谁问的没人知道", on="mine/"),
        *(only(f'"/q/{asked["named"].pk}/{act}/"', "asker") for act in _ASKERS_ACTS),
        *(only(f'"/q/{asked["nameless"].pk}/{act}/"', "receipt") for act in _ASKERS_ACTS),
        only("13812345678", "asker"),
        only("我的学校", "receipt"),
        only("同龄人先写的话", "peer"),
        only("同龄人收回的话"),
        only("收回的提问"),
        only("被隐藏的"),
        *(
            Secret(word, frozenset({"asker", "lead", "operator"}), is_withheld=True)
            for word in ("暂不公开的", "危险的标题", pictured.WITHHELD)
        ),
        only("记下的一句", "lead", "operator"),
        *(only(word, *may) for word, may in worked.SECRETS.items()),
        only("收回的评论"),
        *(only(word, *may) for word, may in judged.SECRETS.items()),
        *(only(word, *may) for word, may in promised.SECRETS.items()),
        *(only(box, in_admin=True) for box in referred.BOXES),
        only("某案还在查", "asker", in_admin=True),
        only("某法第九条", "asker", in_admin=True),
        only("只有两位负责人读得到的理由"),
        only(SECRET),
        only(code_for(KEY)),
        only(code_for(KEY).replace(" ", "")),
    ]


def _cookies(role: str, people: dict[str, User], nameless: Question) -> dict[str, str]:
    found = {TOKEN: f"{role:x<32}"}
    if role in people:
        client = Client()
        client.force_login(people[role], backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        proved = {"method": "password", "at": time.time(), "reauthenticated": True}
        name = "account_authentication_methods"
        session[name] = [*session.get(name, []), proved]
        session["account_authentication_methods_user"] = str(people[role].pk)
        session.save()
        found["sessionid"] = client.cookies["sessionid"].value
    if role == "receipt":
        found[viewers.COOKIE] = signing.dumps([nameless.pk], salt="youthvoice.receipts")
    return found
