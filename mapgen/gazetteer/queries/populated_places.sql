SELECT lat, lon, admin1, admin2 FROM places WHERE country = ? AND geonameid IS NOT NULL AND kind IN (3, 4)
