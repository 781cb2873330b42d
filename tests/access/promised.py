"""What was promised and asked back in the world, and who may read of it."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from tests.factories import MONDAY, House, answer
from youthvoice.callbacks import actions as callbacks
from youthvoice.callbacks.choices import Channel
from youthvoice.callbacks.models import Callback
from youthvoice.kit import clock
from youthvoice.people.models import User
from youthvoice.people.queries import hash_of
from youthvoice.promises import actions
from youthvoice.questions.models import Question
from youthvoice.questions.policy import Viewer

_ON = ("named", "nameless")
LINK = "l" * 43
#: Word, and who comes upon it.
SECRETS = {"回访里说还缺的话": ("holder", "duty", "lead")}
IN_A_MONTH = (timezone.localdate(clock.now()) + timedelta(days=30)).isoformat()


def build_promises(
    people: dict[str, User], asked: dict[str, Question], house: House
) -> dict[str, tuple[object, ...]]:
    """A promise under a reply to the named and to the nameless question; both asked back."""
    found: dict[str, tuple[object, ...]] = {"link": (LINK,)}
    for name in _ON:
        reply = answer(asked[name], by=people["holder"], organisation=house.city, text="我们会办。")
        made = actions.promise(
            answer=reply,
            text="答复退款结果",
            due_on=timezone.localdate(MONDAY) + timedelta(days=7),
            by=people["holder"],
            at=MONDAY + timedelta(hours=2),
        )
        found[f"promise_{name}"] = (made.pk,)
    at = clock.now()
    callbacks.open_due(at=at)
    latest = {name: Callback.objects.get(case__question=asked[name], day=28) for name in _ON}
    by = Viewer(AnonymousUser(), frozenset({asked["named"].pk}))
    [word] = SECRETS
    callbacks.call_back(callback=latest["named"], by=by, channel=Channel.LINK, at=at, missing=word)
    Callback.objects.filter(pk=latest["named"].pk).update(token_digest=hash_of(LINK))
    return found
