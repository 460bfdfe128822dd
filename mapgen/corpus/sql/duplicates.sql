-- The pairs of documents with their sketches, in the order of the later one.
with chosen as (
  select distinct first, rank from pairs
)
select c.first, c.rank, one.sketch as first_sketch, other.sketch as sketch
from chosen c
join ordered a on a.rank = c.first
join ordered b on b.rank = c.rank
join signatures one on one.part = a.part and one.row = a.row
join signatures other on other.part = b.part and other.row = b.row
order by c.rank, c.first
