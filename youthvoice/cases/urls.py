from django.urls import path

from youthvoice.cases.views import (
    calling_back,
    canned,
    desk,
    gathering,
    late,
    on_behalf,
    promising,
    reply,
    topics,
    work,
)

app_name = "cases"
urlpatterns = [
    path("desk/<slug:slug>/", desk.queue, name="queue"),
    path("desk/<slug:slug>/canned/", canned.listed, name="canned"),
    path("desk/<slug:slug>/canned/<int:pk>/", canned.one, name="canned_one"),
    path("desk/<slug:slug>/canned/<int:pk>/drop/", canned.drop, name="canned_drop"),
    path("cases/<int:pk>/", work.work, name="work"),
    path("cases/<int:pk>/here/", work.here, name="here"),
    path("cases/<int:pk>/claim/", work.claim, name="claim"),
    path("cases/<int:pk>/release/", work.release, name="release"),
    path("cases/<int:pk>/transfer/", work.transfer, name="transfer"),
    path("cases/<int:pk>/give-back/", work.give_back, name="give_back"),
    path("cases/<int:pk>/refer/", work.refer, name="refer"),
    path("cases/<int:pk>/withdraw/", work.withdraw, name="withdraw"),
    path("cases/<int:pk>/return/", work.return_lane, name="return"),
    path("cases/<int:pk>/ask-back/", work.ask_back, name="ask_back"),
    path("cases/<int:pk>/note/", work.note, name="note"),
    path("cases/<int:pk>/reply/", reply.reply, name="reply"),
    path("desk/late/<int:pk>/seen/", late.seen, name="late_seen"),
    path("desk/<slug:slug>/gather/", gathering.gather, name="gather"),
    path("desk/<slug:slug>/gather/<int:pk>/", gathering.together, name="together"),
    path("desk/<slug:slug>/topics/new/", topics.make, name="topic_make"),
    path("desk/<slug:slug>/topics/<int:pk>/", topics.look_after, name="topic"),
    path("desk/<slug:slug>/ask/", on_behalf.ask, name="ask_for"),
    path("answers/<int:pk>/promise/", promising.promise, name="promise"),
    path("promises/<int:pk>/decide/", promising.decide, name="decide"),
    path("back/<str:token>/", calling_back.by_link, name="back_by_link"),
    path("q/<int:pk>/back/", calling_back.as_asker, name="back"),
]
