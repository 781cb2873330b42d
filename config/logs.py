"""Structured logs without personal data: one JSON object a line, on standard error.

What may be logged is an allow-list by construction: our code logs events with named
values, never request bodies, addresses, names or user agents; Django's own loggers pass
through one formatter that keeps the message and drops the request object.
"""

import logging
import logging.config

import structlog


def configure(*, level: str, pretty: bool) -> None:
    """Set up structlog and the standard library's logging alike."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=False)
        if pretty
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        renderer,
                    ],
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # Our own RequestLog says one line a request, and where a view failed; Django's
                # would add the path and the error's message, which may quote what was typed.
                "django.request": {"level": "CRITICAL"},
                # What is refused for safety is quoted there: a path, in which the key of a new
                # password may stand, a stranger's Host, a parameter of the admin.
                "django.security": {"level": "CRITICAL"},
                "django.server": {"level": "ERROR"},
                "django_tasks": {"level": "WARNING"},
                "PIL": {"level": "WARNING"},
            },
        }
    )
