-- A row for each mention with what the page counts by, into a folder for each share of the places; names without a place
-- have the number behind the last.
-- A document dated by a month or a year counts at the middle of it; one without a date has no day.
copy (
  with dated as (
    select part, row, duplicate_of is not null as duplicate, date_from + cast((date_to - date_from) // 2 as integer) as day
    from documents where error is null
  )
  select
    coalesce(n.number, (select count(*)::integer from numbered)) as place,
    coalesce(n.number, 0) % $shares as share, t.part, t.row, t.start,
    d.day, d.duplicate,
    t.sense = 'metonymic' as metonymic,
    cast(least(19, floor(t.place_probability * 20 + 0.0001)) as utinyint) as bin,
    cast(round(t.place_probability * 10000) as integer) as p
  from toponyms t
  join dated d on t.part = d.part and t.row = d.row
  left join numbered n on t.place_id = n.place_id
) to $mentions (format parquet, partition_by (share))
