from django.urls import path

from youthvoice.cases.views import desk, gathering, late

app_name = "cases"
urlpatterns = [
    path("desk/<slug:slug>/", desk.queue, name="queue"),
    path("desk/late/<int:pk>/seen/", late.seen, name="late_seen"),
    path("desk/<slug:slug>/gather/", gathering.gather, name="gather"),
    path("desk/<slug:slug>/gather/<int:pk>/", gathering.together, name="together"),
]
