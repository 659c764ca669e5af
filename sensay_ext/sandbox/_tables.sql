-- State of the sandbox. Moments are ISO 8601 texts in UTC with microseconds, so that they sort as they stand.
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash TEXT NOT NULL UNIQUE,
    admin_uuid TEXT NOT NULL,
    enabled INTEGER NOT NULL DEFAULT 1,
    valid_until TEXT,
    conversation_quota INTEGER,
    entry_quota INTEGER,
    replica_quota INTEGER,
    created_at TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS invites (
    code TEXT PRIMARY KEY,
    expires_at TEXT,
    valid_until TEXT,
    redeemed_at TEXT
);

CREATE TABLE IF NOT EXISTS users (
    uuid TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    id TEXT NOT NULL,
    email TEXT,
    name TEXT,
    created_at TEXT NOT NULL,
    UNIQUE (organization_id, id),
    UNIQUE (organization_id, email)
);

CREATE TABLE IF NOT EXISTS linked_accounts (
    organization_id TEXT NOT NULL,
    account_type TEXT NOT NULL,
    account_id TEXT NOT NULL,
    user_uuid TEXT NOT NULL REFERENCES users (uuid) ON DELETE CASCADE,
    PRIMARY KEY (organization_id, account_type, account_id)
);
CREATE INDEX IF NOT EXISTS linked_accounts_by_user ON linked_accounts (user_uuid);

CREATE TABLE IF NOT EXISTS replicas (
    uuid TEXT PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    owner_uuid TEXT NOT NULL REFERENCES users (uuid) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    private INTEGER NOT NULL,
    document TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (organization_id, slug)
);
CREATE INDEX IF NOT EXISTS replicas_by_name ON replicas (organization_id, name, uuid);
CREATE INDEX IF NOT EXISTS replicas_by_owner ON replicas (owner_uuid);

CREATE TABLE IF NOT EXISTS integrations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    replica_uuid TEXT NOT NULL REFERENCES replicas (uuid) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    token TEXT NOT NULL,
    service_name TEXT NOT NULL,
    UNIQUE (replica_uuid, kind)
);

CREATE TABLE IF NOT EXISTS entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    replica_uuid TEXT NOT NULL REFERENCES replicas (uuid) ON DELETE CASCADE,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    due_at TEXT,
    removed_at TEXT,
    url TEXT,
    auto_refresh INTEGER NOT NULL DEFAULT 0,
    title TEXT,
    raw_text TEXT,
    generated_title TEXT,
    summary TEXT,
    language TEXT,
    facts TEXT,
    chunks TEXT,
    source TEXT NOT NULL DEFAULT '{}',
    upload_name TEXT UNIQUE,
    error_message TEXT,
    error_fingerprint TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_by_replica ON entries (replica_uuid, created_at, id);
CREATE INDEX IF NOT EXISTS entries_due ON entries (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS entries_by_url ON entries (replica_uuid, url) WHERE url IS NOT NULL;

CREATE TABLE IF NOT EXISTS videos (id TEXT PRIMARY KEY, transcript TEXT, title TEXT);
CREATE TABLE IF NOT EXISTS playlists (id TEXT PRIMARY KEY, videos TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS uploads (
    name TEXT PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    content BLOB,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    created_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS uploads_by_entry ON uploads (entry_id);

-- A passage's rowid is its entry's id times 100000 plus its place in the entry: what belongs to an entry is a range.
CREATE VIRTUAL TABLE IF NOT EXISTS passages USING fts5 (
    content, replica, tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE TRIGGER IF NOT EXISTS passages_go_with_their_entry AFTER DELETE ON entries BEGIN
    DELETE FROM passages WHERE rowid >= old.id * 100000 AND rowid < (old.id + 1) * 100000;
END;

CREATE TABLE IF NOT EXISTS chats (
    uuid TEXT PRIMARY KEY,
    replica_uuid TEXT NOT NULL REFERENCES replicas (uuid) ON DELETE CASCADE,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    name TEXT,
    type TEXT NOT NULL,
    UNIQUE (replica_uuid, source, key)
);

CREATE TABLE IF NOT EXISTS conversations (
    uuid TEXT PRIMARY KEY,
    chat_uuid TEXT NOT NULL REFERENCES chats (uuid) ON DELETE CASCADE,
    started_at TEXT NOT NULL,
    last_message_at TEXT NOT NULL,
    summary TEXT,
    common_questions TEXT NOT NULL DEFAULT '[]',
    common_topics TEXT NOT NULL DEFAULT '[]'
);
CREATE INDEX IF NOT EXISTS conversations_by_chat ON conversations (chat_uuid, last_message_at);

CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uuid TEXT NOT NULL UNIQUE,
    conversation_uuid TEXT NOT NULL REFERENCES conversations (uuid) ON DELETE CASCADE,
    chat_uuid TEXT NOT NULL,
    replica_uuid TEXT NOT NULL,
    user_uuid TEXT NOT NULL,
    role TEXT NOT NULL,
    answered INTEGER NOT NULL,
    content TEXT NOT NULL,
    source TEXT NOT NULL,
    is_private INTEGER NOT NULL,
    sender_name TEXT,
    original_message_id TEXT,
    sources TEXT NOT NULL DEFAULT '[]',
    created_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS messages_by_conversation ON messages (conversation_uuid, id);
CREATE INDEX IF NOT EXISTS messages_by_chat ON messages (chat_uuid, id);
CREATE INDEX IF NOT EXISTS messages_by_user ON messages (replica_uuid, user_uuid, id);
