-- The best mentions of each place and period, for a share of the places, into a file: first the best of every place and
-- period, then the second, up to $limit.
copy (
  select turn, place, part, row, start, p from (
    select place, part, row, start, p,
      row_number() over (
        partition by place, date_trunc($period, day) order by duplicate, p desc, part, row, start
      ) as turn
    from read_parquet($mentions)
  ) order by turn, p desc, place, part, row, start limit $limit
) to $best (format parquet)
