ALTER TABLE scans RENAME TO scans_1;
DROP INDEX scans_of_patient;
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
INSERT INTO scans (id, patient, role, reader, path, format, shape, frames, digest, doubts, excluded)
SELECT id, patient, role, format, path, format, shape, frames, digest,
    (SELECT json_group_array(json_object('kind', 'format', 'severity', 'warn', 'text', value)) FROM json_each(warnings)),
    excluded
FROM scans_1;
DROP TABLE scans_1;
CREATE TABLE scan_files (
    scan INTEGER NOT NULL REFERENCES scans (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (scan, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX scans_of_patient ON scans (patient);
