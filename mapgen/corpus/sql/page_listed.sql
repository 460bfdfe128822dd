-- The documents that the page lists, numbered from 0, the earliest first: those of the chosen mentions, and up to $more
-- others, first those with an error.
create temporary table listed as
with told as (
  select distinct part, row from chosen
),
others as (
  select part, row from documents anti join told using (part, row) order by error is null, part, row limit $more
)
select
  cast(row_number() over (order by d.date_from nulls last, d.part, d.row) - 1 as integer) as number,
  d.part, d.row, d.text_start
from documents d join (from told union all from others) using (part, row)
