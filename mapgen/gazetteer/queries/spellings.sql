-- All names of a place between line ends; those of the labels ("fr=Alep|en=Aleppo") lose their language.
SELECT char(10) || name || char(10) || names || char(10)
    || replace(replace(labels, '|', char(10)), '=', '=' || char(10)) || char(10)
FROM places WHERE pk = ?
