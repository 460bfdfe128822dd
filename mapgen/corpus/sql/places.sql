-- Places with their counts. Probabilities have four digits: as whole numbers their sums are exact in any order.
with mentions as (
  select
    t.part, t.row, t.text, t.place_id, t.place, t.label, t.kind, t.region, t.country, t.geonameid, t.lat, t.lon,
    cast(round(t.place_probability * 10000) as bigint) as p,
    d.duplicate_of is null as original,
    d.date_from, d.date_to
  from toponyms t join documents d on t.part = d.part and t.row = d.row
  where t.place_id is not null
),
written as (
  select place_id, text, count(*) as n from mentions group by all
),
named as (
  select place_id, list(text order by n desc, text)[1:12] as names from written group by place_id
),
labelled as (
  select place_id, label, count(*) as n from mentions group by all
),
labels as (
  select place_id, first(label order by n desc, label) as label from labelled group by place_id
),
per_document as (
  select place_id, part, row, bool_and(original) as original from mentions group by place_id, part, row
),
documents_of as (
  select place_id, count(*) as documents, count(*) filter (where original) as documents_original
  from per_document group by place_id
),
counted as (
  select
    place_id,
    min(place) as place, min(kind) as kind, min(region) as region, min(country) as country,
    min(geonameid) as geonameid, min(lat) as lat, min(lon) as lon,
    count(*) as mentions,
    count(*) filter (where original) as mentions_original,
    sum(p) / 10000.0 as expected,
    coalesce(sum(p) filter (where original), 0) / 10000.0 as expected_original,
    min(date_from) as first_date,
    max(date_to) as last_date
  from mentions group by place_id
)
select
  c.place_id, c.place, l.label, c.kind, c.region, c.country, c.geonameid, c.lat, c.lon,
  c.mentions, c.mentions_original, cast(c.expected as double) as expected,
  cast(c.expected_original as double) as expected_original,
  d.documents, d.documents_original, c.first_date, c.last_date, n.names
from counted c
join labels l using (place_id)
join named n using (place_id)
join documents_of d using (place_id)
order by c.place_id
