-- The near-duplicates with the name of the original of each, by partition.
select o.part, o.row, d.document_id as original
from originals m
join ordered o on o.rank = m.rank
join ordered f on f.rank = m.first
join documents d on d.part = f.part and d.row = f.row
order by o.part, o.row
