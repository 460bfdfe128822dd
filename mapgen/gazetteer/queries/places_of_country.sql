SELECT pk, id, source, name, kind, country, lat, lon, population, admin1, names, labels, name_count, capital, admin2, geonameid, inherited_km
FROM places WHERE country = ? ORDER BY pk
