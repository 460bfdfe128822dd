-- The best mentions of all shares, up to $limit.
create temporary table chosen as
select place, part, row, start, p from read_parquet($best) order by turn, p desc, place, part, row, start limit $limit
