"""What is sent to each address."""

from tests.access.world import GUARDIAN, KEY
from tests.factories import PASSWORD, SIGN_UP
from youthvoice.questions.receipts import code_for

#: What the page of an untouched case shows.
_SEEN = {"version": "1", "mark": "asked.1.0"}
#: What a form must hold for its act to happen; a pattern without a line is sent an empty form.
BODIES: dict[str, dict[str, str]] = {
    "ask/": {
        "key": "7" * 32,
        "kind": "help",
        "field": "work",
        "region": "410100",
        "title": "新的提问怎么写",
        "text": "内容在这里。",
        "name_choice": "nameless",
    },
    "receipt/": {"code": code_for(KEY)},
    "q/<int:pk>/outcome/": {"outcome": "solved"},
    "q/<int:pk>/answer/": {"text": "我来回答。"},
    "q/<int:pk>/comment/": {"text": "我来评论。"},
    "a/<int:pk>/comment/": {"text": "我来评论。"},
    "q/<int:pk>/edit/": {"title": "新的标题在这里", "text": "新的内容。"},
    "a/<int:pk>/edit/": {"text": "新的内容。"},
    "report/<str:kind>/<int:pk>/": {"reason": "abuse"},
    "moderation/item/<int:pk>/hide/": {"reason": "abuse", "sure": "on"},
    "moderation/item/<int:pk>/appeal/": {"decision": "restore", "answer": "说得对。"},
    "moderation/hidden/<int:pk>/": {"text": "我没有骂人。"},
    "q/<int:pk>/own/": {"act": "erase"},
    "admin/yours/hold/<path:object_id>/change/": {"law": "某法第十条", "reason": "改了"},
    "crisis/<int:pk>/log/": {"to": "110", "note": "已报警。"},
    "crisis/<int:pk>/close/": {"outcome": "safe"},
    "crisis/<int:pk>/publish/": {"wished": "on"},
    "admin/safety/helpline/<path:object_id>/delete/": {"post": "yes"},
    "admin/safety/listedword/<path:object_id>/delete/": {"post": "yes"},
    "admin/workdays/dayoverride/<path:object_id>/delete/": {"post": "yes"},
    "accounts/profile/": {"nickname": "新昵称"},
    "accounts/age/": {"age_band": "14-17"},
    "accounts/consents/": {"what": "rules", "act": "withdraw"},
    "accounts/guardian/": {"address": GUARDIAN},
    "guardian/<str:token>/": {"answer": "yes"},
    "accounts/sessions/end/": {"which": "others"},
    "accounts/login/": {"login": "asker-login", "password": PASSWORD},
    "accounts/phone/": {"number": "13812340078"},
    "accounts/password/reset/": {"email": "asker@mail.test"},
    "admin/people/user/<path:object_id>/change/": {"nickname": "新昵称", "is_active": "on"},
    "accounts/signup/": {
        "username": "newcomer",
        "nickname": "新来的",
        "password1": f"{PASSWORD}-x",
        "password2": f"{PASSWORD}-x",
        **SIGN_UP,
    },
    "cases/<int:pk>/claim/": _SEEN,
    "cases/<int:pk>/release/": _SEEN,
    "cases/<int:pk>/transfer/": {**_SEEN, "reason": "该他们办。"},
    "cases/<int:pk>/give-back/": {**_SEEN, "reason": "不该我们办。"},
    "cases/<int:pk>/refer/": {**_SEEN, "grade": "simple", "reason": "请看一看。"},
    "cases/<int:pk>/withdraw/": _SEEN,
    "cases/<int:pk>/return/": {**_SEEN, "reason": "不该我们办。"},
    "cases/<int:pk>/ask-back/": {**_SEEN, "text": "请说说是哪一年。"},
    "cases/<int:pk>/reply/": {**_SEEN, "text": "这样去办。"},
    "admin/orgs/membership/<path:object_id>/delete/": {"post": "yes"},
    "admin/orgs/region/<path:object_id>/delete/": {"post": "yes"},
    "admin/cases/route/<path:object_id>/delete/": {"post": "yes"},
    "demo/sign-in/": {"role": "operator"},
}
