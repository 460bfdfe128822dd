SELECT pk, id, source, name, kind, country, admin1, admin2, lat, lon, population, name_count, capital, geonameid, names, labels
FROM places WHERE pk = ?
