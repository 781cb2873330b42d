"""What was reported, hidden and appealed in the world, and who may read of it."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser

from tests.factories import MONDAY, ask
from youthvoice.moderation import actions
from youthvoice.moderation.choices import HideReason
from youthvoice.moderation.models import Item
from youthvoice.people.models import User
from youthvoice.questions import actions as questions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

#: Word, and who comes upon it.
SECRETS = {
    "举报时补充的话": ("duty", "lead", "operator"),
    "按规则隐去的评论": ("peer", "duty", "lead", "operator"),
    "申诉里写的话": ("peer", "duty", "lead", "operator"),
    "匿名而隐去的评论": ("receipt", "duty", "lead", "operator"),
}


def build_items(
    people: dict[str, User], asked: dict[str, Question], answers: dict, comments: dict
) -> dict[str, tuple[object, ...]]:
    """One item waits, one is hidden with an appeal, one is hidden and nameless."""
    peer = Viewer(people["peer"])
    opened = Viewer(AnonymousUser(), frozenset({asked["nameless"].pk}))
    items = {
        "item_open": _report(_comment(asked["stranger"], "挨了举报的评论", peer), people),
        "item_hidden": _hide(_comment(asked["stranger"], "按规则隐去的评论", peer), people),
        "item_withheld": _report(comments["withheld_comment"], people, by="operator"),
        "item_nameless": _hide(_comment(asked["nameless"], "匿名而隐去的评论", opened), people),
    }
    actions.appeal(
        item=Item.objects.get(pk=items["item_hidden"].pk), text="申诉里写的话", by=peer, at=MONDAY
    )
    gone = ask(by=people["peer"])
    questions.delete_question(question=gone, by=peer, at=MONDAY)
    found: dict[str, tuple[object, ...]] = {name: (item.pk,) for name, item in items.items()}
    return found | {
        "r_question": ("question", asked["named"].pk),
        "r_answer": ("answer", answers["peer"].pk),
        "r_comment": ("comment", comments["by_peer"].pk),
        "r_hidden": ("answer", answers["hidden_answer"].pk),
        "r_gone": ("question", gone.pk),
        "r_withheld": ("answer", answers["withheld_answer"].pk),
        "r_none": ("comment", 999_999),
        "r_nothing": ("person", people["peer"].pk),
    }


def _comment(question: Question, text: str, by: Viewer):
    return questions.comment(question=question, answer=None, text=text, by=by, at=MONDAY)


def _report(words, people: dict[str, User], by: str = "asker") -> Item:
    made = actions.report(
        words=words,
        reason=HideReason.ABUSE,
        note="举报时补充的话",
        by=Viewer(people[by]),
        at=MONDAY,
    )
    return Item.objects.get(pk=made.item_id)


def _hide(words, people: dict[str, User]) -> Item:
    item = _report(words, people)
    later = MONDAY + timedelta(hours=4)
    actions.hide(item=item, reason=HideReason.ABUSE, by=people["duty"], at=later)
    return item
