-- Articles that print some of the same statements word for word. Parameters: $articles, of which
-- both are. Gives: one, other, how many statements they share, and the share of the shorter one's.
WITH
    printed AS (
        SELECT DISTINCT article_id, wording
        FROM claims
        WHERE wording IS NOT NULL AND article_id IN (SELECT unnest($articles::VARCHAR []))
    ),

    counted AS (
        SELECT article_id, count(*) AS statements
        FROM printed
        GROUP BY article_id
    ),

    -- A wording of very many articles is boilerplate.
    shared AS (
        SELECT article_id, wording
        FROM printed
        QUALIFY count(*) OVER (PARTITION BY wording) <= 50
    )

SELECT
    a.article_id AS one,
    b.article_id AS other,
    count(*) AS statements,
    count(*) / least(any_value(one.statements), any_value(other.statements)) AS share
FROM shared AS a
INNER JOIN shared AS b ON a.wording = b.wording AND a.article_id < b.article_id
INNER JOIN counted AS one ON a.article_id = one.article_id
INNER JOIN counted AS other ON b.article_id = other.article_id
GROUP BY a.article_id, b.article_id
ORDER BY a.article_id, b.article_id;
