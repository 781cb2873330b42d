"""A topic's counters are what the rows say, whatever happens by chance.

`bench/walks.py topics` has 40 such lives.
"""

import random
from datetime import timedelta

import pytest

from tests.factories import MONDAY, OrganisationFactory, PersonFactory, ask, asker_of, member
from tests.walks import far
from youthvoice.journal import queries as journal
from youthvoice.kit.holdings import Leaver
from youthvoice.kit.recounting import recount
from youthvoice.orgs.models import Membership
from youthvoice.people.models import User
from youthvoice.questions import actions
from youthvoice.questions.actions.problem import Unable
from youthvoice.questions.choices import HideReason
from youthvoice.questions.models import Answer, Comment, Question
from youthvoice.questions.policy import Viewer
from youthvoice.topics import actions as topics
from youthvoice.topics.models import Tag, Topic

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
LIVES, STEPS = far(2, 40), 60


class Life:
    """Acts by chance of a few people on a few questions in two topics."""

    def __init__(self, house, seed):
        self.chance, self.house, self.at = random.Random(seed), house, MONDAY
        self.staff = member(house.city)
        self.people = [PersonFactory() for _ in range(5)]
        self.people.append(member(OrganisationFactory()))
        self.topics = [
            topics.make_topic(
                name=name, intro="一句话。", host=house.city, by=self.staff, at=MONDAY
            )
            for name in ("热水", "公交")
        ]
        for _ in range(4):
            self.ask()

    def pick(self, rows):
        return self.chance.choice(list(rows) or [None])

    def step(self):
        self.at += timedelta(minutes=1)
        name = self.chance.choice([n for n in dir(self) if n.startswith("do_")])
        getattr(self, name)()
        return name

    def ask(self):
        by = self.chance.choice([*self.people, None])
        return ask(by=User.objects.get(pk=by.pk) if by else None, at=self.at)

    def do_ask(self):
        self.ask()

    def person(self):
        return User.objects.get(pk=self.chance.choice(self.people).pk)

    def question(self):
        return self.pick(Question.objects.filter(deleted_at=None, withheld_at=None))

    def do_put(self):
        asked = [q for q in (self.question(), self.question()) if q is not None]
        self.tried(
            topics.put_into_topic,
            topic=self.chance.choice(self.topics),
            questions=[q.pk for q in asked],
            by=self.staff,
        )

    def do_put_more(self):
        self.do_put()

    def do_take_out(self):
        if tag := self.pick(Tag.objects.all()):
            topics.take_out_of_topic(
                topic=tag.topic, question=tag.question_id, by=self.staff, at=self.at
            )

    def tried(self, act, **given):
        try:
            return act(at=self.at, **given)
        except (Unable, topics.UnableToTag):
            return None

    def do_answer(self):
        if question := self.question():
            self.tried(
                actions.answer_question,
                question=question,
                text=f"答{self.chance.random()}",
                by=Viewer(self.person()),
                organisation=None,
            )

    def do_comment(self):
        if question := self.question():
            mine = self.chance.random() < 0.3
            self.tried(
                actions.comment,
                question=question,
                answer=None,
                text=f"说{self.chance.random()}",
                by=asker_of(question) if mine else Viewer(self.person()),
            )

    def do_follow(self):
        if question := self.question():
            act = self.chance.choice([actions.follow, actions.unfollow])
            self.tried(act, question=question, by=Viewer(self.person()))

    def do_vote(self):
        if made := self.pick(Answer.objects.all()):
            act = self.chance.choice([actions.find_useful, actions.take_back_useful])
            self.tried(act, answer=made, by=Viewer(self.person()))

    def do_take_back(self):
        if made := self.pick(Answer.objects.exclude(author=None)):
            self.tried(actions.delete_answer, answer=made, by=Viewer(made.author))
        if said := self.pick(Comment.objects.exclude(author=None)):
            self.tried(actions.delete_comment, comment=said, by=Viewer(said.author))

    def do_hide_and_show(self):
        words = self.pick([*Question.objects.all(), *Answer.objects.all(), *Comment.objects.all()])
        if words.hidden_reason:
            actions.show_again(words=words, by=self.staff, at=self.at)
        elif self.chance.random() < 0.6:
            actions.hide(words=words, reason=HideReason.SPAM, by=self.staff, at=self.at)

    def do_withhold(self):
        question = self.pick(Question.objects.all())
        if question.withheld_at is None:
            actions.withhold_question(question=question, by=None, at=self.at)
        else:
            actions.release_question(question=question, by=self.staff, at=self.at)

    def do_release(self):
        for question in Question.objects.exclude(withheld_at=None):
            actions.release_question(question=question, by=self.staff, at=self.at)

    def do_delete(self):
        if (question := self.question()) and self.chance.random() < 0.3:
            self.tried(actions.delete_question, question=question, by=asker_of(question))

    def do_leave(self):
        if self.chance.random() < 0.15:
            leaver = self.people.pop(0)
            actions.erase_people([Leaver(leaver.pk, self.chance.random() < 0.5)], at=self.at)
            self.people.append(PersonFactory())

    def do_change_of_work(self):
        if self.chance.random() < 0.2:
            worker = self.people[-1]
            if not Membership.objects.filter(person=worker).delete()[0]:
                Membership.objects.create(person=worker, organisation=self.house.county)


@pytest.mark.parametrize("seed", range(LIVES))
def test_after_any_acts_the_counters_are_what_the_rows_say(house, seed):
    life = Life(house, seed)
    done = []
    for _ in range(STEPS):
        done.append(life.step())
        wrong = recount()
        assert wrong == [], (done[-1], wrong)
    # By the most direct words there are, besides.
    for topic in Topic.objects.all():
        shown = Question.objects.filter(tags__topic=topic, deleted_at=None, withheld_at=None)
        people = set()
        for person in User.objects.exclude(participated_at=None):
            since = person.participated_at
            if (
                shown.filter(author=person, asked_at__gte=since).exists()
                or shown.filter(follows__person=person, follows__at__gte=since).exists()
                or any(
                    q.answers.filter(
                        author=person, organisation=None, deleted_at=None, created_at__gte=since
                    ).exists()
                    or q.comments.filter(
                        author=person, organisation=None, deleted_at=None, created_at__gte=since
                    ).exists()
                    or q.answers.filter(useful__person=person, useful__at__gte=since).exists()
                    for q in shown
                )
            ):
                people.add(person.pk)
        assert topic.question_count == shown.count()
        assert topic.participant_count == len(people) + shown.filter(is_nameless=True).count()
    assert list(journal.faults()) == []
