SELECT places, asked FROM answer
WHERE service = :service AND url = :url AND name = :name AND country = :country AND language = :language;
