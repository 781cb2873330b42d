"""A plain rule for the field and the kind of what was not sorted by its author.

Each word counts 3 in the title and 1 for being anywhere in the text; the field with the
highest sum wins, the earlier in the table at a tie, and 生活 where no word is found. The
rule is told in docs/operating.md; issue by issue something better may take its place.
"""

from youthvoice.questions.choices import Field, Kind

FIELD_WORDS: dict[Field, tuple[str, ...]] = {
    Field.STUDY: (
        "学校",
        "学生",
        "老师",
        "教师",
        "高考",
        "中考",
        "考研",
        "学费",
        "补课",
        "大学",
        "中学",
        "小学",
        "教育",
        "幼儿园",
        "招生",
        "毕业证",
        "课程",
        "学位",
        "培训班",
        "录取",
        "专业",
    ),
    Field.WORK: (
        "工资",
        "劳动",
        "社保",
        "就业",
        "招聘",
        "加班",
        "拖欠",
        "合同",
        "公司",
        "单位",
        "上班",
        "辞职",
        "编制",
        "公务员",
        "职工",
        "农民工",
        "退休",
        "养老保险",
        "工伤",
        "职称",
        "待遇",
    ),
    Field.STARTUP: (
        "创业",
        "贷款",
        "营业执照",
        "个体户",
        "注册公司",
        "门面",
        "经营",
        "办厂",
        "返乡",
        "招商",
        "税务",
        "开店",
        "电商",
        "合作社",
        "养殖",
        "种植",
    ),
    Field.SOCIAL: (
        "相亲",
        "婚姻",
        "恋爱",
        "结婚",
        "交友",
        "社团",
        "志愿",
        "朋友",
        "同学会",
        "邻居",
        "孤独",
        "网友见面",
        "家暴",
        "离婚",
    ),
    Field.LIFE: (),
}

_KIND_WORDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.SUGGEST, ("建议", "希望能", "提议", "何不", "意见")),
    (Kind.CONSULT, ("咨询", "请问", "如何", "怎么", "什么时候", "是否", "吗", "多久")),
    (Kind.TALK, ("倾诉", "心里", "难过", "委屈", "好累", "迷茫")),
)


def field_of(title: str, text: str) -> Field:
    scores = {
        field: sum(3 * (word in title) + (word in text) for word in words)
        for field, words in FIELD_WORDS.items()
    }
    best = max(scores, key=lambda field: scores[field])
    return best if scores[best] else Field.LIFE


def kind_of(title: str, text: str) -> Kind:
    """The first kind of which a word stands in the title; otherwise somebody seeks help."""
    for kind, words in _KIND_WORDS:
        if any(word in title for word in words):
            return kind
    return Kind.HELP
