from django.urls import path

from youthvoice.cases import views

app_name = "cases"
urlpatterns = [path("desk/<slug:slug>/", views.queue, name="queue")]
