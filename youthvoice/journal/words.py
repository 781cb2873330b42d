"""What entries say, in words, for operators. A verb without words is shown as its code."""

from functools import cache

from django.apps import apps
from django.utils.translation import gettext_lazy

#: By what it is about, then by what was done.
_SAID = {
    "admin": "added 后台：新增 | changed 后台：修改 | removed 后台：删除",
    "answer": "accepted 采纳回答 | put_back 取消采纳 | deleted 删去回答 | edited 改回答 "
    "| found_useful 点有用 | useful_taken_back 收回有用 | hidden 隐藏回答 | shown 恢复回答",
    "appeal": "made 申诉 | decided 申诉有了结果",
    "case": "asked_back 请提问者补充 | asked_for 代为提出 | called_back 追问后的回访 "
    "| call_back 该回访了 | claimed 接手 | released 放下 | code_issued 发一次性码 "
    "| code_used 用一次性码 | escalated 超时上报 | excluded 不计入三率 "
    "| exclusion_asked 申请不计入三率 | exclusion_ended 重新计入三率 | given_back 退回 "
    "| held 归口承办 | kept 承诺兑现 | broken 承诺没有兑现 | promised 承诺 "
    "| late_seen 看过催办 | letter_ordered 寄转办函 | letter_mailed 转办函寄出 "
    "| letter_not_mailed 转办函没寄出 | merged 并入一件事 | unmerged 从一件事分出 "
    "| set_apart 标为不是一件事 | noted 记便签 | note_cleared 抹去便签 "
    "| numbers_kept 附上联系方式 | numbers_released 给出联系方式 | referred 转办 "
    "| reminded 提醒 | replanned 重算时限 | reply_kept 存常用回复 | reply_dropped 删常用回复 "
    "| returned 单位退回 | signed 签收 | transferred 换承办组织 | withdrawn 收回转办",
    "cases": "routes_loaded 载入转办规则",
    "comment": "deleted 删去评论 | hidden 隐藏评论 | shown 恢复评论",
    "consent": "given 同意规则 | withdrawn 撤回同意",
    "crisis": "opened 紧急记录 | raised 报紧急 | read 看紧急记录 | handed 交紧急记录 "
    "| noted 记紧急经过 | closed 紧急结束 | false_alarm 紧急误报 | objected 提问者说不是紧急 "
    "| published 紧急后公开",
    "demo": "loaded 载入演示 | declined 不载入演示",
    "guardian": "agreed 监护人同意",
    "house": "purged 到期清理",
    "item": "dismissed 举报不成立 | gone 被举报的已经不在 | hidden 隐藏 | moved 移到别处 "
    "| passed 移交举报 | undone 恢复",
    "minor": "read 看未成年人资料",
    "orgs": "imported 从表格导入组织 | invited 做邀请链接 | uninvited 收回邀请 "
    "| joined 成为成员 | loaded 载入组织",
    "person": "age_said 说明年龄 | created 注册 | erased 抹去 | export_asked 要导出数据 "
    "| exported 导出数据 | factor_added 设第二步验证 | factor_removed 去掉第二步验证 "
    "| factor_reset 重置第二步验证 | left 注销 | stayed 不注销了 | password_changed 改密码 "
    "| phone_added 绑手机号 | phone_removed 解绑手机号 | renamed 改昵称 "
    "| session_ended 退出一台设备 | sessions_ended 退出所有设备",
    "question": "answered 回答 | asked 提问 | commented 评论 | deleted 删去提问 | edited 改提问 "
    "| followed 也想问 | unfollowed 取消也想问 | hidden 隐藏提问 | shown 恢复提问 "
    "| imported 导入提问 | marked 提问者说解决与否 | read 看没有公开的提问 "
    "| supplemented 补充说明 | withheld 先不公开",
    "report": "made 举报",
    "routing": "trained 学习转办建议",
    "safety": "loaded 载入求助电话和提醒词",
    "sealed": "asked 申请开封 | granted 同意开封 | refused 不同意开封 | lapsed 开封申请过期 "
    "| layer_removed 解开一层 | opened 开封 | purged 封存到期删去",
    "topic": "opened 话题开始 | grown 话题加提问 | shrunk 话题去提问 | closed 话题关上 "
    "| reopened 话题再开",
    "workdays": "year_entered 录入放假 | year_settled 按放假重算 | year_unknown 放假还没录入",
}
WORDS = {
    f"{about}.{verb}": words
    for about, said in _SAID.items()
    for verb, _space, words in (one.strip().partition(" ") for one in said.split("|"))
}
#: Tables that have no page in the admin, and so no name of their own.
_SUBJECTS = {
    "callbacks.callback": "回访", "cases.case": "办理", "cases.lane": "办理",
    "cases.step": "办理经过", "cases.escalation": "催办", "clock.step": "定时任务",
    "crisis.record": "紧急记录", "crisis.logline": "紧急经过", "desks.note": "便签",
    "gathering.group": "汇总", "moderation.appeal": "申诉", "moderation.item": "被举报的话",
    "moderation.report": "举报", "orgs.invitation": "邀请", "outside.mailing": "转办函",
    "outside.numbersrelease": "联系方式", "outside.outsidecode": "一次性码",
    "people.consent": "同意书", "people.guardianship": "监护人", "people.phone": "手机号",
    "questions.answer": "回答", "questions.comment": "评论", "questions.follow": "也想问",
    "questions.question": "提问", "questions.useful": "有用", "sealed.opening": "开封",
    "sealed.record": "封存", "topics.tag": "话题", "workdays.enteredyear": "放假安排",
    "workdays.unknownyear": "放假安排", "yours.export": "导出", "yours.leaving": "注销",
}  # fmt: skip
_UNNAMED = gettext_lazy("记录")


def verb_words(verb: str) -> str:
    return WORDS.get(verb, verb)


def subject_words(subject: str) -> str:
    """`orgs.organisation:3` as 组织 3."""
    label, _colon, key = subject.partition(":")
    return f"{_named(label)} {key}"


@cache
def _named(label: str) -> str:
    try:
        name = str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        name = ""
    # Django makes a name of the class where a model says none.
    return _SUBJECTS.get(label) or (str(_UNNAMED) if not name or name.isascii() else name)
