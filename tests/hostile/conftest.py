from tests.access.conftest import first_database as first_database
from tests.access.conftest import world as world  # the access matrix's house and its people
