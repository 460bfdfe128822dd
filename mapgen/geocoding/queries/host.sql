SELECT free FROM host WHERE name = :name;
