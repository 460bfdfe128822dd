-- One gazetteer layer: the embedded gazetteer, the country packs, or the places of the user.
-- pk is the GeoNames id where there is one; other places count on from 0x80000000.
CREATE TABLE places (         -- the columns of records.Entry
    pk INTEGER PRIMARY KEY,
    id TEXT NOT NULL,          -- "" stands for "gn:" and the pk
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,     -- position in model.Kind
    country TEXT NOT NULL,
    lat REAL NOT NULL,
    lon REAL NOT NULL,
    population INTEGER NOT NULL,
    admin1 TEXT NOT NULL,
    names TEXT NOT NULL,       -- joined by line ends
    labels TEXT NOT NULL,      -- "fr=Alep|en=Aleppo"
    name_count INTEGER NOT NULL,
    capital INTEGER NOT NULL,
    admin2 TEXT NOT NULL,
    geonameid INTEGER,
    inherited_km INTEGER NOT NULL -- radius of the division above whose point this one has, else 0
);
CREATE INDEX places_id ON places (id) WHERE id != '';
-- One row a folded name, by its number (keys.py), so that one look-up tells all about it; `facts` is packed by
-- records.pack_facts.
CREATE TABLE names (number INTEGER PRIMARY KEY, facts BLOB NOT NULL);
-- `facts` speaks of all places with a name of that key, `main` of those whose main name or label has it.
CREATE TABLE transliterations (number INTEGER PRIMARY KEY, facts BLOB NOT NULL, main BLOB);
-- Places by cells of one degree, numbered eastwards from 90 S 180 W; `members` is packed by writer._cell_rows.
CREATE TABLE cells (cell INTEGER PRIMARY KEY, members BLOB NOT NULL);
CREATE TABLE divisions (country TEXT, code TEXT, pk INTEGER NOT NULL, PRIMARY KEY (country, code)) WITHOUT ROWID;
CREATE TABLE countries (code TEXT PRIMARY KEY, pk INTEGER NOT NULL) WITHOUT ROWID;
-- Where the sources disagree: how, the id of the place, what they say; of the embedded gazetteer.
CREATE TABLE disagreements (sort TEXT NOT NULL, place TEXT NOT NULL, detail TEXT NOT NULL);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
