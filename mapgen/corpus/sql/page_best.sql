-- Adds the best mentions of each place and period, for a share of the places: first the best of every place and period,
-- then the second, up to $limit.
insert into best
select turn, place, part, row, start, p from (
  select place, part, row, start, p,
    row_number() over (
      partition by place, date_trunc($period, day) order by duplicate, p desc, part, row, start
    ) as turn
  from mentions where place % $shares = $share
) order by turn, p desc, place, part, row, start limit $limit
