-- Documents by period, originals and near-duplicates.
select
  date_trunc($period, date_from + cast((date_to - date_from) // 2 as integer))::date as day,
  (count(*) filter (where duplicate_of is null))::integer as originals,
  (count(*) filter (where duplicate_of is not null))::integer as duplicates
from documents where error is null
group by day order by day nulls first
