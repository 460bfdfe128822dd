-- The excerpts of the best mentions, up to $limit, those of a place together.
with chosen as (
  select place, part, row, start, p from best order by turn, p desc, place, part, row, start limit $limit
)
select
  c.place, c.part, c.row, t.start, t."end", t.text, t.excerpt, t.excerpt_start, c.p, t.sense = 'metonymic' as metonymic,
  d.document_id, d.title, d.source, d.date, d.text_start, d.date_from, d.date_to, d.duplicate_of is not null as duplicate
from chosen c
join toponyms t on t.part = c.part and t.row = c.row and t.start = c.start
join documents d on d.part = c.part and d.row = c.row
order by c.place, d.date_from nulls last, c.part, c.row, t.start
