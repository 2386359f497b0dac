-- The tables and views that users query, with their columns and comments. A column of a view that
-- has no comment of its own has that of the table's column of the same name.
WITH
    relations AS (
        SELECT view_name AS name, true AS is_view, comment
        FROM duckdb_views()
        WHERE NOT internal AND NOT temporary
        UNION ALL
        SELECT table_name, false, comment
        FROM duckdb_tables()
        WHERE NOT internal AND NOT temporary
    ),

    columns AS (
        SELECT table_name AS name, column_index, column_name, data_type, comment
        FROM duckdb_columns()
        WHERE NOT internal AND database_name = current_database()
    ),

    inherited AS (
        SELECT columns.column_name, arg_min(columns.comment, columns.name) AS comment
        FROM columns
        INNER JOIN relations ON columns.name = relations.name
        WHERE NOT relations.is_view AND columns.comment IS NOT NULL
        GROUP BY columns.column_name
    )

SELECT
    relations.name,
    relations.is_view,
    relations.comment,
    columns.column_name,
    columns.data_type,
    coalesce(columns.comment, inherited.comment, '') AS column_comment
FROM relations
INNER JOIN columns ON relations.name = columns.name
LEFT JOIN inherited ON columns.column_name = inherited.column_name
WHERE relations.comment NOT LIKE 'Internal:%'
ORDER BY NOT relations.is_view, relations.name, columns.column_index;
