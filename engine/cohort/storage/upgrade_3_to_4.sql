CREATE TABLE sources (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    root TEXT NOT NULL,
    plan TEXT NOT NULL DEFAULT '{}',
    made TEXT NOT NULL
) STRICT;
CREATE TABLE scans_4 (
    id INTEGER PRIMARY KEY,
    patient INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    reader TEXT NOT NULL,
    path TEXT NOT NULL,
    part TEXT NOT NULL DEFAULT '',
    format TEXT NOT NULL,
    shape TEXT NOT NULL,
    frames INTEGER NOT NULL,
    digest TEXT NOT NULL,
    doubts TEXT NOT NULL DEFAULT '[]',
    excluded TEXT NOT NULL DEFAULT '',
    accepted TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    modality TEXT NOT NULL DEFAULT '',
    visit TEXT NOT NULL DEFAULT '',
    source INTEGER REFERENCES sources (id) ON DELETE SET NULL,
    stamp TEXT NOT NULL DEFAULT '',
    UNIQUE (path, part)
) STRICT;
INSERT INTO scans_4 (
    id, patient, role, reader, path, part, format, shape, frames, digest, doubts, excluded, accepted, title, modality
)
SELECT
    id, patient, role, reader, path, part, format, shape, frames, digest, doubts, excluded, accepted, title, modality
FROM scans;
DROP TABLE scans;
ALTER TABLE scans_4 RENAME TO scans;
CREATE INDEX scans_of_patient ON scans (patient);
CREATE INDEX scans_of_source ON scans (source);
CREATE TABLE scan_labels (
    scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (scan, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE columns (
    name TEXT PRIMARY KEY,
    use TEXT NOT NULL,
    type TEXT NOT NULL,
    classes TEXT NOT NULL DEFAULT '[]'
) STRICT, WITHOUT ROWID;
CREATE TABLE divisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    made TEXT NOT NULL,
    json TEXT NOT NULL
) STRICT;
CREATE TABLE vault (
    patient INTEGER PRIMARY KEY REFERENCES patients (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE vault_openings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made TEXT NOT NULL,
    who TEXT NOT NULL,
    reason TEXT NOT NULL,
    run TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE suggestions (
    patient INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    run TEXT NOT NULL,
    probabilities TEXT NOT NULL,
    decision TEXT NOT NULL DEFAULT '',
    label TEXT NOT NULL DEFAULT '',
    who TEXT NOT NULL DEFAULT '',
    made TEXT NOT NULL,
    decided TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (patient, name, run)
) STRICT, WITHOUT ROWID;
CREATE TABLE edits (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    words TEXT NOT NULL,
    who TEXT NOT NULL,
    made TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE changes (
    edit INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    tbl TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (edit, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE told_scans (
    scan INTEGER PRIMARY KEY REFERENCES scans (id) ON DELETE CASCADE,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE told_patients (
    source INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
    source_id TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (source, source_id)
) STRICT, WITHOUT ROWID;
INSERT INTO facts SELECT 'patients ever', CAST(COALESCE(MAX(id), 0) AS TEXT) FROM patients;
