"""A word before something becomes public that its writer may regret: personal data, which is
hidden with one tap or which an adult means; and words of the operators' list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from youthvoice.people import policy as people_policy
from youthvoice.safety import personal
from youthvoice.safety import queries as safety

_NAMES = {
    personal.Kind.PHONE: _("手机号"),
    personal.Kind.IDENTITY: _("身份证号"),
    personal.Kind.CARD: _("卡号或回执码"),
    personal.Kind.CHAT: _("微信号或 QQ 号"),
    personal.Kind.CLASS: _("学校和班级"),
}
#: Where somebody studies is not a number; a complaint about a class may need to name it.
_MAY_STAY = {personal.Kind.CLASS}
#: Quoted in the warning.
_WORDS_MOST = 10
#: Signs of a piece; a number in disguise may be long.
_PIECE_MOST = 40


class PersonalGuard(forms.Form):
    """Stops the first sending of words that hold personal data or listed words.

    The form then shows two buttons named `personal`: `mask` sends the words with the
    numbers hidden, `keep` sends them as they are. Numbers may be kept by who is of age: a
    `writer` whose account says so, and who leaves no name by saying so with the button, for
    then nobody looks at an account, and a false alarm must not silence them. Not by minors, and
    not under the name of those who never said. Nothing of it is stored.
    """

    guarded: tuple[str, ...] = ("text",)
    #: What was found, quoted with what it looks like; empty when there is nothing to warn of.
    personal_found: list[str] = []
    #: Listed words, as they were written.
    words_found: list[str] = []
    #: Whether what was found may be sent as it is.
    may_keep = False

    def __init__(
        self, *args: Any, writer: Any = None, nameless: bool = False, **kwargs: Any
    ) -> None:
        """`writer` is whoever is signed in; `nameless` says that nothing will name them."""
        super().__init__(*args, **kwargs)
        self.writer, self._nameless = writer, nameless

    def is_guarded(self) -> bool:
        """Whether these words are a person's own; an office may give its numbers."""
        return True

    def is_nameless(self) -> bool:
        return self._nameless

    def is_strict(self) -> bool:
        """Whether the rules for minors hold. Without a name nobody looks who is writing."""
        return self.is_nameless() or people_policy.is_protected(self.writer)

    @property
    def says_age(self) -> bool:
        """Whether the button says that whoever presses it is of age."""
        return self.is_nameless()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not self.is_guarded():
            return cleaned
        strict = self.is_strict()
        given = {name: text for name in self.guarded if (text := cleaned.get(name) or "")}
        hits = {name: safety.listed_words(text) for name, text in given.items()}
        choice = self.data.get("personal", "")
        if choice == "mask":
            for name, text in given.items():
                cleaned[name] = personal.mask(safety.mask(text, hits[name]), classes=strict)
            return cleaned
        found = {name: personal.find(text, classes=strict) for name, text in given.items()}
        if not any(found.values()) and not any(hits.values()):
            return cleaned
        kinds = dict.fromkeys(place.kind for places in found.values() for place in places)
        self.may_keep = set(kinds) <= _MAY_STAY or self.is_of_age()
        if choice != "keep" or not self.may_keep:
            quotes = {name: _quoted(given[name], places) for name, places in found.items()}
            self.personal_found = [quote for each in quotes.values() for quote in each]
            words = [given[name][hit.start : hit.end] for name in hits for hit in hits[name]]
            self.words_found = list(dict.fromkeys(words))[:_WORDS_MOST]
            self._warn(quotes)
        return cleaned

    def is_of_age(self) -> bool:
        """Whether numbers may be sent as they are, if that is meant."""
        if self.is_nameless():
            return not people_policy.is_minor(self.writer)
        return not people_policy.is_protected(self.writer)

    def _warn(self, quotes: dict[str, list[str]]) -> None:
        for name, found in quotes.items():
            if found:
                # At the field itself: with several numbers nobody would know which is meant.
                problem = _t("%s。发出去谁都能看到。") % _t("；").join(found)
                self.add_error(name, ValidationError(problem, code="personal"))
        if self.words_found:
            quoted = "".join(f"“{word}”" for word in self.words_found)
            problem = _t("这几个词可能伤到人，或者像骗局里的话：%s。批评、吐槽随便说，不用改。")
            self.add_error(None, ValidationError(problem % quoted, code="words"))


def _quoted(text: str, places: list[personal.Found]) -> list[str]:
    """Each piece once, as it was written, and what it looks like."""
    found = dict.fromkeys(
        _t("“%(piece)s”像%(kind)s")
        % {"piece": _short(text[place.start : place.end]), "kind": _NAMES[place.kind]}
        for place in places
    )
    return list(found)[:_WORDS_MOST]


def _short(piece: str) -> str:
    return " ".join(piece.split())[:_PIECE_MOST]
