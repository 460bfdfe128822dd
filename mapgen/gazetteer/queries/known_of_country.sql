SELECT pk, kind, population, name_count FROM places WHERE country = ?
