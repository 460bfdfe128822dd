-- One row: what the archive is as a whole.
select
  count(*) as documents,
  count(*) filter (where error is not null) as errors,
  count(*) filter (where date is null) as undated,
  count(*) filter (where duplicate_of is not null) as duplicates,
  min(date_from) as first_date,
  max(date_to) as last_date,
  coalesce(sum(characters), 0)::bigint as characters,
  coalesce(sum(toponyms), 0)::bigint as toponyms,
  coalesce(sum(placed), 0)::bigint as placed
from documents
