"""The access matrix: every address of the house, every role, own and others' things.

A row is `METHOD pattern object status`, then `role=status` where a role differs. Objects are
those of world.py: `named` is the asker's question and `nameless` the receipt's; `official`
is an answer of the office of holder, duty and lead, written by a colleague of theirs; `peer`
and `expert` are those roles' own answers; `gone…` was taken back by its writer. The words
for statuses are walk.read_table's. An address without a row fails test_matrix.py.
"""

#: The same bytes for everybody, without a cookie (but for /healthz, which is no page).
PUBLIC = r"""
GET      ''                           -                      200
POST     ''                           -                      405
GET      pulse/                       -                      200
POST     pulse/                       -                      405
GET      about/                       -                      200
POST     about/                       -                      405
GET      q/<int:pk>/                  named,nameless,stranger,hidden 200
GET      q/<int:pk>/                  gone                   410
GET      q/<int:pk>/                  none,withheld          404
POST     q/<int:pk>/                  named                  405
GET      orgs/                        -                      200
POST     orgs/                        -                      405
GET      orgs/<slug:slug>/            city,line              200
GET      orgs/<slug:slug>/            shut,nowhere           404
POST     orgs/<slug:slug>/            city                   405
# No worker lives in the tests, and /healthz says so.
GET      healthz                      -                      503
POST     healthz                      -                      405
GET      robots.txt                   -                      200
POST     robots.txt                   -                      405
GET      media/pictures/<str:file_name> picture                200
GET      media/pictures/<str:file_name> no_picture,bad_picture,hidden_picture,withheld_picture 404
POST     media/pictures/<str:file_name> no_picture             405
"""

#: Asking, and all that is done with a question, an answer, a comment.
QUESTIONS = r"""
# Withheld: its asker, its holder's lead and operators know of it; for others it isn't there.
GET      q/<int:pk>/private/ withheld               404 asker=200 lead=200 operator=200
GET      q/<int:pk>/private/ named,hidden           302
GET      q/<int:pk>/private/ none                   404
POST     q/<int:pk>/private/ withheld               405
GET      media/private/<str:file_name> withheld_picture 404 asker=200 lead=200 operator=200
GET      media/private/<str:file_name> hidden_picture,no_picture,bad_picture 404
POST     media/private/<str:file_name> withheld_picture 405
GET      q/<int:pk>/act/     withheld               404 asker=200 lead=200 operator=200
GET      me/q/<int:pk>/      withheld               404 asker=200 lead=200 operator=200
GET      q/<int:pk>/answer/  withheld          404 unsigned=login asker,lead,operator=200
GET      q/<int:pk>/comment/ withheld               404 asker=200 lead=200 operator=200
GET      q/<int:pk>/edit/    withheld               404 asker=200 lead=403 operator=403
GET      q/<int:pk>/history/ withheld               404 asker=200
POST     q/<int:pk>/follow/  withheld               404 asker=302 lead=done operator=done
POST     q/<int:pk>/outcome/ withheld               404 asker=done lead,operator=302
GET      a/<int:pk>/comment/ withheld_answer        404 asker=200 lead=200 operator=200
GET      a/<int:pk>/history/ withheld_answer        404 asker=200 lead=200 operator=200
# Hidden: a stone for everybody; nothing can be done with it here.
GET      q/<int:pk>/act/     hidden                 200
GET      me/q/<int:pk>/      hidden                 200
POST     q/<int:pk>/outcome/ hidden                 302
GET      q/<int:pk>/edit/    hidden                 403 unsigned=login
GET      a/<int:pk>/history/ hidden_answer          404
POST     a/<int:pk>/useful/  hidden_answer          302
GET      q/<int:pk>/act/     named,nameless,stranger,gone 200
GET      q/<int:pk>/act/     none                   404
POST     q/<int:pk>/act/     named                  405
GET      me/q/<int:pk>/      named,nameless,stranger,gone 200
GET      me/q/<int:pk>/      none                   404
POST     me/q/<int:pk>/      named                  405
GET      ask/                -                      200
POST     ask/                -                      made
GET      receipt/            -                      200
POST     receipt/            -                      302
GET      receipt/close/      -                      405
POST     receipt/close/      -                      302
GET      q/<int:pk>/follow/  named                  405
# What is refused here is said on the page that follows: 302, with no row changed.
POST     q/<int:pk>/follow/  named                  done unsigned,asker=302
POST     q/<int:pk>/follow/  nameless               done unsigned=302
POST     q/<int:pk>/follow/  stranger               done unsigned,peer=302
POST     q/<int:pk>/follow/  gone                   302
POST     q/<int:pk>/follow/  none                   404
GET      q/<int:pk>/outcome/ named                  405
POST     q/<int:pk>/outcome/ named                  302 asker=done
POST     q/<int:pk>/outcome/ nameless               302 receipt=done
POST     q/<int:pk>/outcome/ stranger,gone          302
POST     q/<int:pk>/outcome/ none                   404
GET      q/<int:pk>/answer/  named,nameless,stranger,gone 200 unsigned=login
GET,POST q/<int:pk>/answer/  none                   404 unsigned=login
POST     q/<int:pk>/answer/  named                  done unsigned=login asker=422
POST     q/<int:pk>/answer/  nameless,stranger      done unsigned=login
POST     q/<int:pk>/answer/  gone                   422 unsigned=login
GET      q/<int:pk>/comment/ named,stranger,gone    200 unsigned=login
GET      q/<int:pk>/comment/ nameless               200 nobody=login
GET,POST q/<int:pk>/comment/ none                   404
POST     q/<int:pk>/comment/ named,stranger         done unsigned=login
POST     q/<int:pk>/comment/ nameless               done nobody=login
POST     q/<int:pk>/comment/ gone                   422 unsigned=login
GET      q/<int:pk>/edit/    named                  403 unsigned=login asker=200
GET      q/<int:pk>/edit/    nameless               403 nobody=login receipt=200
GET,POST q/<int:pk>/edit/    stranger,gone          403 unsigned=login
GET,POST q/<int:pk>/edit/    none                   404
POST     q/<int:pk>/edit/    named                  403 unsigned=login asker=done
POST     q/<int:pk>/edit/    nameless               403 nobody=login receipt=done
GET      q/<int:pk>/delete/  named                  403 unsigned=login asker=200
GET      q/<int:pk>/delete/  nameless               403 nobody=login receipt=200
GET,POST q/<int:pk>/delete/  stranger,gone          403 unsigned=login
GET,POST q/<int:pk>/delete/  none                   404
POST     q/<int:pk>/delete/  named                  403 unsigned=login asker=done
POST     q/<int:pk>/delete/  nameless               403 nobody=login receipt=done
GET      q/<int:pk>/history/ named                  404 asker=200
GET      q/<int:pk>/history/ nameless               404 receipt=200
GET      q/<int:pk>/history/ stranger,gone,none     404
POST     q/<int:pk>/history/ named                  405
GET      a/<int:pk>/useful/  official               405
POST     a/<int:pk>/useful/  official               done unsigned=302
POST     a/<int:pk>/useful/  peer                   done unsigned,peer=302
POST     a/<int:pk>/useful/  expert                 done unsigned,expert=302
POST     a/<int:pk>/useful/  gone_answer            302
POST     a/<int:pk>/useful/  none                   404
GET      a/<int:pk>/accept/  official               405
POST     a/<int:pk>/accept/  official,peer,expert   302 asker=done
POST     a/<int:pk>/accept/  gone_answer            302
POST     a/<int:pk>/accept/  none                   404
GET      a/<int:pk>/comment/ official,peer,expert,gone_answer 200 unsigned=login
GET,POST a/<int:pk>/comment/ none                   404
POST     a/<int:pk>/comment/ official,peer,expert   done unsigned=login
POST     a/<int:pk>/comment/ gone_answer            422 unsigned=login
GET      a/<int:pk>/edit/    official               403 unsigned=login office=200
GET      a/<int:pk>/edit/    peer                   403 unsigned=login peer=200
GET      a/<int:pk>/edit/    expert                 403 unsigned=login expert=200
GET,POST a/<int:pk>/edit/    gone_answer            403 unsigned=login
GET,POST a/<int:pk>/edit/    none                   404 unsigned=login
POST     a/<int:pk>/edit/    official               403 unsigned=login office=done
POST     a/<int:pk>/edit/    peer                   403 unsigned=login peer=done
POST     a/<int:pk>/edit/    expert                 403 unsigned=login expert=done
GET      a/<int:pk>/delete/  official               403 unsigned=login office=200
GET      a/<int:pk>/delete/  peer                   403 unsigned=login peer=200
GET      a/<int:pk>/delete/  expert                 403 unsigned=login expert=200
GET,POST a/<int:pk>/delete/  gone_answer            403 unsigned=login
GET,POST a/<int:pk>/delete/  none                   404 unsigned=login
POST     a/<int:pk>/delete/  official               403 unsigned=login office=done
POST     a/<int:pk>/delete/  peer                   403 unsigned=login peer=done
POST     a/<int:pk>/delete/  expert                 403 unsigned=login expert=done
GET      a/<int:pk>/history/ official,expert        200
GET      a/<int:pk>/history/ peer                   404 peer=200
GET      a/<int:pk>/history/ gone_answer,none       404
POST     a/<int:pk>/history/ official               405
GET      c/<int:pk>/delete/  by_asker               403 unsigned=login asker=200
GET      c/<int:pk>/delete/  by_peer                403 unsigned=login peer=200
GET,POST c/<int:pk>/delete/  by_office,gone_comment 403 unsigned=login
GET      c/<int:pk>/delete/  by_nameless            403 nobody=login receipt=200
GET,POST c/<int:pk>/delete/  none                   404
POST     c/<int:pk>/delete/  by_asker               403 unsigned=login asker=done
POST     c/<int:pk>/delete/  by_peer                403 unsigned=login peer=done
POST     c/<int:pk>/delete/  by_nameless            403 nobody=login receipt=done
"""

#: What is one's own, and the desks of organisations.
OWN = r"""
GET      me/bar/           -            200
POST     me/bar/           -            405
GET      desk/             -            200 unsigned=login asker,peer=403
POST     desk/             -            405 unsigned=login
GET      mine/             -            200 unsigned=login
POST     mine/             -            405 unsigned=login
GET      desk/<slug:slug>/ city         403 unsigned=login office=200
GET      desk/<slug:slug>/ line         403 unsigned=login other=200
GET      desk/<slug:slug>/ shut,nowhere 404 unsigned=login
POST     desk/<slug:slug>/ city         405 unsigned=login
"""

#: Records of danger: leads of the organisations that were told, and operators. Reading is an
#: entry in the journal, so that looking changes rows.
CRISIS = r"""
GET      crisis/                       -            403 unsigned=login lead,operator=200
POST     crisis/                       -            405 unsigned=login
GET      crisis/<int:pk>/              crisis,ended 404 unsigned=login lead,operator=made
GET      crisis/<int:pk>/              none         404 unsigned=login
POST     crisis/<int:pk>/              crisis       405 unsigned=login
GET      crisis/<int:pk>/log/          crisis       405 unsigned=login
POST     crisis/<int:pk>/log/          crisis,ended 404 unsigned=login lead,operator=done
POST     crisis/<int:pk>/log/          none         404 unsigned=login
GET      crisis/<int:pk>/close/        crisis       405 unsigned=login
POST     crisis/<int:pk>/close/        crisis       404 unsigned=login lead,operator=done
POST     crisis/<int:pk>/close/        ended        404 unsigned=login lead,operator=422
GET      crisis/<int:pk>/publish/      crisis       405 unsigned=login
POST     crisis/<int:pk>/publish/      crisis       404 unsigned=login lead,operator=422
POST     crisis/<int:pk>/publish/      ended        404 unsigned=login lead,operator=done
GET      crisis/<int:pk>/false-alarm/  crisis       405 unsigned=login
POST     crisis/<int:pk>/false-alarm/  crisis       404 unsigned=login lead,operator=done
POST     crisis/<int:pk>/false-alarm/  ended        404 unsigned=login lead,operator=302
GET      q/<int:pk>/mistake/           danger       405
POST     q/<int:pk>/mistake/           danger       404 asker=done
POST     q/<int:pk>/mistake/           calmed       404 asker=302
POST     q/<int:pk>/mistake/           named,nameless,none 404
GET      q/<int:pk>/private/           danger       404 asker=200 lead,operator=made
"""

#: Accounts. The demo's door does not exist where no demo was loaded.
DOORS = r"""
GET      accounts/profile/            -       200 unsigned=login
POST     accounts/profile/            -       done unsigned=login
GET      demo/                        -       404
POST     demo/                        -       405
GET      demo/sign-in/                -       405
POST     demo/sign-in/                -       404
GET      accounts/login/              -       302 unsigned=200
POST     accounts/login/              -       302 unsigned=done
GET      accounts/logout/             -       200 unsigned=302
POST     accounts/logout/             -       302
GET      accounts/inactive/           -       200
POST     accounts/inactive/           -       405
GET      accounts/signup/             -       302 unsigned=200
POST     accounts/signup/             -       302 unsigned=done
GET,POST accounts/reauthenticate/     -       200 unsigned=login
GET      accounts/email/              -       200 unsigned=login
POST     accounts/email/              -       302 unsigned=login
GET      accounts/confirm-email/      -       200
POST     accounts/confirm-email/      -       405
GET,POST accounts/password/change/    -       200 unsigned=login
GET,POST accounts/password/set/       -       302 unsigned=login
GET      accounts/password/reset/     -       200
POST     accounts/password/reset/     -       302
GET,POST accounts/login/code/confirm/ -       302 unsigned=login
GET      accounts/confirm-email/(?P<key>[-:\w]+)/$ key     200
POST     accounts/confirm-email/(?P<key>[-:\w]+)/$ key     404
GET      accounts/password/reset/key/done/ -       200
POST     accounts/password/reset/key/done/ -       405
GET,POST accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$ uid_key 200
GET      accounts/password/reset/done/ -       200
POST     accounts/password/reset/done/ -       405
"""

#: The operators' pages: for everybody else nothing but a door.
ADMIN = r"""
GET,POST admin/                                           -          door operator=200
GET,POST admin/login/                                     -          403 unsigned=login operator=302
GET      admin/logout/                                    -          302 operator=405
POST     admin/logout/                                    -          302
GET,POST admin/password_change/                           -          door operator=302
GET      admin/password_change/done/                      -          door operator=200
POST     admin/password_change/done/                      -          door operator=405
GET      admin/autocomplete/                              -          door operator=403
POST     admin/autocomplete/                              -          door operator=405
GET      admin/jsi18n/                                    -          door operator=200
POST     admin/jsi18n/                                    -          door operator=405
GET,POST admin/r/<path:content_type_id>/<path:object_id>/ on_site    door operator=302
# The journal can be read and never changed.
GET,POST admin/journal/entry/                             -          door operator=200
GET,POST admin/journal/entry/add/                         -          door operator=403
GET,POST admin/journal/entry/<path:object_id>/history/    entry      door operator=200
GET,POST admin/journal/entry/<path:object_id>/delete/     entry      door operator=403
GET      admin/journal/entry/<path:object_id>/change/     entry      door operator=200
POST     admin/journal/entry/<path:object_id>/change/     entry      door operator=403
GET,POST admin/journal/entry/<path:object_id>/            entry      door operator=302
# People make their accounts themselves, and erasing one is no operator's click.
GET,POST admin/people/user/                               -          door operator=200
GET,POST admin/people/user/add/                           -          door operator=403
GET,POST admin/people/user/<path:object_id>/history/      person     door operator=200
GET,POST admin/people/user/<path:object_id>/delete/       person     door operator=403
GET      admin/people/user/<path:object_id>/change/       person     door operator=200
POST     admin/people/user/<path:object_id>/change/       person     door operator=done
GET,POST admin/people/user/<path:object_id>/              person     door operator=302
GET,POST admin/orgs/organisation/                         -          door operator=200
GET,POST admin/orgs/organisation/add/                     -          door operator=200
GET,POST admin/orgs/organisation/<path:object_id>/history/ org        door operator=200
GET,POST admin/orgs/organisation/<path:object_id>/delete/ org        door operator=200
GET,POST admin/orgs/organisation/<path:object_id>/change/ org        door operator=200
GET,POST admin/orgs/organisation/<path:object_id>/        org        door operator=302
GET,POST admin/orgs/region/                               -          door operator=200
GET,POST admin/orgs/region/add/                           -          door operator=200
GET,POST admin/orgs/region/<path:object_id>/history/      region     door operator=200
GET      admin/orgs/region/<path:object_id>/delete/       region     door operator=200
POST     admin/orgs/region/<path:object_id>/delete/       region     door operator=done
GET,POST admin/orgs/region/<path:object_id>/change/       region     door operator=200
GET,POST admin/orgs/region/<path:object_id>/              region     door operator=302
GET,POST admin/orgs/membership/                           -          door operator=200
GET,POST admin/orgs/membership/add/                       -          door operator=200
GET,POST admin/orgs/membership/<path:object_id>/history/  membership door operator=200
GET      admin/orgs/membership/<path:object_id>/delete/   membership door operator=200
POST     admin/orgs/membership/<path:object_id>/delete/   membership door operator=done
GET,POST admin/orgs/membership/<path:object_id>/change/   membership door operator=200
GET,POST admin/orgs/membership/<path:object_id>/          membership door operator=302
GET,POST admin/cases/route/                               -          door operator=200
GET,POST admin/cases/route/add/                           -          door operator=200
GET,POST admin/cases/route/<path:object_id>/history/      route      door operator=200
GET      admin/cases/route/<path:object_id>/delete/       route      door operator=200
POST     admin/cases/route/<path:object_id>/delete/       route      door operator=done
GET,POST admin/cases/route/<path:object_id>/change/       route      door operator=200
GET,POST admin/cases/route/<path:object_id>/              route      door operator=302
GET,POST admin/safety/helpline/                           -          door operator=200
GET,POST admin/safety/helpline/add/                       -          door operator=200
GET,POST admin/safety/helpline/<path:object_id>/history/  line_row   door operator=200
GET      admin/safety/helpline/<path:object_id>/delete/   line_row   door operator=200
POST     admin/safety/helpline/<path:object_id>/delete/   line_row   door operator=done
GET,POST admin/safety/helpline/<path:object_id>/change/   line_row   door operator=200
GET,POST admin/safety/helpline/<path:object_id>/          line_row   door operator=302
GET,POST admin/safety/listedword/                         -          door operator=200
GET,POST admin/safety/listedword/add/                     -          door operator=200
GET,POST admin/safety/listedword/<path:object_id>/history/ word      door operator=200
GET      admin/safety/listedword/<path:object_id>/delete/ word       door operator=200
POST     admin/safety/listedword/<path:object_id>/delete/ word       door operator=done
GET,POST admin/safety/listedword/<path:object_id>/change/ word       door operator=200
GET,POST admin/safety/listedword/<path:object_id>/        word       door operator=302
GET,POST admin/(?P<app_label>journal|people|orgs|safety|cases)/$ app        door operator=200
GET,POST admin/(?P<url>.*)$                               unknown    door operator=404
"""

TABLE = PUBLIC + QUESTIONS + OWN + CRISIS + DOORS + ADMIN
#: Patterns of PUBLIC that are no page for everybody's cache.
NOT_FOR_CACHES = {"healthz"}
