-- What the tables say of the mentions that are chosen; these are few, so that they are the side that is kept in memory.
create temporary table passages as
select c.place, c.part, c.row, c.p, t.start, t."end", t.text, t.excerpt, t.excerpt_start, t.sense
from toponyms t join chosen c on t.part = c.part and t.row = c.row and t.start = c.start
