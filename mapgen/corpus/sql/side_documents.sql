-- How many documents one side of a comparison has.
select count(*) from documents
where error is null
  and ($duplicates or duplicate_of is null)
  and (case when date_from is null then $undated
       else date_from + cast((date_to - date_from) // 2 as integer) between $first and $last end)
