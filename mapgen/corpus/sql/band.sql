-- Adds the pairs of documents that share one band: each with the earliest of those whose band has the same hash, so that
-- the number of pairs grows with that of documents, however many share a band. One band at a time, in bounded memory.
insert into pairs
with banded as (
  select o.rank, s.bands[$band] as hash from signatures s join ordered o on s.part = o.part and s.row = o.row
),
earliest as (
  select hash, min(rank) as first from banded group by hash having count(*) > 1
)
select e.first, b.rank from banded b join earliest e on b.hash = e.hash where e.first < b.rank
