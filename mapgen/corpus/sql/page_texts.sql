-- What the page says of the documents that it lists. `p`, `literal` and `metonymic` sum and tell probabilities in whole
-- numbers (`mapgen.rendering.archive.TEXTS`).
with told as (
  select
    l.number,
    sum(cast(round(t.place_probability * 10000) as bigint)) as p,
    max(case when t.sense = 'metonymic' then 0 else 1 + floor(t.place_probability * 200 + 0.001) end) as literal,
    max(case when t.sense = 'metonymic' then 1 + floor(t.place_probability * 200 + 0.001) else 0 end) as metonymic
  from toponyms t join listed l on t.part = l.part and t.row = l.row
  group by l.number
),
originals as (
  select d.document_id, min(l.number) + 1 as original
  from documents d join listed l on d.part = l.part and d.row = l.row
  group by d.document_id
)
select
  d.document_id as id, coalesce(d.title, '') as title, coalesce(d.source, '') as source,
  coalesce(d.language, '') as language, coalesce(d.error, '') as error,
  d.date_from + cast((d.date_to - d.date_from) // 2 as integer) as day,
  coalesce((length(d.date) - 1) // 3, 0) as known,
  d.duplicate_of is not null as duplicate,
  coalesce(o.original, 0) as original,
  d.toponyms, d.placed,
  coalesce(t.p, 0)::bigint as p, coalesce(t.literal, 0)::utinyint as literal,
  coalesce(t.metonymic, 0)::utinyint as metonymic
from listed l
join documents d on d.part = l.part and d.row = l.row
left join told t on t.number = l.number
left join originals o on o.document_id = d.duplicate_of
order by l.number
