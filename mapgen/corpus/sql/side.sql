-- Mentions of one side of a comparison. Dates are compared by the middle of what they can mean.
create temporary table mentions as
with chosen as (
  select part, row, date_from + cast((date_to - date_from) // 2 as integer) as day
  from documents
  where error is null
    and ($duplicates or duplicate_of is null)
    and (case when date_from is null then $undated
         else date_from + cast((date_to - date_from) // 2 as integer) between $first and $last end)
)
select t.place_id, t.label, t.kind, t.country, t.lat, t.lon, t.text, t.part, t.row
from toponyms t join chosen c on t.part = c.part and t.row = c.row
where t.place_id is not null
  and t.place_probability >= $floor
  and ($sense = '' or t.sense = $sense)
