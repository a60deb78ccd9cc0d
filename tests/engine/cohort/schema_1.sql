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
    path TEXT NOT NULL UNIQUE,
    format TEXT NOT NULL,
    shape TEXT NOT NULL,
    frames INTEGER NOT NULL,
    digest TEXT NOT NULL,
    warnings TEXT NOT NULL DEFAULT '[]',
    certificate TEXT NOT NULL DEFAULT 'pass',
    excluded TEXT NOT NULL DEFAULT ''
) STRICT;
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
