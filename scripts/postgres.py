"""Small acts on a PostgreSQL server for ./test and .ci/run.

postgres.py reach ADDRESS            exit 0 when a server answers there, else say why not
postgres.py make ADDRESS [TEMPLATE]  make the address's database if it is missing, as a copy of
                                     the database of the address TEMPLATE, which nobody uses
postgres.py drop ADDRESS             drop it again, with whoever is still connected
"""

import sys
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql


def main(act: str, address: str, template: str = "") -> int:
    parts = urlsplit(address)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        return say("DATABASE_URL must look like postgresql://name:password@host:5432/database.")
    name = sql.Identifier(parts.path.strip("/"))
    # The server's own database: ours may not be there yet.
    server = urlunsplit(parts._replace(path="/postgres"))
    try:
        with psycopg.connect(server, connect_timeout=5, autocommit=True) as connection:
            if act == "make":
                with suppress(psycopg.errors.DuplicateDatabase):
                    source = sql.Identifier(urlsplit(template).path.strip("/") or "template1")
                    connection.execute(
                        sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, source)
                    )
            elif act == "drop":
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
    except psycopg.Error as problem:
        return say(f"PostgreSQL at {parts.hostname}:{parts.port or 5432} can't be used: {problem}")
    return 0


def say(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
