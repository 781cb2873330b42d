from django.urls import path

from youthvoice.orgs import views

app_name = "orgs"
urlpatterns = [
    path("desk/<slug:slug>/members/", views.members, name="members"),
    path("desk/<slug:slug>/members/<int:pk>/drop/", views.drop, name="uninvite"),
    path("join/<str:token>/", views.accept, name="join"),
]
