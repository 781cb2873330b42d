from django.urls import path

from youthvoice.cases.views import desk, late

app_name = "cases"
urlpatterns = [
    path("desk/<slug:slug>/", desk.queue, name="queue"),
    path("desk/late/<int:pk>/seen/", late.seen, name="late_seen"),
]
