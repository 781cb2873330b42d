from django.urls import path

from youthvoice.cases.views import desk, gathering, late, letters, outside

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
]
