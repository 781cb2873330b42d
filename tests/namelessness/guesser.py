"""Somebody who reads everything, and learns to name the asker among ten.

A conditional logit: each candidate gets a score from what is known of them and of the post;
it learns on a third of the posts and guesses at the others. Where nothing leads to an asker, each
guess is right once in ten, whatever was learned: how many are, is binomial, and `most_by_chance`
says from where on it is no chance.
"""

import math
import random
from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from statistics import fmean, pstdev
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from tests.namelessness.crowd import Crowd
from youthvoice.journal.models import Entry
from youthvoice.kit.clock import week_of
from youthvoice.people.models import SignIn, User
from youthvoice.questions.models import Answer, Comment, Question

CANDIDATES = 10


@dataclass
class Known:
    """What is known of one person."""

    pk: int
    joined: float
    last_login: float = 0.0
    times: list[float] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    places: list[tuple[str, str, str]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    on: set[int] = field(default_factory=set)
    seqs: list[int] = field(default_factory=list)
    session_ends: list[float] = field(default_factory=list)
    #: How often each mark in the list of devices stands where they came to say something.
    marks: Counter[str] = field(default_factory=Counter)


def _hour(at: datetime | None) -> float:
    return at.timestamp() / 3600 if at else 0.0


@dataclass
class Doors:
    """The list of devices without its key: who came is a mark, when is a week, and the numbers
    of the rows tell the order. Laid beside the order of acts, in which everybody came to do
    something, it tells by which mark somebody came for which act, give or take a few."""

    rows: dict[date, list[str]]
    acts: dict[date, list[datetime]]

    def near(self, at: datetime, width: int = 3) -> Counter[str]:
        """The marks of those who came about then, the nearest with the most weight."""
        week = week_of(at)
        rows, acts = self.rows[week], self.acts[week]
        place = bisect(acts, at) * len(rows) / (len(acts) or 1) - 1
        found: Counter[str] = Counter()
        for n in range(max(round(place) - width, 0), min(round(place) + width + 1, len(rows))):
            found[rows[n]] += 1 / (1 + abs(n - place)) ** 2  # type: ignore[assignment]
        return found


def _acts() -> QuerySet[Entry]:
    """What people did under their name or without it; the house's own left out."""
    return Entry.objects.filter(Q(actor__isnull=False) | Q(verb="question.asked"))


def look_at_doors() -> Doors:
    doors = Doors(defaultdict(list), defaultdict(list))
    for mark, week in SignIn.objects.order_by("pk").values_list("mark", "seen"):
        doors.rows[week].append(mark)
    for at in _acts().order_by("at").values_list("at", flat=True).distinct():
        doors.acts[week_of(at)].append(at)
    return doors


def learn_of(people: list[User], doors: Doors, *, copy: bool) -> dict[int, Known]:
    """From the public pages; with `copy`, from a copy of the database too."""
    known = {p.pk: Known(p.pk, _hour(p.date_joined), _hour(p.last_login)) for p in people}
    for q in Question.objects.filter(author__in=known):
        who = known[q.author_id or 0]
        who.times.append(_hour(q.asked_at))
        who.numbers.append(q.pk)
        who.places.append((q.region_id or "", q.field, q.kind))
        who.words |= _pairs(q.title + q.text)
    for model in (Answer, Comment):
        for row in model.objects.filter(author__in=known):
            who = known[row.author_id or 0]
            who.times.append(_hour(row.created_at))
            who.words |= _pairs(row.text)
            who.on.add(row.question_id)
    if copy:
        for entry in Entry.objects.filter(actor__in=known):
            known[entry.actor or 0].seqs.append(entry.seq)
        for session in Session.objects.all():
            owner = int(session.get_decoded().get(SESSION_KEY, 0))
            if owner in known:
                known[owner].session_ends.append(_hour(session.expire_date))
        for entry in _acts().filter(actor__in=known):
            known[entry.actor or 0].marks.update(doors.near(entry.at))
    for who in known.values():
        who.times.sort()
        who.numbers.sort()
        who.seqs.sort()
    return known


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _gap(value: float, among: list[Any]) -> float:
    """The logarithm of the distance to the nearest; as of nothing near when there is none."""
    if not among:
        return 12.0
    place = bisect(among, value)
    near = among[max(place - 1, 0) : place + 1]
    return math.log(1e-4 + min(abs(value - one) for one in near))


def _features(
    post: Question, seq: int, who: Known, came: Counter[str], *, copy: bool
) -> list[float]:
    at = _hour(post.asked_at)
    place = (post.region_id or "", post.field, post.kind)
    said = _pairs(post.title + post.text)
    found = [
        _gap(at, who.times),
        _gap(post.pk, who.numbers),
        float(bool(who.times) and at > who.times[-1]),
        *(fmean([p[i] == place[i] for p in who.places]) if who.places else 0.2 for i in range(3)),
        len(said & who.words) / (len(said) or 1),
        float(post.pk in who.on),
        float(len(who.times)),
        fmean([abs((at - t + 12) % 24 - 12) for t in who.times]) if who.times else 6.0,
        float(post.pk % 10 == who.pk % 10),
    ]
    if copy:
        found += [
            math.log(1e-4 + abs(at - who.joined)),
            math.log(1e-4 + abs(at - who.last_login)),
            _gap(seq, who.seqs),
            _gap(at, who.session_ends),
            float(len(who.session_ends)),
            math.log(1 + abs(post.pk - who.pk)),
            sum(weight * who.marks[mark] for mark, weight in came.items()),
            max((weight for mark, weight in came.items() if mark in who.marks), default=0.0),
            float(len(who.marks)),
        ]
    return found


@dataclass(frozen=True)
class Score:
    """How often the guess was right among ten, of the posts that it has not seen."""

    right: int
    of: int

    @property
    def share(self) -> float:
        return self.right / self.of


def most_by_chance(of: int, *, once_in: int = 4_000) -> int:
    """So many of so many guesses are right by chance; more, less than once in `once_in` runs."""
    chance, right = 1 / CANDIDATES, -1
    more = 1.0
    while more >= 1 / once_in:
        right += 1
        ways = math.lgamma(of + 1) - math.lgamma(right + 1) - math.lgamma(of - right + 1)
        more -= math.exp(ways + right * math.log(chance) + (of - right) * math.log(1 - chance))
    return right


def guess(crowd: Crowd, *, copy: bool, seed: int = 3, steps: int = 20) -> Score:
    """From the public pages; with `copy`, from a copy of the database too.

    Where nothing leads to an asker, both figures are the same in each run, but for what the
    numbers of rows do to them. With this seed they are about a tenth (0.11); with others, of six
    crowds of 1,000, between 0.08 and 0.13: so a run whose numbers begin elsewhere stays far from
    the bound.
    """
    dice = random.Random(seed)
    doors = look_at_doors()
    known = learn_of(crowd.people, doors, copy=copy)
    seqs: dict[int, int] = defaultdict(int)
    for seq, subject in Entry.objects.filter(verb="question.asked").values_list("seq", "subject"):
        seqs[int(subject.partition(":")[2])] = seq
    rounds = []
    for post in Question.objects.filter(pk__in=crowd.askers).order_by("pk"):
        asker = crowd.askers[post.pk]
        others = dice.sample([pk for pk in known if pk != asker], CANDIDATES - 1)
        seq, came = seqs[post.pk], doors.near(post.asked_at)
        # The asker stands first for the learning only; where they stand says nothing.
        rounds.append([_features(post, seq, known[pk], came, copy=copy) for pk in (asker, *others)])
    dice.shuffle(rounds)
    third = len(rounds) // 3
    _standardise(rounds)
    weights = _fit(rounds[:third], steps)
    unseen = rounds[third:]
    return Score(sum(_guess(one, weights, dice) == 0 for one in unseen), len(unseen))


def _standardise(rounds: list[list[list[float]]]) -> None:
    for i in range(len(rounds[0][0])):
        column = [row[i] for one in rounds for row in one]
        middle, width = fmean(column), pstdev(column) or 1.0
        for one in rounds:
            for row in one:
                row[i] = (row[i] - middle) / width


def _scores(one: list[list[float]], weights: list[float]) -> list[float]:
    return [sum(w * x for w, x in zip(weights, row, strict=True)) for row in one]


def _fit(rounds: list[list[list[float]]], steps: int) -> list[float]:
    """Gradient ascent on the likelihood of the asker, who stands first in each round."""
    size = len(rounds[0][0])
    weights = [0.0] * size
    for _ in range(steps):
        slope = [0.0] * size
        for one in rounds:
            powers = [math.exp(min(s, 50.0)) for s in _scores(one, weights)]
            total = sum(powers)
            for i in range(size):
                expected = sum(p * row[i] for p, row in zip(powers, one, strict=True)) / total
                slope[i] += one[0][i] - expected
        weights = [w + 2.0 * s / len(rounds) for w, s in zip(weights, slope, strict=True)]
    return weights


def _guess(one: list[list[float]], weights: list[float], dice: random.Random) -> int:
    scores = _scores(one, weights)
    best = max(scores)
    return dice.choice([place for place, score in enumerate(scores) if score == best])
