"""A stand-in of the Sensay API, for development without a key and for tests.

    with serve(virtual_time=True) as sandbox:
        ...                     # talk to sandbox.base_url with sandbox.organization_secret
        sandbox.advance(300)    # five minutes later, whatever was being trained is trained

It shares no code with the client.
"""

from sensay_ext.sandbox._faults import Fault, Rule, TrainingFault
from sensay_ext.sandbox._in_process import SandboxApp
from sensay_ext.sandbox._requests_log import RecordedRequest
from sensay_ext.sandbox._server import Sandbox, serve
from sensay_ext.sandbox._settings import Settings, StreamDialect, Timings

__all__ = [
    "Fault",
    "RecordedRequest",
    "Rule",
    "Sandbox",
    "SandboxApp",
    "Settings",
    "StreamDialect",
    "Timings",
    "TrainingFault",
    "serve",
]
