-- The excerpts of the chosen mentions of the places from $first to $last, those of a place together.
select
  c.place, l.number, c.start - l.text_start as start, c."end" - l.text_start as "end", c.text, c.excerpt,
  c.start - c.excerpt_start as at, c.p, c.sense = 'metonymic' as metonymic
from read_parquet($passages) c
join listed l on l.part = c.part and l.row = c.row
where c.place between $first and $last
order by c.place, l.number, c.start
