"""What every test may use. `tests/support` holds the fixtures, a file per subject; each says what it gives.

databases  environment, config, app, client: a fresh, migrated product; `both_databases` runs on SQLite and PostgreSQL
browsers   live_server, phone, open_phone, javascript: a real browser, JavaScript on and off; eyes.py looks at a page
storage    bucket_url: storage that speaks S3
validity   valid_html: whether a page is valid HTML
cast       a plan with everybody who can ask for something, see tests/cast.py
world      the same cast, made once for tests that only ask, see tests/support/world.py
rewind     the same cast with real commits, as it was again after each proof, see tests/support/rewind.py
costs      secrets hashed cheaply, as only a test may
off        a guard of the product, switched off on purpose: bin/test --guards, see tests/support/off.py
traces     what the whole run logged, mailed, queued or left lying is searched for words of the cast
guards     rule tests reach no database, no test reaches the network, a skipped test is a failed one
"""

from hypothesis import settings

from tests.support import off

off.install()

pytest_plugins = [
    "tests.support.costs",
    "tests.support.traces",
    "tests.support.databases",
    "tests.support.browsers",
    "tests.support.ours",
    "tests.support.validity",
    "tests.support.storage",
    "tests.support.guards",
    "tests.cast",
    "tests.support.world",
    "tests.support.rewind",
]

# How long an example takes says more about the machine than about the code.
settings.register_profile("onsplan", deadline=None, print_blob=True)
settings.load_profile("onsplan")
