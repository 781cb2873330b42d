from django.urls import path

from youthvoice.moderation.views import figures, judging, own, reporting

app_name = "moderation"
urlpatterns = [
    path("report/<str:kind>/<int:pk>/", reporting.report, name="report"),
    path("report/<str:kind>/<int:pk>/sent/", reporting.sent, name="sent"),
    path("moderation/", figures.figures, name="figures"),
    path("moderation/figures.csv", figures.figures_csv, name="figures_csv"),
    path("moderation/queue/", judging.queue, name="queue"),
    path("moderation/item/<int:pk>/", judging.item, name="item"),
    path("moderation/item/<int:pk>/hide/", judging.hide, name="hide"),
    path("moderation/item/<int:pk>/dismiss/", judging.dismiss, name="dismiss"),
    path("moderation/item/<int:pk>/pass/", judging.pass_on, name="pass"),
    path("moderation/item/<int:pk>/undo/", judging.undo, name="undo"),
    path("moderation/item/<int:pk>/appeal/", judging.appeal, name="decide"),
    path("moderation/hidden/<int:pk>/", own.hidden, name="hidden"),
    path("moderation/mine/", own.mine, name="mine"),
]
