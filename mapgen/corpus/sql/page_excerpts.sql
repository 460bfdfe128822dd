-- The excerpts of the chosen mentions, those of a place together.
select
  c.place, c.part, c.row, c.start, c."end", c.text, c.excerpt, c.excerpt_start, c.p, c.sense = 'metonymic' as metonymic,
  d.document_id, d.title, d.source, d.date, d.text_start, d.date_from, d.date_to, d.duplicate
from passages c
join texts d on d.part = c.part and d.row = c.row
order by c.place, d.date_from nulls last, c.part, c.row, c.start
