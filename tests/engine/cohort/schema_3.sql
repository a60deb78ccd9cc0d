CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE patients (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    source_id TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE scans (
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
    UNIQUE (path, part)
) STRICT;
CREATE TABLE scan_files (
    scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (scan, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE labels (
    patient INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (patient, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE covariates (
    patient INTEGER NOT NULL REFERENCES patients (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (patient, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX scans_of_patient ON scans (patient);
CREATE TABLE measurements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    json TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL
) STRICT;
CREATE INDEX measurements_of_scan ON measurements (scan);
