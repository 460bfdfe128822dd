INSERT INTO host (name, free) VALUES (:name, :free)
ON CONFLICT (name) DO UPDATE SET free = excluded.free;
