"""Templates leave escaping to Django, in text and in attributes alike, and can be read."""

import re
from pathlib import Path

from youthvoice.floors import FLOORS

ROOT = Path(__file__).parents[2] / "youthvoice"
#: What makes, or hands on, text that is not escaped any more. `striptags` does for HTML of ours:
#: between tags that harms nobody, in an attribute a quotation mark ends it.
_UNESCAPED = re.compile(r"\|\s*(?:safe|safeseq|striptags|truncate\w+_html)\b|autoescape\s+off")
#: Django's own help texts, which nobody writes in a form.
_KNOWN = {"kit/templates/kit/_field_why.html": 1}
#: Characters in a line of a template, at most.
_LONGEST = 140


def found(root: Path) -> dict[str, int]:
    counts = {
        str(path.relative_to(root)): len(_UNESCAPED.findall(path.read_text()))
        for path in root.rglob("*.html")
    }
    return {name: count for name, count in counts.items() if count}


def test_no_template_hands_on_what_is_not_escaped():
    assert found(ROOT) == _KNOWN


def test_what_is_not_escaped_is_found(tmp_path):
    for name, text in (
        ("a.html", '<meta content="{{ question.body_html|striptags|truncatechars:110 }}">'),
        ("b.html", "{{ words | safe }}{% autoescape off %}"),
        ("c.html", "{{ words|gist:90 }} safe"),
    ):
        (tmp_path / name).write_text(text)

    assert found(tmp_path) == {"a.html": 1, "b.html": 2}


def long_lines(root: Path) -> list[str]:
    """Every line that is too long, of every file below a folder `templates`."""
    return [
        f"{path.relative_to(root)}:{number} has {len(line)} characters"
        for path in sorted(root.glob("*/templates/**/*"))
        if path.is_file()
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if len(line) > _LONGEST
    ]


def test_no_line_of_a_template_is_too_long_to_be_read():
    assert long_lines(ROOT) == []


def test_a_line_that_is_too_long_is_found(tmp_path):
    folder = tmp_path / "app" / "templates" / "app"
    folder.mkdir(parents=True)
    (folder / "_row.html").write_text("问" * 140 + "\n" + "<p>" + "问" * 138 + "\n")
    (folder / "letter.txt").write_text("\n\n" + "a" * 150)
    (tmp_path / "app" / "views.py").write_text("#" * 200)

    assert long_lines(tmp_path) == [
        "app/templates/app/_row.html:2 has 141 characters",
        "app/templates/app/letter.txt:3 has 150 characters",
    ]


#: Filters of Django's that lose what was typed, or don't shut in what turns the writing; and a
#: text's HTML outside of an element that keeps its indents.
_LOSING = re.compile(r"\|\s*(?:truncate(?:chars|words)|linebreaks(?:br)?|wordwrap|urlize\w*)\b")
_HTML_OF_WORDS = re.compile(r"""(?<!class="prose typed">)\{\{\s*[\w.]*_html\b""")
_CLASSES = re.compile(r'class="prose typed [\w -]+">')


def losing(root: Path) -> list[str]:
    found = []
    for path in sorted(root.rglob("*.html")):
        text = _CLASSES.sub('class="prose typed">', path.read_text())
        if _LOSING.search(text) or _HTML_OF_WORDS.search(text):
            found.append(str(path.relative_to(root)))
    return found


def test_what_people_typed_is_shown_as_they_typed_it():
    """By `gist`, `plain_words`, or as HTML in `.typed`."""
    assert losing(ROOT) == []


def test_a_template_that_loses_something_is_found(tmp_path):
    for name, text in (
        ("a.html", "{{ words|truncatechars:60 }}"),
        ("b.html", "{{ words|linebreaksbr }}{{ words | linebreaks }}"),
        ("c.html", '<div class="prose">{{ answer.body_html }}</div>'),
        ("d.html", '<div class="prose typed answer__body">{{ answer.body_html }}</div>'),
        ("e.html", "{{ words|gist:60 }}{{ words|plain_words }}"),
    ):
        (tmp_path / name).write_text(text)

    assert losing(tmp_path) == ["a.html", "b.html", "c.html"]


#: What is late, drawn otherwise than `.is-late` of base.css draws it.
_LATE_OTHERWISE = re.compile(r"""\|\s*is_late\s*%\}(?!\s*(?:class=")?is-late\b)""")


def late_otherwise(root: Path) -> list[str]:
    return [
        str(path.relative_to(root))
        for path in sorted(root.rglob("*.html"))
        if _LATE_OTHERWISE.search(path.read_text())
    ]


def test_what_is_late_has_one_look():
    assert late_otherwise(ROOT) == []


def test_what_is_late_with_another_look_is_found(tmp_path):
    for name, text in (
        ("a.html", '<p{% if lane|is_late %} class="is-wait"{% endif %}>'),
        ("b.html", '<p class="due{% if lane|is_late %} due--late{% endif %}">'),
        ("c.html", '<p{% if lane|is_late %} class="is-late"{% endif %}>'),
        ("d.html", '<p class="due{% if lane|is_late %} is-late{% endif %}">'),
    ):
        (tmp_path / name).write_text(text)

    assert late_otherwise(tmp_path) == ["a.html", "b.html"]


# --- Floors ------------------------------------------------------------------------------

_LOADS = re.compile(r"\{%\s*load\s+([^%]+?)\s*%\}")
_TAKES = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")


def from_above(root: Path, floors: tuple[tuple[str, ...], ...]) -> list[str]:
    """What a template takes of an app that isn't below its own: a library of tags, a template.

    `{% url %}` may name any page, and `{% include variable %}` what a floor above gives.
    """
    floor_of = {app: n for n, floor in enumerate(reversed(floors)) for app in floor}
    library_of = {
        path.stem: app for app in floor_of for path in root.glob(f"{app}/templatetags/*.py")
    }
    template_of = {
        str(path.relative_to(root / app / "templates")): app
        for app in floor_of
        for path in root.glob(f"{app}/templates/**/*.html")
    }
    found = []
    for name, app in sorted(template_of.items()):
        text = (root / app / "templates" / name).read_text()
        loaded = " ".join(_LOADS.findall(text)).split()
        taken = [(library, library_of.get(library)) for library in loaded]
        taken += [(other, template_of.get(other)) for other in _TAKES.findall(text)]
        found += [
            f"{app}: {name} takes {what} of {other}"
            for what, other in taken
            if other not in (None, app) and floor_of[other] >= floor_of[app]
        ]
    return found


def test_no_template_takes_anything_from_a_floor_above():
    assert from_above(ROOT, FLOORS) == []


def test_what_a_template_takes_from_above_is_found(tmp_path):
    for name, text in (
        ("upper/templates/upper/_more.html", "{% load lower_tags %}{% include 'lower/row.html' %}"),
        ("upper/templates/upper/page.html", '{% include "upper/_more.html" %}'),
        ("upper/templatetags/upper_tags.py", ""),
        ("beside/templates/beside/page.html", '{% extends "upper/page.html" %}'),
        ("lower/templatetags/lower_tags.py", ""),
        ("lower/templates/lower/row.html", "{% load i18n upper_tags %}{% url 'upper:page' %}"),
        ("lower/templates/lower/page.html", '{% include more %}{% include "upper/_more.html" %}'),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)

    assert from_above(tmp_path, (("upper", "beside"), ("lower",))) == [
        "beside: beside/page.html takes upper/page.html of upper",
        "lower: lower/page.html takes upper/_more.html of upper",
        "lower: lower/row.html takes upper_tags of upper",
    ]


def unkept_forms(root: Path) -> list[str]:
    """Pages with a form for words whose drafts no script would keep: they say nothing of whose
    drafts they are."""
    return [
        str(path.relative_to(root))
        for path in sorted(root.rglob("*.html"))
        if '{% extends "kit/base.html" %}' in (text := path.read_text())
        and 'method="post"' in text
        and ("kit/field.html" in text or "<textarea" in text)
        and 'include "kit/_drafts.html"' not in text
    ]


def test_every_form_that_takes_words_keeps_them():
    base = (ROOT / "kit/templates/kit/base_personal.html").read_text()

    assert 'include "kit/_drafts.html"' in base
    assert unkept_forms(ROOT) == []


def test_a_form_that_keeps_no_words_is_found(tmp_path):
    form = '<form method="post"><textarea name="text"></textarea></form>'
    (tmp_path / "bare.html").write_text('{% extends "kit/base.html" %}' + form)
    (tmp_path / "kept.html").write_text('{% extends "kit/base_personal.html" %}' + form)
    (tmp_path / "list.html").write_text('{% extends "kit/base.html" %}<form method="get">')

    assert unkept_forms(tmp_path) == ["bare.html"]
