-- What of $names a user's SQL may call: `value` where a value can stand, `tabular` where a table can.
--
-- Of the functions that this DuckDB brings these are the ones that work on values alone, and those
-- that tell of tables. What is in no list is refused, so that nothing a later DuckDB adds is open
-- before somebody has looked at it. Functions that take pointers or states, read files, run SQL that
-- they are given as text, or tell of the process are in none; nor is any that a database brings.
WITH named AS (
    SELECT
        lower(function_name) AS name,
        function_type,
        internal AND database_name = 'system' AND schema_name = 'main' AS is_own,
        concat_ws(' ', parameter_types, return_type) AS types,
        coalesce(categories, []) AS categories
    FROM duckdb_functions()
    WHERE lower(function_name) IN (SELECT unnest($names))
)

SELECT
    name,
    bool_and(is_own)
    AND bool_or(function_type IN ('scalar', 'aggregate', 'macro') OR name = 'unnest')
    AND bool_and(
        function_type NOT IN ('scalar', 'aggregate', 'macro')
        OR NOT regexp_matches(types, 'POINTER|AGGREGATE_STATE|INVALID|TYPE')
    )
    AND bool_and(
        function_type NOT IN ('scalar', 'macro')
        OR (function_type = 'macro' AND name <> 'get_block_size')
        OR list_has_any(
            categories,
            [
                'aggregate', 'array', 'bitstring', 'blob', 'date', 'lambda', 'list', 'numeric',
                'regex', 'string', 'struct', 'text_similarity', 'timestamp'
            ]
        )
        OR NOT regexp_matches(name, '[a-z]')
        OR name IN (
            -- arithmetic
            'abs', 'acos', 'acosh', 'add', 'asin', 'asinh', 'atan', 'atan2', 'atanh', 'bit_count',
            'cbrt', 'ceil', 'ceiling', 'cos', 'cosh', 'cot', 'degrees', 'divide', 'even', 'exp',
            'factorial', 'floor', 'gamma', 'gcd', 'greatest_common_divisor', 'isfinite', 'isinf',
            'isnan', 'lcm', 'least_common_multiple', 'lgamma', 'ln', 'log', 'log10', 'log2', 'mod',
            'multiply', 'nextafter', 'pi', 'pow', 'power', 'radians', 'random', 'round', 'sign',
            'signbit', 'sin', 'sinh', 'sqrt', 'subtract', 'tan', 'tanh', 'trunc', 'xor',
            -- dates and times
            'age', 'century', 'current_date', 'current_localtime', 'current_localtimestamp',
            'date_diff', 'date_part', 'date_sub', 'date_trunc', 'datediff', 'datepart', 'datesub',
            'datetrunc', 'day', 'dayname', 'dayofmonth', 'dayofweek', 'dayofyear', 'decade',
            'epoch', 'epoch_ms', 'epoch_ns', 'epoch_us', 'era', 'get_current_time',
            'get_current_timestamp', 'hour', 'isodow', 'isoyear', 'julian', 'last_day',
            'make_date', 'make_time', 'make_timestamp', 'make_timestamp_ms', 'make_timestamp_ns',
            'make_timestamptz', 'microsecond', 'millennium', 'millisecond', 'minute', 'month',
            'monthname', 'nanosecond', 'normalized_interval', 'now', 'quarter', 'second',
            'strftime', 'strptime', 'time_bucket', 'timezone', 'timezone_hour', 'timezone_minute',
            'to_centuries', 'to_days', 'to_decades', 'to_hours', 'to_microseconds',
            'to_millennia', 'to_milliseconds', 'to_minutes', 'to_months', 'to_quarters',
            'to_seconds', 'to_timestamp', 'to_weeks', 'to_years', 'today',
            'transaction_timestamp', 'try_strptime', 'week', 'weekday', 'weekofyear', 'year',
            'yearweek',
            -- JSON, less what reads and runs SQL out of it
            'array_to_json', 'from_json', 'from_json_strict', 'json_array', 'json_array_length',
            'json_contains', 'json_exists', 'json_extract', 'json_extract_path',
            'json_extract_path_text', 'json_extract_string', 'json_keys', 'json_merge_patch',
            'json_object', 'json_pretty', 'json_quote', 'json_structure', 'json_transform',
            'json_transform_strict', 'json_type', 'json_valid', 'json_value', 'row_to_json',
            'to_json',
            -- maps, structs, unions, identifiers
            'alias', 'cardinality', 'element_at', 'gen_random_uuid', 'map', 'map_concat',
            'map_contains', 'map_entries', 'map_extract', 'map_extract_value',
            'map_from_entries', 'map_keys', 'map_values', 'row', 'struct_concat',
            'struct_contains', 'struct_extract', 'struct_extract_at', 'struct_has',
            'struct_indexof', 'struct_insert', 'struct_keys', 'struct_pack', 'struct_position',
            'struct_update', 'struct_values', 'typeof', 'union_extract', 'union_tag',
            'union_value', 'uuid', 'version',
            -- that stand in a list above with some of their arguments only
            'array_extract', 'contains', 'repeat'
        )
    ) AS value,
    bool_and(is_own) AND bool_or(
        function_type = 'table'
        AND name IN (
            'duckdb_columns', 'duckdb_constraints', 'duckdb_functions', 'duckdb_indexes',
            'duckdb_keywords', 'duckdb_schemas', 'duckdb_tables', 'duckdb_types', 'duckdb_views',
            'generate_series', 'json_each', 'json_tree', 'range', 'unnest'
        )
    ) AS tabular
FROM named
GROUP BY name;
