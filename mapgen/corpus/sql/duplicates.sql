-- Pairs of documents that share a band: each document with the earliest one of the band, so that the number of pairs grows
-- with that of documents, however many share a band. "Earliest" is by date, then by place in the archive.
with ordered as (
  select
    s.part, s.row, s.bands,
    row_number() over (order by d.date_from nulls last, s.part, s.row) as rank
  from signatures s join documents d on s.part = d.part and s.row = d.row
),
banded as (
  select rank, unnest(bands) as hash, generate_subscripts(bands, 1) as band from ordered
),
earliest as (
  select band, hash, min(rank) as first from banded group by band, hash having count(*) > 1
),
pairs as (
  select distinct e.first, b.rank
  from banded b join earliest e on b.band = e.band and b.hash = e.hash
  where e.first < b.rank
)
select
  p.first, p.rank, one.sketch as first_sketch, other.sketch as sketch,
  a.part as first_part, a.row as first_row, b.part, b.row
from pairs p
join ordered a on a.rank = p.first
join ordered b on b.rank = p.rank
join signatures one on one.part = a.part and one.row = a.row
join signatures other on other.part = b.part and other.row = b.row
order by p.rank, p.first
