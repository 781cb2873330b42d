import os
import sys

from youthvoice.supervisor import pulse, serve

plain = serve.environment


def environment(options):
    return plain(options) | {"DJANGO_SETTINGS_MODULE": "tests.scripts.hanging.settings"}


serve.environment = environment
#: Looks in vain; the real number is what bench/hung.py is for.
pulse.SILENT_MOST = int(os.environ.get("SILENT_MOST", pulse.SILENT_MOST))
sys.exit(serve.main(sys.argv[1:]))
