"""A plain rule for the field and the kind of what was not sorted by its author.

Each word counts 3 in the title and 1 for being anywhere in the text. A field other than 生活
wins only with more than 生活 has; the highest sum does, the earlier in the table at a tie.
`bench/fields.py` measures it. The rule is told in docs/operating.md; issue by issue something
better may take its place.
"""

from youthvoice.orgs.fields import OF_FIELD
from youthvoice.questions.choices import Field, Kind


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


#: Words of a field that in a letter to officials stand for anything: everybody writes to a
#: 领导, of some 单位, about its 工作. By them sewage was 工作.
FAINT = frozenset(
    _words(
        """
        领导 单位 工作 公司 老板 同事 事业单位 合同 退休 项目 资金 学习 作业 档案 成绩 大学 学院
        专业 课程 论文 活动 对象 沟通 家人 网友 心情 压力 朋友 兴趣 人际 孩子 父母 老人 补贴 法律
        投诉 消费 生活 中介
        """
    )
)
#: What such letters speak of, and those who ask here seldom do.
ALSO: dict[Field, tuple[str, ...]] = {
    Field.WORK: _words(
        """
        劳动 养老保险 社会保险 工龄 人社局 劳动局 失业金 讨薪 加班费 临时工 用工 务工
        """
    ),
    Field.STUDY: _words("教育 教师 学生 中学 小学 校园 校长 入学 就读 学区 教学 班主任 幼师"),
    Field.LIFE: _words(
        """
        公路 马路 修路 路灯 公厕 厕所 污水 排污 臭 扬尘 粉尘 拆迁 拆除 征地 征收 安置 棚户 棚改
        违章 违建 房产 房改 楼盘 开发商 业主 出租车 客运 车站 站台 红绿灯 拥堵 农贸市场 市场 旅游
        景区 价格 医生 卫生 计生 独生子女 新农合 医疗 邮政 环保 施工 工程 住房 规划 水库 公园 绿化
        城管 交警 交通 村民 供水 自来水 网吧
        """
    ),
}
_WORDS = {
    field: tuple(
        word for word in dict.fromkeys(of.words + ALSO.get(field, ())) if word not in FAINT
    )
    for field, of in OF_FIELD.items()
}

KIND_WORDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.SUGGEST, ("建议", "希望能", "提议", "何不", "意见")),
    (Kind.CONSULT, ("咨询", "请问", "如何", "怎么", "什么时候", "是否", "吗", "多久")),
    (Kind.TALK, ("倾诉", "心里", "难过", "委屈", "好累", "迷茫")),
)


def field_of(title: str, text: str) -> Field:
    scores = {
        field: sum(3 * (word in title) + (word in text) for word in words)
        for field, words in _WORDS.items()
    }
    life = scores.pop(Field.LIFE)
    best = max(scores, key=lambda field: scores[field])
    return best if scores[best] > life else Field.LIFE


def kind_of(title: str, text: str) -> Kind:
    """The first kind of which a word stands in the title; otherwise somebody seeks help."""
    for kind, words in KIND_WORDS:
        if any(word in title for word in words):
            return kind
    return Kind.HELP
