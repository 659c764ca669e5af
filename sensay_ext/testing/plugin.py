"""The plugin of pytest, which pytest finds by itself where this package is installed.

| fixture | gives |
| --- | --- |
| `sensay_sandbox` | a sandbox of its own for each test, on virtual time, without the network |
| `sensay`, `async_sensay` | a client on it, with administrator's rights |
| `sensay_clock` | the time of the test, which clients and sandbox share |
| `sensay_faults` | what is to go wrong |
| `sensay_access` | where the clients send their requests |
| `sensay_vcr` | the requests of the test, recorded once and replayed ever after |
| `sensay_cassette_dir`, `sensay_scrubber` | where recordings are, and what must not be in them; to be overridden |

Nothing is loaded or started for tests that ask for none of them.
"""

pytest_plugins = ("sensay_ext.testing._recording_plugin", "sensay_ext.testing._sandbox_fixtures")
