"""The echo ring: where a question stands, as four arcs around a dot.

The dot is the question and the arcs are the four kinds of help, clockwise from the top: the
League, peers, government, society. An arc is faint until that lane is asked, outlined while it
waits, solid when it has answered. The dot fills when the asker says that it is solved.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.utils.translation import gettext as _

from youthvoice.kit.labels import language
from youthvoice.kit.templatetags.mark import ARCS, DONE, FAINT, TEMPLATE, WAITING, drawing

register = template.Library()

#: The lanes' codes as cases may write them, by our own.
SAME = {"tuan": "league", "qing": "peer", "gov": "government", "zheng": "government",
        "she": "society", "official": "league", "expert": "society"}  # fmt: skip


def lane_names() -> dict[str, str]:
    """What each lane is called when it is read aloud."""
    return {
        "league": _("团组织"),
        "peer": _("青年"),
        "government": _("政府部门"),
        "society": _("社会力量"),
    }


def states_of(question: Any) -> dict[str, str]:
    """The four arcs' states, from what is kept beside the question and its case.

    A question that was moved here from an older house waits for nobody, for its asker is gone.
    """
    case = getattr(question, "case", None)
    awaited = case.awaited if case is not None and not question.is_imported else ()
    counts = {
        "league": question.official_count,
        "peer": question.peer_count,
        "government": question.government_count,
        "society": question.expert_count,
    }
    return {
        code: WAITING if code in awaited else DONE if count else FAINT
        for code, count in counts.items()
    }


def states_from(lanes: Iterable[Any]) -> dict[str, str]:
    """The same, from the lanes of a case: objects or dicts with `code` and `state`."""
    states = {code: FAINT for code, _turn in ARCS}
    for lane in lanes:
        code, state = _get(lane, "code"), _get(lane, "state")
        code = SAME.get(code, code)
        if code in states:
            states[code] = state
    return states


def _get(lane: Any, name: str) -> str:
    return str(lane[name] if isinstance(lane, Mapping) else getattr(lane, name))


def words_for(states: Mapping[str, str], *, solved: bool) -> str:
    """The ring in words: 团组织已回答，等政府部门回复，已解决. Faint arcs are not spoken of."""
    return _words(tuple(states.items()), solved, language())


@lru_cache(maxsize=1024)
def _words(states: tuple[tuple[str, str], ...], solved: bool, _language: str | None) -> str:
    names = lane_names()
    said = [
        (_("%(who)s已回答") if state == DONE else _("等%(who)s回复")) % {"who": names[code]}
        for code, state in states
        if state != FAINT
    ]
    if solved:
        said.append(_("已解决"))
    return _("，").join(said) or _("还没有人回答")


@register.inclusion_tag(TEMPLATE)
def ring(question: Any, size: int = 20, lanes: Iterable[Any] | None = None) -> dict[str, Any]:
    """Draw the ring of a question, `size` CSS pixels wide, named for screen readers."""
    states = states_from(lanes) if lanes else states_of(question)
    words = words_for(states, solved=question.outcome == "solved")
    return drawing(states, dot=question.outcome, size=size, words=words)


@register.inclusion_tag(TEMPLATE)
def ring_voice(kind: str, size: int = 28, state: str = DONE) -> dict[str, Any]:
    """The ring with one arc: whose voice an answer is. Words stand beside it."""
    lane = SAME.get(kind, kind)
    states = {code: state if code == lane else FAINT for code, _turn in ARCS}
    return drawing(states, dot="open", size=size, manner="ring--voice")
