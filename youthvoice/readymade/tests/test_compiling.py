"""What is drawn by functions is what Django draws, to the byte."""
# ruff: noqa: E501 - a template a line

from types import SimpleNamespace

import pytest
from django.template import Context, Engine, RequestContext
from django.template.base import Node
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe

from tests.architecture import tree
from youthvoice.readymade.compiling.loader import Made

LIBRARIES = {name: f"django.templatetags.{name}" for name in ("i18n", "static", "tz", "l10n")} | {
    "kit_tags": "youthvoice.kit.templatetags.kit_tags",
    "mark": "youthvoice.kit.templatetags.mark",
}


class Gone(Exception):
    silent_variable_failure = True


class Thing:
    name = "a < b & 'c' \"d\""
    number = 1234567
    safe = mark_safe("<b>bold</b>")

    def __init__(self, **more):
        self.__dict__.update(more)

    def said(self):
        return "said <i>"

    def erase(self):
        raise AssertionError("templates don't erase")

    erase.alters_data = True  # type: ignore[attr-defined]

    def wants(self, something):
        return something

    @property
    def lost(self):
        raise Gone


def names():
    return {
        "thing": Thing(other=Thing(name="inner")),
        "text": "1 < 2 & 'so'",
        "safe": mark_safe("<em>ok</em>"),
        "none": None,
        "zero": 0,
        "number": 12345,
        "half": 2.5,
        "list": ["x", "<y>", "z"],
        "empty": [],
        "pairs": [("a", 1), ("<b>", 2)],
        "dict": {"key": "<value>", "items": "own"},
        "call": lambda: "called",
        "lazy": SimpleLazyObject(lambda: Thing(name="lazy <")),
        "kind": Thing,
        "space": SimpleNamespace(a=SimpleNamespace(b="deep")),
        "which": "part.html",
    }


SOURCES = [
    "{{ text }}|{{ safe }}|{{ none }}|{{ zero }}|{{ number }}|{{ half }}|{{ nothing }}",
    "{{ thing.name }}|{{ thing.number }}|{{ thing.safe }}|{{ thing.said }}|{{ thing.nothing }}",
    "{{ thing.erase }}|{{ thing.wants }}|{{ thing.lost }}|{{ thing.lost.more }}|{{ thing.other.name }}",
    "{{ list.1 }}|{{ list.7 }}|{{ dict.key }}|{{ dict.items }}|{{ dict.none }}|{{ call }}",
    "{{ lazy.name }}|{{ kind.name }}|{{ space.a.b }}|{{ space.c.b }}|{{ text.upper }}|{{ text.0 }}",
    "{{ text|upper }}|{{ safe|upper }}|{{ list|join:', ' }}|{{ safe|default:'x' }}|{{ nothing|default:text }}",
    "{{ list|length }}|{{ list|slice:':2'|join:'<' }}|{{ text|add:safe }}|{{ number|add:'1' }}",
    "{% if thing.lost %}a{% elif nothing %}b{% elif none == nothing %}c{% else %}d{% endif %}",
    "{% if number > 3 and not zero or text == 'x' %}a{% endif %}{% if none > 3 %}b{% else %}c{% endif %}",
    "{% if 'x' in list %}a{% endif %}{% if 'q' not in list %}b{% endif %}{% if none is None %}c{% endif %}",
    "{% if number >= 1 %}1{% endif %}{% if number <= 1 %}2{% endif %}{% if number != 1 %}3{% endif %}",
    "{% if text|add:nothing.more %}a{% else %}b{% endif %}",
    "{% for x in list %}{{ forloop.counter }}{{ x }}{% if not forloop.last %},{% endif %}{% endfor %}",
    "{% for x in empty %}a{% empty %}none{% endfor %}{% for x in nothing %}a{% empty %}b{% endfor %}",
    "{% for a, b in pairs %}{{ a }}{{ b }}{{ forloop.revcounter0 }}{% endfor %}{{ a }}{{ x }}",
    "{% for x in list reversed %}{% for y in list %}{{ forloop.parentloop.counter }}{{ y }}{% endfor %}{% endfor %}",
    "{% for x in list %}{% if x == 'x' %}{% translate 'kept' as k %}{% endif %}{{ k }};{% endfor %}{{ k }}",
    "{% for x in pairs %}{% ifchanged x.0 %}{{ x.1 }}{% endifchanged %}{% cycle 'a' 'b' %}{% endfor %}",
    "{% with a=text b=thing.name %}{{ a }}{{ b }}{% endwith %}{{ a }}",
    "{% include 'part.html' %}{% include 'part.html' with text=safe %}{% include 'part.html' only %}",
    "{% include which %}{% include which with text='<lit>' only %}{% include 'part.html' with text=nothing %}",
    "{% autoescape off %}{{ text }}{% endautoescape %}{{ text }}{% filter upper %}{{ text }}{% endfilter %}",
    "{% load i18n %}{% translate '50%% of' %}{% translate text %}{% blocktranslate %}a 5% {{ text }}{% endblocktranslate %}",
    "{% load i18n %}{% blocktranslate with a=thing.name count n=number %}{{ n }} {{ a }}{% plural %}{{ n }}s {{ a }}{{ nothing }}{% endblocktranslate %}",
    "{% load i18n %}{% blocktranslate trimmed asvar told %}  to {{ text }}  {% endblocktranslate %}[{{ told }}]",
    "{% url 'site:home' %}|{% url 'site:question' 7 as q %}{{ q }}|{% url 'no:where' as w %}[{{ w }}]",
    "{% load mark %}{% ring_mark 28 %}{% ring_mark 72 'empty' %}{% ring_mark 28 %}",
    "{% load kit_tags %}{{ 3700|duration }}{{ none|ago }}{{ text|plain_words }}[{% drafts_owner %}]",
    "{% csrf_token %}{% comment %}no{% endcomment %}{# nor #}{% verbatim %}{{ text }}{% endverbatim %}",
    "{% firstof nothing text %}{% now 'Y' as y %}{{ y }}{% spaceless %}<p> <b>{{ text }}</b> </p>{% endspaceless %}",
    "{% extends 'base.html' %}{% block b %}new {{ text }}{% block inner %}in{% endblock %}{% endblock %}",
    "{% extends 'middle.html' %}{% block a %}top {{ block.super }}{% endblock %}{% block inner %}mine{% endblock %}",
]
PARTS = {
    "part.html": "({{ text }}{{ number }}{% translate 'x' as here %}{{ here }})",
    "base.html": "{% block a %}A{{ text }}{% endblock %}-{% block b %}B{% endblock %}{% block c %}{% endblock %}",
    "middle.html": "{% extends 'base.html' %}{% block a %}mid {{ block.super }}{% endblock %}"
    "{% block b %}[{% block inner %}none{% endblock %}]{{ here }}{% endblock %}",
}
PARTS = {
    name: text if "extends" in text else "{% load i18n %}" + text for name, text in PARTS.items()
}
RING = tree.ROOT / "youthvoice/kit/templates/kit/_ring.html"
PARTS["kit/_ring.html"] = RING.read_text(encoding="utf-8")


def engine(*, made):
    """One that draws by functions, or Django's own."""
    locmem = "django.template.loaders.locmem.Loader"
    own = Engine(
        loaders=[(locmem, {**PARTS, **{f"{at}.html": src for at, src in enumerate(SOURCES)}})],
        libraries=LIBRARIES,
        builtins=["django.templatetags.i18n"],
    )
    if made:
        found = own.find_template

        def find_template(name, dirs=None, skip=None):
            template, origin = found(name, dirs, skip)
            if name not in kept:
                template.nodelist = Made(template)
                kept[name] = template
            return kept[name], origin

        kept = {}
        own.find_template = find_template
    return own


@pytest.mark.parametrize("at", range(len(SOURCES)), ids=lambda at: SOURCES[at][:40])
def test_every_tag_draws_what_django_draws(at, settings):
    request = RequestFactory().get("/")
    request.META["CSRF_COOKIE"] = "a" * 32
    drawn = []
    for made in (False, True, True):
        template = engine(made=made).get_template(f"{at}.html")
        if made:
            assert isinstance(template.nodelist, Made)
        drawn.append([])
        for _time in range(2):
            context = RequestContext(request)
            context.push(**names(), csrf_token="token<")
            drawn[-1].append(template.render(context))
    plain, first, second = drawn

    assert first == second == plain
    assert plain[0] == plain[1]


def test_without_escaping_django_draws():
    template = engine(made=True).get_template("0.html")

    assert template.render(Context(names(), autoescape=False)).startswith("1 < 2 & 'so'|")


def test_a_page_of_ours_walks_no_node_of_a_template(client, house, monkeypatch):
    """The control: the same page by Django's own way walks hundreds."""
    walked = []
    render = Node.render_annotated
    monkeypatch.setattr(
        Node, "render_annotated", lambda self, context: walked.append(self) or render(self, context)
    )
    client.get("/")
    walked.clear()
    client.get("/")
    few = len(walked)
    with monkeypatch.context() as patch:
        patch.setattr(Made, "part", lambda self, key: None)
        client.get("/")

    assert few <= 2
    assert len(walked) > 50 * (few + 1)


def test_all_templates_of_ours_are_made(house):
    """One that isn't is drawn by Django, slowly: it says `block.super` in an odd place, or extends
    a template that it names by a variable. Some extend one of allauth's or of the admin, which are left to them."""
    odd = []
    for path in sorted((tree.ROOT / "youthvoice").glob("*/templates/**/*.html")):
        name = str(path).split("/templates/", 1)[1]
        template = get_template(name).template
        is_theirs = name.startswith(("account/", "allauth/", "mfa/", "workdays/"))
        if not is_theirs and template.nodelist.part(("zh-hans",)) is None:
            odd.append(name)
    assert odd == []
