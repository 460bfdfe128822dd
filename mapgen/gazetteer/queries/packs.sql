-- What packs.sqlite holds beside the tables of a layer.
CREATE TABLE IF NOT EXISTS packs (
    country TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    fetched TEXT NOT NULL,     -- ISO 8601
    places INTEGER NOT NULL,
    names INTEGER NOT NULL
) WITHOUT ROWID;
