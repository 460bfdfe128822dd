-- The documents of the mentions that are chosen.
create temporary table texts as
select part, row, document_id, title, source, date, text_start, date_from, date_to, duplicate_of is not null as duplicate
from documents where (part, row) in (select distinct (part, row) from chosen)
