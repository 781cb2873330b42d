from django.urls import path

from youthvoice.desks.views import canned, desk, late, on_behalf, over, reply, work

app_name = "desks"
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
    path("cases/<int:pk>/over/", over.over, name="over"),
    path("cases/<int:pk>/remind/", over.remind, name="remind"),
    path("cases/<int:pk>/reply/", reply.reply, name="reply"),
    path("desk/late/<int:pk>/seen/", late.seen, name="late_seen"),
    path("desk/<slug:slug>/ask/", on_behalf.ask, name="ask_for"),
]
