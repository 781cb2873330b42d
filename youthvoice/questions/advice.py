"""A word before sending, for each field; operators' own texts come with a later room."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from youthvoice.questions.choices import Field


@dataclass(frozen=True)
class Advice:
    field: Field
    lines: tuple[object, ...]


ADVICE = (
    Advice(
        Field.WORK,
        (
            _("欠薪、合同纠纷：写明什么时候入职、有没有书面合同、欠了多久。"),
            _("急着要回工资，可以同时打 12333（人社）或 12348（法律援助）。"),
        ),
    ),
    Advice(
        Field.LIFE,
        (
            _("租房、户口、看病：写明在哪个区县、办到哪一步、对方怎么答复的。"),
            _("水电、道路、噪音一类的事，12345 也能受理，这里会帮你盯进展。"),
        ),
    ),
    Advice(
        Field.STUDY,
        (
            _("升学、资助、校园生活：写明年级和学校类型，不必写出校名。"),
            _("如果有人欺负你，可以不留名，也可以直接打 12355。"),
        ),
    ),
    Advice(
        Field.STARTUP,
        (
            _("说说做什么、在哪里、到了哪一步、卡在钱、场地还是手续。"),
            _("别把身份证、账号、密码写进来，也别先给任何“代办”转钱。"),
        ),
    ),
    Advice(
        Field.SOCIAL,
        (
            _("交友、婚恋、人际：写你自己的感受就好，别写别人的真名和联系方式。"),
            _("遇到威胁、跟踪、家暴，先打 110；12338 妇女热线也能帮上忙。"),
        ),
    ),
)
