-- The best excerpts of each place and period: first the best of every place and period, then the second, up to $limit.
with chosen as (
  select place_id, part, row, start, p from (
    select place_id, part, row, start, p,
      row_number() over (partition by place_id, day order by duplicate, p desc, part, row, start) as turn
    from mentions
  ) order by turn, p desc, place_id, part, row, start limit $limit
)
select
  c.place_id, c.part, c.row, t.start, t."end", t.text, t.excerpt, t.excerpt_start, c.p, t.sense = 'metonymic' as metonymic,
  d.document_id, d.title, d.source, d.date, d.text_start, d.date_from, d.date_to, d.duplicate_of is not null as duplicate
from chosen c
join toponyms t on t.part = c.part and t.row = c.row and t.start = c.start
join documents d on d.part = c.part and d.row = c.row
order by c.place_id, d.date_from nulls last, c.part, c.row, t.start
