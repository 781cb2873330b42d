from django.urls import path

from youthvoice.callbacks import views

app_name = "callbacks"
urlpatterns = [
    path("back/<str:token>/", views.by_link, name="back_by_link"),
    path("q/<int:pk>/back/", views.as_asker, name="back"),
]
