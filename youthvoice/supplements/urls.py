from django.urls import path

from youthvoice.supplements import views

app_name = "supplements"
urlpatterns = [path("q/<int:pk>/supplement/", views.supplement, name="supplement")]
