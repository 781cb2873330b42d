from django.urls import path

from youthvoice.outside.views import bodies, letters, numbers

app_name = "outside"
urlpatterns = [
    path("cases/hops/<int:pk>/letter/", letters.letter, name="letter"),
    path("cases/hops/<int:pk>/letter.pdf", letters.letter_pdf, name="letter_pdf"),
    path("cases/hops/<int:pk>/letter/mail/", letters.letter_mail, name="letter_mail"),
    path("cases/hops/<int:pk>/letter/code/", letters.letter_code, name="letter_code"),
    path("out/<str:token>/", bodies.asked, name="asked"),
    path("out/<str:token>/sign/", bodies.sign, name="sign"),
    path("out/<str:token>/reply/", bodies.reply, name="reply"),
    path("out/<str:token>/return/", bodies.give_back, name="return"),
    path("q/<int:pk>/numbers/", numbers.numbers, name="numbers"),
]
