"""Everything one running sandbox holds."""

from datetime import UTC, datetime, timedelta

from sensay_ext.sandbox._clock import Clock, RealClock, VirtualClock, from_text, to_text
from sensay_ext.sandbox._database import Database
from sensay_ext.sandbox._document import Document, load_document
from sensay_ext.sandbox._faults import Faults
from sensay_ext.sandbox._identifiers import Identifiers
from sensay_ext.sandbox._organizations import add_organization, find_organization, hash_secret
from sensay_ext.sandbox._requests_log import RequestLog
from sensay_ext.sandbox._settings import Settings
from sensay_ext.sandbox._training.fetching import Fetcher
from sensay_ext.sandbox._training.steps import Steps
from sensay_ext.sandbox._training.trainer import Trainer
from sensay_ext.sandbox._training.videos import Videos

_LATEST = """
SELECT max(moment) FROM (
    SELECT max(created_at) AS moment FROM users
    UNION ALL SELECT max(updated_at) FROM entries
    UNION ALL SELECT max(created_at) FROM messages
)
"""


class State:
    """The state of a sandbox; only one thread at a time may use it.

    Args:
        settings: How the sandbox was set up.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.document: Document = load_document(settings.document)
        self.database = Database(settings.database)
        self.clock: Clock = self._virtual_clock() if settings.virtual_time else RealClock(settings.speed)
        self.identifiers = Identifiers(self._seed_of_this_run())
        self.faults = Faults(self.identifiers)
        self.requests = RequestLog()
        self.stream = settings.stream
        self.frozen: Database | None = None
        self.signing_key = self._lasting("signing_key", self.identifiers.token() + self.identifiers.token())
        fetcher = Fetcher(allow_network=settings.allow_network, allow_private=settings.allow_private_addresses)
        self.videos = Videos(self.database, fetcher, allow_network=settings.allow_network)
        self.trainer = Trainer(self.database, self.clock, Steps(self, fetcher))
        with self.database.transaction():
            self._ensure_organization()

    def _virtual_clock(self) -> VirtualClock:
        # It may have been moved ahead of the present before the database was opened again.
        latest = self.database.value(_LATEST)
        start = self.settings.start_time or datetime.now(UTC)
        return VirtualClock(start if latest is None else max(start, from_text(latest)))

    def _seed_of_this_run(self) -> str | None:
        if self.settings.seed is None:
            return None
        # A second run over the same file must not hand out the first run's identifiers again.
        run = int(self.database.value("SELECT value FROM meta WHERE key = 'runs'") or 0) + 1
        self.database.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('runs', ?)", str(run))
        return f"{self.settings.seed}/{run}"

    def _lasting(self, key: str, value: str) -> str:
        self.database.execute("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)", key, value)
        return str(self.database.value("SELECT value FROM meta WHERE key = ?", key))

    def _ensure_organization(self) -> None:
        settings = self.settings
        if find_organization(self.database, settings.secret) is None:
            quotas = (settings.conversation_quota, settings.entry_quota, settings.replica_quota)
            self.add_organization(settings.secret, name="Sandbox", quotas=quotas)
        self.database.execute("INSERT OR IGNORE INTO invites (code) VALUES (?)", settings.invite)

    def add_organization(
        self,
        secret: str,
        *,
        name: str,
        valid_until: str | None = None,
        quotas: tuple[int | None, int | None, int | None] = (None, None, None),
    ) -> str:
        """Store a new organisation and return its id."""
        return add_organization(
            self.database,
            self.clock,
            self.identifiers,
            secret=secret,
            name=name,
            valid_until=valid_until,
            quotas=quotas,
        )

    def set_quotas(self, secret: str, conversations: int | None, entries: int | None, replicas: int | None) -> None:
        """Set what an organisation may use; None is no limit."""
        self.database.execute(
            "UPDATE organizations SET conversation_quota = ?, entry_quota = ?, replica_quota = ? WHERE secret_hash = ?",
            *(conversations, entries, replicas, hash_secret(secret)),
        )

    def enable_organization(self, secret: str, *, enabled: bool) -> None:
        """Let an organisation's secret work, or not."""
        self.database.execute(
            "UPDATE organizations SET enabled = ? WHERE secret_hash = ?", enabled, hash_secret(secret)
        )

    def add_invite(self, code: str, expires_at: str | None = None, valid_until: str | None = None) -> None:
        """Store an invitation that can be redeemed once."""
        self.database.execute(
            "INSERT INTO invites (code, expires_at, valid_until) VALUES (?, ?, ?)", code, expires_at, valid_until
        )

    def freeze_reads(self) -> None:
        """Keep a copy of everything as it is now, for reads that are to be stale."""
        if self.frozen is not None:
            self.frozen.close()
        self.frozen = self.database.snapshot()

    def upload_deadline(self) -> str:
        """Return when a signed URL that is made now stops working."""
        return to_text(self.clock.now() + timedelta(seconds=self.settings.timings.upload))

    def now(self) -> str:
        """Return the present moment the way it is stored."""
        return to_text(self.clock.now())

    def close(self) -> None:
        """Let go of the database."""
        if self.frozen is not None:
            self.frozen.close()
        self.database.close()
