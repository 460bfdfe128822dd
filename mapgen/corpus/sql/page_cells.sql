-- The counts of the page: mentions that share place, period, bin of probability, sense and whether the document is a
-- near-duplicate. A document is counted in the cell of its surest mention of the place: once over all senses, once for
-- each sense, so that sums over cells above any floor count each document once.
with ranked as (
  select *,
    row_number() over (partition by place_id, part, row order by p desc, metonymic, start) as first_of_all,
    row_number() over (partition by place_id, part, row, metonymic order by p desc, start) as first_of_sense
  from mentions
)
select
  place_id, day, bin, metonymic, duplicate,
  count(*)::integer as n,
  sum(p)::bigint as p,
  (count(*) filter (where first_of_all = 1))::integer as documents,
  (count(*) filter (where first_of_sense = 1))::integer as documents_of_sense
from ranked
group by all
order by place_id, day nulls first, bin, metonymic, duplicate
