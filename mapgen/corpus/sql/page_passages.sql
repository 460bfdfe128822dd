-- What the tables say of the mentions that are chosen, into a file: as a table it would fill the memory of the database.
copy (
  select c.place, c.part, c.row, c.p, t.start, t."end", t.text, t.excerpt, t.excerpt_start, t.sense
  from toponyms t join chosen c on t.part = c.part and t.row = c.row and t.start = c.start
) to $passages (format parquet, compression zstd, row_group_size 20480)
