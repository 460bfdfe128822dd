-- Places of one side of a comparison.
select place_id, min(label), min(kind), min(country), min(lat), min(lon), count(*), count(distinct (part, row))
from mentions group by place_id order by place_id
