-- All that was ever decided about a pair, latest first, and when it was taken back. Parameter: $pair.
SELECT
    reviews.verdict,
    reviews.note,
    reviews.reviewer,
    reviews.reviewed_at,
    min(undone_reviews.undone_at) AS undone_at
FROM reviews
LEFT JOIN undone_reviews
    ON
        reviews.contradiction_id = undone_reviews.contradiction_id
        AND reviews.reviewer = undone_reviews.reviewer
        AND reviews.reviewed_at = undone_reviews.reviewed_at
WHERE reviews.contradiction_id = $pair
GROUP BY ALL
ORDER BY reviews.reviewed_at DESC;
