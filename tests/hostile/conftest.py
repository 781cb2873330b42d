from tests.access.conftest import world as world  # the access matrix's house and its people
