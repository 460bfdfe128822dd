-- The counts of the page, for a share of the places: mentions that share place, period, bin of probability, sense and
-- whether the document is a near-duplicate. A document is counted in the cell of its surest mention of the place: once
-- over all senses, once for each sense, so that sums over cells above any floor count each document once.
with ranked as (
  select place, date_trunc($period, day)::date as day, cast(bin - bin % $width as utinyint) as bin, metonymic, duplicate, p,
    row_number() over (partition by place, part, row order by p desc, metonymic, start) as first_of_all,
    row_number() over (partition by place, part, row, metonymic order by p desc, start) as first_of_sense
  from read_parquet($mentions)
)
select
  place, day, bin, metonymic, duplicate,
  count(*)::integer as n,
  sum(p)::bigint as p,
  (count(*) filter (where first_of_all = 1))::integer as documents,
  (count(*) filter (where first_of_sense = 1))::integer as documents_of_sense
from ranked
group by all
order by place, day nulls first, bin, metonymic, duplicate
