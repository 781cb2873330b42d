"""The plain rule that sorts what its author did not."""

import pytest

from youthvoice.importing.sorting import ALSO, FAINT, field_of, kind_of
from youthvoice.orgs.fields import OF_FIELD
from youthvoice.questions.choices import Field, Kind


@pytest.mark.parametrize(
    ("title", "text", "field"),
    [
        ("拖欠工资", "", Field.WORK),
        ("学校收补课费", "", Field.STUDY),
        ("返乡办厂", "", Field.STARTUP),
        ("相亲活动", "", Field.SOCIAL),
        ("路灯坏了", "晚上看不清", Field.LIFE),
        ("", "", Field.LIFE),
        # Sewage, a street lamp and a bus stop are no work, whoever is asked to see to them.
        ("请领导管管污水", "某公司的工作人员说这是他们单位的项目", Field.LIFE),
        ("路灯坏了半年", "尊敬的领导：物业公司不管", Field.LIFE),
        ("公交站台被拆了", "上班不方便", Field.LIFE),
        ("领导", "工作单位的老板和合同", Field.LIFE),
        ("小学门口的马路", "修路", Field.LIFE),
        ("小学入学", "户口", Field.STUDY),
        # A word in the title outweighs two in the text.
        ("创业", "学校里的老师", Field.STARTUP),
        # Four in the text outweigh one in the title.
        ("创业", "学校 学费 老师 高考", Field.STUDY),
        # At a tie the earlier of the table.
        ("学校 工资", "", Field.WORK),
    ],
)
def test_the_field_with_most_words_wins(title, text, field):
    assert field_of(title, text) == field


def test_a_word_that_says_little_says_nothing_in_two_lists():
    assert all(not FAINT & set(words) for words in ALSO.values())
    named = {word for of in OF_FIELD.values() for word in of.words}
    assert named >= FAINT
    assert not named & {word for words in ALSO.values() for word in words}


def test_a_word_counts_once_however_often_it_is_said():
    assert field_of("创业", "学校" * 50) == Field.STARTUP


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("建议修路，请问行吗", Kind.SUGGEST),
        ("请问怎么办", Kind.CONSULT),
        ("心里难过", Kind.TALK),
        ("路灯坏了", Kind.HELP),
        ("", Kind.HELP),
    ],
)
def test_the_kind_follows_from_the_title(title, kind):
    assert kind_of(title, "建议 请问 心里") == kind
