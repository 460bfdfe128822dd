-- A row for each mention with what the page counts by. $period is what a day is cut to: 'day', 'month' or 'year'.
-- A document dated by a month or a year counts at the middle of it; one without a date has no period.
create temporary table mentions as
with dated as (
  select
    part, row, duplicate_of is not null as duplicate,
    date_trunc($period, date_from + cast((date_to - date_from) // 2 as integer))::date as day
  from documents where error is null
)
select
  coalesce(t.place_id, '') as place_id, t.part, t.row, t.start,
  d.day, d.duplicate,
  t.sense = 'metonymic' as metonymic,
  least(19, cast(floor(t.place_probability * 20 + 0.0001) as integer)) as bin,
  cast(round(t.place_probability * 10000) as integer) as p
from toponyms t join dated d on t.part = d.part and t.row = d.row
