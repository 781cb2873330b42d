from django.urls import path

from youthvoice.people.devices import views as devices
from youthvoice.people.guardians import views as guardians
from youthvoice.people.phones import views as phones
from youthvoice.people.views import consents, own

app_name = "people"
urlpatterns = [
    path("accounts/profile/", own.profile, name="profile"),
    path("accounts/age/", own.age, name="age"),
    path("accounts/consents/", consents.consents, name="consents"),
    path("accounts/guardian/", guardians.guardian, name="guardian"),
    path("guardian/<str:token>/", guardians.answer, name="guardian_answer"),
    path("accounts/phone/", phones.start, name="phone_start"),
    path("accounts/phone/code/", phones.code, name="phone_code"),
    path("accounts/phone/join/", phones.join, name="phone_join"),
    path("accounts/phone/mine/", phones.mine, name="phone"),
    path("accounts/phone/remove/", phones.remove, name="phone_remove"),
    path("accounts/sessions/", devices.sign_in_list, name="sessions"),
    path("accounts/sessions/end/", devices.end_sessions, name="end_sessions"),
]
