SELECT pk, lat, lon, country FROM places WHERE geonameid IS NOT NULL AND kind IN (3, 4) ORDER BY pk
