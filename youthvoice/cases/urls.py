from django.urls import path

from youthvoice.cases.views import (
    calling_back,
    excluding,
    gathering,
    letters,
    numbers,
    outside,
    promising,
    topics,
)

app_name = "cases"
urlpatterns = [
    path("cases/hops/<int:pk>/letter/", letters.letter, name="letter"),
    path("cases/hops/<int:pk>/letter.pdf", letters.letter_pdf, name="letter_pdf"),
    path("cases/hops/<int:pk>/letter/mail/", letters.letter_mail, name="letter_mail"),
    path("cases/hops/<int:pk>/letter/code/", letters.letter_code, name="letter_code"),
    path("out/<str:token>/", outside.outside, name="outside"),
    path("out/<str:token>/sign/", outside.sign, name="outside_sign"),
    path("out/<str:token>/reply/", outside.reply, name="outside_reply"),
    path("out/<str:token>/return/", outside.give_back, name="outside_return"),
    path("desk/<slug:slug>/gather/", gathering.gather, name="gather"),
    path("desk/<slug:slug>/gather/<int:pk>/", gathering.together, name="together"),
    path("desk/<slug:slug>/topics/new/", topics.make, name="topic_make"),
    path("desk/<slug:slug>/topics/<int:pk>/", topics.look_after, name="topic"),
    path("cases/<int:pk>/exclude/", excluding.exclude, name="exclude"),
    path("cases/excluding/", excluding.excluding, name="excluding"),
    path("answers/<int:pk>/promise/", promising.promise, name="promise"),
    path("promises/<int:pk>/decide/", promising.decide, name="decide"),
    path("back/<str:token>/", calling_back.by_link, name="back_by_link"),
    path("q/<int:pk>/back/", calling_back.as_asker, name="back"),
    path("q/<int:pk>/numbers/", numbers.numbers, name="numbers"),
]
