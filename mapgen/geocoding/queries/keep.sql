INSERT INTO answer (service, url, name, country, language, places, asked)
VALUES (:service, :url, :name, :country, :language, :places, :asked)
ON CONFLICT (service, url, name, country, language) DO UPDATE SET places = excluded.places, asked = excluded.asked;
