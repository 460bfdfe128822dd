SELECT lat, lon, admin1 FROM places WHERE country = ? AND geonameid IS NOT NULL AND kind IN (3, 4) AND admin1 NOT IN ('', '00')
