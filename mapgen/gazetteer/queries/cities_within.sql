-- Longitudes of the box may run beyond 180 on either side.
SELECT lat, lon, country, admin1 FROM places
WHERE geonameid IS NOT NULL AND kind IN (3, 4) AND lat BETWEEN :south AND :north
    AND (lon BETWEEN :west AND :east OR lon + 360 BETWEEN :west AND :east OR lon - 360 BETWEEN :west AND :east)
