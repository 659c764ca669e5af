"""Several callers who want the same thing to be there, at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from sensay_ext import Sensay
from sensay_ext.sandbox import serve

CALLERS = 12


def test_one_user_and_one_replica_come_of_it() -> None:
    start = Barrier(CALLERS)

    def ensure(sensay: Sensay) -> tuple[str, UUID]:
        start.wait()
        user = sensay.users.ensure("alice", name="Alice")
        replica = sensay.replicas.ensure(
            name="Guide", short_description="Guides", greeting="Hi!", owner_id=user.id, slug="guide", llm={}
        )
        return user.id, replica.uuid

    with (
        serve(virtual_time=True, allow_network=False) as sandbox,
        Sensay(sandbox.organization_secret, base_url=sandbox.base_url) as sensay,
        ThreadPoolExecutor(CALLERS) as threads,
    ):
        found = set(threads.map(ensure, [sensay] * CALLERS))
        made = [request.status for request in sandbox.requests if request.operation == "create_replica"]
        total = sensay.replicas.list().total()

    assert len(found) == 1
    assert total == 1
    assert made.count(201) == 1
    assert set(made) <= {201, 409}
