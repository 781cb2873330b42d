"""What may stand between two #, and which names are one."""

import pytest
from django.core.exceptions import ValidationError

from youthvoice.topics.choices import KEY_MOST
from youthvoice.topics.names import check_name, key_of


@pytest.mark.parametrize(
    "name",
    [
        "热水",
        "宿舍热水停了",
        "12345",
        "工资，怎么要",
        "Ｗｉ－Ｆｉ覆盖",
        "C++求职",
        "考研🔥冲刺",
        "字" * 20,
        "\U00030edd\U00030ede",
        "𰻝𰻝面",
    ],
)
def test_a_name_of_seen_signs_is_taken(name):
    check_name(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "length"),
        ("水", "length"),
        ("字" * 21, "length"),
        ("ﷺ" * 10, "space"),
        ("㌖" * 20, "length"),
        ("热 水", "space"),
        ("热\u3000水", "space"),
        ("热\u00a0水", "space"),
        ("热\n水", "space"),
        ("#热水#", "hash"),
        ("热＃水", "hash"),
        ("热\u200b水", "unseen"),
        ("热\u200d水", "unseen"),
        ("热\u2060水", "unseen"),
        ("热\ufeff水", "unseen"),
        ("热\u3164水", "unseen"),
        ("热\ue000水", "unseen"),
        ("热水\ufe0f", "unseen"),
        ("热\u034f水", "unseen"),
        ("热\x07水", "unseen"),
        ("热\u00ad水", "unseen"),
        ("热\u202e水", "turns"),
        ("热\u2067水", "turns"),
        ("热\x00水", "unstorable"),
        ("热\ud800水", "unstorable"),
        ("热" + "\u0301" * 6 + "水", "stack"),
        ("——！！", "signs"),
        ("🔥🔥", "signs"),
    ],
)
def test_a_name_that_hides_something_or_is_none_is_refused(name, why):
    with pytest.raises(ValidationError) as refused:
        check_name(name)

    assert [problem.code for problem in refused.value.error_list] == [why]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("WIFI覆盖", "wifi覆盖"),
        ("ＷｉＦｉ覆盖", "wifi覆盖"),
        ("工资，怎么要", "工资,怎么要"),
        ("STRASSE", "straße"),
        ("①号线", "1号线"),
    ],
)
def test_names_that_read_alike_are_one(one, other):
    assert key_of(one) == key_of(other)


def test_other_names_are_others():
    assert len({key_of(name) for name in ("热水", "热水器", "熱水")}) == 3


def test_the_key_of_a_key_is_the_key_and_fits():
    for name in ("ǅ大", "İstanbul", "ﬃ" * 20, "字" * 20):
        key = key_of(name)
        assert key_of(key) == key
        assert len(key) <= KEY_MOST
