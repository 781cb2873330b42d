from django.urls import path

from youthvoice.cases.views import (
    calling_back,
    desk,
    excluding,
    gathering,
    late,
    letters,
    on_behalf,
    outside,
    promising,
)

app_name = "cases"
urlpatterns = [
    path("desk/<slug:slug>/", desk.queue, name="queue"),
    path("desk/late/<int:pk>/seen/", late.seen, name="late_seen"),
    path("cases/hops/<int:pk>/letter/", letters.letter, name="letter"),
    path("cases/hops/<int:pk>/letter.pdf", letters.letter_pdf, name="letter_pdf"),
    path("out/<str:token>/", outside.outside, name="outside"),
    path("out/<str:token>/sign/", outside.sign, name="outside_sign"),
    path("out/<str:token>/reply/", outside.reply, name="outside_reply"),
    path("out/<str:token>/return/", outside.give_back, name="outside_return"),
    path("desk/<slug:slug>/gather/", gathering.gather, name="gather"),
    path("desk/<slug:slug>/gather/<int:pk>/", gathering.together, name="together"),
    path("cases/<int:pk>/exclude/", excluding.exclude, name="exclude"),
    path("cases/excluding/", excluding.excluding, name="excluding"),
    path("desk/<slug:slug>/ask/", on_behalf.ask, name="ask_for"),
    path("answers/<int:pk>/promise/", promising.promise, name="promise"),
    path("promises/<int:pk>/decide/", promising.decide, name="decide"),
    path("back/<str:token>/", calling_back.by_link, name="back_by_link"),
    path("q/<int:pk>/back/", calling_back.as_asker, name="back"),
]
