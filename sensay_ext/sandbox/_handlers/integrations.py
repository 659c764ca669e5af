"""Integrations with other chat services."""

from sensay_ext.sandbox._access import managed_replica
from sensay_ext.sandbox._call import Call, Reply
from sensay_ext.sandbox._errors import not_found


def create_replica_integration_telegram(call: Call) -> Reply:
    """Connect a replica to a Telegram bot; a second call replaces the bot."""
    replica = managed_replica(call)
    call.database.execute(
        "INSERT INTO integrations (replica_uuid, kind, token, service_name) VALUES (?, 'telegram', ?, ?)"
        " ON CONFLICT (replica_uuid, kind) DO UPDATE SET token = excluded.token, service_name = excluded.service_name",
        replica["uuid"],
        call.body["telegram_token"],
        call.body["mention"],
    )
    number = call.database.value(
        "SELECT id FROM integrations WHERE replica_uuid = ? AND kind = 'telegram'", replica["uuid"]
    )
    return 200, {"success": True, "id": number}


def delete_replica_integration_telegram(call: Call) -> Reply:
    """Disconnect a replica from Telegram."""
    deleted = call.database.changed(
        "DELETE FROM integrations WHERE replica_uuid = ? AND kind = 'telegram'", managed_replica(call)["uuid"]
    )
    if not deleted:
        raise not_found("Telegram integration")
    return 200, {"success": True}
