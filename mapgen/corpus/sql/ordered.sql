-- Numbers the documents that have a signature, from 0: the earliest by date first, then by place in the archive.
create temporary table ordered as
select
  cast(row_number() over (order by d.date_from nulls last, s.part, s.row) - 1 as integer) as rank, s.part, s.row
from signatures s join documents d on s.part = d.part and s.row = d.row
