"""What hangs on a field of life, besides its name (`orgs.choices.Field`).

Its hue stands in static/css/tokens.css, its drawing in questions/templates/questions/fields/,
and what is asked in it in the demo in demo/content/. tests/architecture/test_homes.py says what
is missing for a new one.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from youthvoice.orgs.choices import Field


@dataclass(frozen=True)
class OfField:
    """One word may stand in several fields: then it says less of each."""

    #: A word before sending, line by line.
    advice: tuple[object, ...]
    #: What speaks for it in a question, for sorting and routing.
    words: tuple[str, ...]


def _words(words: str) -> tuple[str, ...]:
    return tuple(words.split())


OF_FIELD: dict[Field, OfField] = {
    Field.WORK: OfField(
        advice=(
            _("欠薪、合同纠纷：写明什么时候入职、有没有书面合同、欠了多久。"),
            _("急着要回工资，可以同时打 12333（人社）或 12348（法律援助）。"),
        ),
        words=_words(
            """
            工作 上班 加班 工资 薪 拖欠 欠薪 社保 公积金 五险一金 劳动合同 合同 试用期
            实习 单位 公司 老板 同事 领导 入职 离职 辞职 辞退 裁员 求职 找工作 面试
            招聘 简历 就业 失业 岗位 编制 考公 公务员 事业单位 工伤 退休 农民工 打工
            兼职 职称 劳动仲裁 休假 年假 产假
            """
        ),
    ),
    Field.LIFE: OfField(
        advice=(
            _("租房、户口、看病：写明在哪个区县、办到哪一步、对方怎么答复的。"),
            _("水电、道路、噪音一类的事，12345 也能受理，这里会帮你盯进展。"),
        ),
        words=_words(
            """
            生活 房子 租房 房东 押金 中介 买房 购房 房贷 物业 小区 邻居 停车 水电 停水
            停电 燃气 暖气 公交 地铁 道路 出行 户口 落户 身份证 居住证 医院 看病 医保
            报销 生育 孩子 幼儿园 父母 老人 低保 残疾 噪音 污染 垃圾 快递 消费 退款
            投诉 诈骗 网贷 法律 婚姻登记 签证 补贴 环境 食品
            """
        ),
    ),
    Field.STUDY: OfField(
        advice=(
            _("升学、资助、校园生活：写明年级和学校类型，不必写出校名。"),
            _("如果有人欺负你，可以匿名，也可以直接打 12355。"),
        ),
        words=_words(
            """
            学习 学校 大学 高校 学院 老师 同学 上课 课程 作业 考试 期末 挂科 成绩 绩点
            高考 中考 考研 保研 自考 专升本 四级 六级 学费 奖学金 助学金 助学贷款 毕业
            毕业证 学位 学历 学籍 档案 论文 专业 转专业 宿舍 食堂 图书馆 军训 留学
            培训班 补课 支教 复习 录取 志愿填报 招生
            """
        ),
    ),
    Field.STARTUP: OfField(
        advice=(
            _("说说做什么、在哪里、到了哪一步、卡在钱、场地还是手续。"),
            _("别把身份证、账号、密码写进来，也别先给任何“代办”转钱。"),
        ),
        words=_words(
            """
            创业 开店 开公司 注册公司 营业执照 个体户 创业贷款 担保贷款 贴息 孵化 孵化器
            孵化园 创业园 创客 众创 融资 投资人 天使投资 合伙 合伙人 股权 加盟 项目
            商业计划书 创业大赛 创业补贴 税收优惠 小微企业 返乡 返乡创业 电商 直播带货 网店
            大棚 种植 养殖 合作社 专利 商标 摆摊 资金 青创
            """
        ),
    ),
    Field.SOCIAL: OfField(
        advice=(
            _("交友、婚恋、人际：写你自己的感受就好，别写别人的真名和联系方式。"),
            _("遇到威胁、跟踪、家暴，先打 110；12338 妇女热线也能帮上忙。"),
        ),
        words=_words(
            """
            社交 朋友 交友 相亲 恋爱 对象 男朋友 女朋友 分手 失恋 表白 结婚 婚恋 单身
            联谊 孤独 孤单 内向 社恐 沟通 人际 人际关系 舍友 室友 吵架 冷暴力 家人
            父母吵架 原生家庭 志愿者 志愿活动 社团 活动 聚会 兴趣 运动搭子 网友 网恋 心情
            压力 倾诉 焦虑 迷茫
            """
        ),
    ),
}
