from django.urls import path

from youthvoice.people.views import consents, guardians, own

app_name = "people"
urlpatterns = [
    path("accounts/profile/", own.profile, name="profile"),
    path("accounts/age/", own.age, name="age"),
    path("accounts/consents/", consents.consents, name="consents"),
    path("accounts/guardian/", guardians.guardian, name="guardian"),
    path("guardian/<str:token>/", guardians.answer, name="guardian_answer"),
]
