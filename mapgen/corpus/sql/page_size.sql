-- How many cells a share of the places has where days are cut to $period ('day', 'month', 'year', 'decade') and bins of
-- probability are $width twentieths wide.
select count(*) from (
  select distinct place, date_trunc($period, day), bin - bin % $width, metonymic, duplicate
  from read_parquet($mentions)
)
