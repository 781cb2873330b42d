"""Whether all that is typed is shown: `.venv/bin/python bench/showing.py [20000]`.

So many texts of all that people type and paste are drawn, written back as somebody types them
(tests/showing.py), and compared; the reading of before, Markdown, goes beside it as a control.
Prints one line. The tests do the same with fewer.
"""

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))


def main() -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings_test"
    os.environ["YOUTHVOICE_DATA"] = tempfile.mkdtemp(prefix="youthvoice-bench-")
    import django

    django.setup()
    from hypothesis import HealthCheck, Phase, given, settings

    from tests.showing import TEXTS, assert_all_is_shown
    from youthvoice.kit.tests.test_showing import markdown
    from youthvoice.kit.text import render

    many = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    drawn: Counter[str] = Counter()
    lost: list[str] = []
    before = read = 0

    @settings(
        max_examples=many,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXTS)
    def look(source: str) -> None:
        nonlocal before, read
        read += 1
        try:
            drawn.update(assert_all_is_shown(source, render.__wrapped__))
        except AssertionError:
            lost.append(source)
        try:
            assert_all_is_shown(source, markdown)
        except AssertionError:
            before += 1

    look()
    print(
        f"{read} texts, {len(lost)} of them lost or changed something (Markdown: {before});",
        f"honoured: {drawn['strong']} bold, {drawn['a']} links, {drawn['ol'] + drawn['ul']} lists,",
        f"{drawn['blockquote']} quotations",
        *(f"\n{source!r}" for source in lost[:5]),
    )
    return int(bool(lost))


if __name__ == "__main__":
    sys.exit(main())
