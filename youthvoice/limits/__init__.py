"""How often somebody may do something: counted beside the database, by keys that name nobody.

Which act has which limit is told here; what is said to whoever meets it, by the act's page.
"""
