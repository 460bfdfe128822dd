-- Answers of online geocoders, and when each host may be asked next.
CREATE TABLE IF NOT EXISTS answer (
    service TEXT NOT NULL,
    url TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    language TEXT NOT NULL,
    places TEXT NOT NULL,  -- JSON list; empty where the service knows no such place
    asked REAL NOT NULL,   -- seconds since 1970
    PRIMARY KEY (service, url, name, country, language)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS host (
    name TEXT PRIMARY KEY,
    free REAL NOT NULL     -- seconds since 1970
) WITHOUT ROWID;
