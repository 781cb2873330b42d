from django.urls import path

from youthvoice.cases.views import desk

app_name = "cases"
urlpatterns = [path("desk/<slug:slug>/", desk.queue, name="queue")]
