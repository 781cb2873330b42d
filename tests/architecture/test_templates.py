"""Templates leave escaping to Django, in text and in attributes alike."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2] / "youthvoice"
#: What makes, or hands on, text that is not escaped any more. `striptags` does for HTML of ours:
#: between tags that harms nobody, in an attribute a quotation mark ends it.
_UNESCAPED = re.compile(r"\|\s*(?:safe|safeseq|striptags|truncate\w+_html)\b|autoescape\s+off")
#: Django's own help texts, which nobody writes in a form.
_KNOWN = {"kit/templates/kit/_field_why.html": 1}


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
