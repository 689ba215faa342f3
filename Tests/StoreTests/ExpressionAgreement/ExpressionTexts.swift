/// What the compiler writes. PostgreSQL 15 and SQLite 3.40 accept each of these.
extension ExpressionTextTests {
    static let postgres: [Golden] = [
        Golden(
            #"total >= 50000"#,
            [
                #"("t"."f_total" >= $1::bigint)"#
            ]),
        Golden(
            #"ratio > 10% AND NOT flag"#,
            [
                #"(("t"."f_ratio" > $1::bigint) AND (NOT "t"."f_flag"))"#
            ]),
        Golden(
            #"firm.grade = "A""#,
            [
                #"(((SELECT "h1"."f_grade" FROM "o_firm" AS "h1" WHERE "h1"."id" = "t"."f_firm") COLLATE "C") = "#,
                #"$1::text)"#,
            ]),
        Golden(
            #"firm.land.code IN ("a", "b")"#,
            [
                #"(((SELECT "h2"."f_code" FROM "o_firm" AS "h1" JOIN "o_land" AS "h2" ON "h2"."id" = "#,
                #""h1"."f_land" WHERE "h1"."id" = "t"."f_firm") COLLATE "C") IN ($1::text, $2::text))"#,
            ]),
        Golden(
            #"owner = ME() OR HAS(watchers, ME())"#,
            [
                #"(("t"."f_owner" = $1::bytea) OR EXISTS (SELECT 1 FROM "l_deal_watchers" WHERE "record" = "#,
                #""t"."id" AND "target" = $2::bytea))"#,
            ]),
        Golden(
            #"department IN MYDEPARTMENTS()"#,
            [
                #"("t"."f_department" IN ($1::bytea, $2::bytea))"#
            ]),
        Golden(
            #"region IN MYREGIONS()"#,
            [
                #"CASE WHEN "t"."f_region" IS NOT NULL THEN FALSE END"#
            ]),
        Golden(
            #"HAS(tags, "vip")"#,
            [
                #"(strpos(COALESCE("t"."f_tags", ''), (',' || $1::text || ',')) > 0)"#
            ]),
        Golden(
            #"ISBLANK(note)"#,
            [
                #"(COALESCE("t"."f_note", '') = '')"#
            ]),
        Golden(
            #"ISBLANK(watchers)"#,
            [
                #"(NOT EXISTS (SELECT 1 FROM "l_deal_watchers" WHERE "record" = "t"."id"))"#
            ]),
        Golden(
            #"CONTAINS(LOWER(name), "%")"#,
            [
                #"(strpos(lower(("t"."f_name" COLLATE "C")), $1::text) > 0)"#
            ]),
        Golden(
            #"qty + 1 > 5"#,
            [
                #"(CAST(NULLIF(NULLIF(LEAST(GREATEST(CAST("t"."f_qty" AS numeric) + $1::bigint, "#,
                #"-9223372036854775809), 9223372036854775808), -9223372036854775809), 9223372036854775808) AS "#,
                #"bigint) > $2::bigint)"#,
            ]),
        Golden(
            #"price * qty > 100"#,
            [
                #"(CAST(NULLIF(NULLIF(LEAST(GREATEST(CAST("t"."f_price" AS numeric) * "t"."f_qty", "#,
                #"-9223372036854775809), 9223372036854775808), -9223372036854775809), 9223372036854775808) AS "#,
                #"bigint) > $1::bigint)"#,
            ]),
        Golden(
            #"qty / 3 > 0.5"#,
            [
                #"((CAST("t"."f_qty" AS double precision) / NULLIF($1::double precision, 0)) > $2::double "#,
                #"precision)"#,
            ]),
        Golden(
            #"ROUND(price, 2) = 1.5"#,
            [
                #"(("t"."f_price" / 50 / 2 + "t"."f_price" / 50 % 2) = $1::bigint)"#
            ]),
        Golden(
            #"SUM(parts.amount) > 10"#,
            [
                #"((SELECT CAST(NULLIF(NULLIF(LEAST(GREATEST(COALESCE(SUM(s2.v), 0), -9223372036854775809), "#,
                #"9223372036854775808), -9223372036854775809), 9223372036854775808) AS bigint) FROM (SELECT "#,
                #""c1"."f_amount" AS v FROM "o_part" AS "c1" WHERE "c1"."parent" = "t"."id" AND "c1"."deleted_at" "#,
                #"IS NULL) AS s2) > $1::bigint)"#,
            ]),
        Golden(
            #"COUNT(parts, parts.flag) = 0"#,
            [
                #"((SELECT COUNT(*) FROM "o_part" AS "c1" WHERE "c1"."parent" = "t"."id" AND "c1"."deleted_at" IS "#,
                #"NULL AND "c1"."f_flag") = $1::bigint)"#,
            ]),
        Golden(
            #"MAX(parts.label) < name"#,
            [
                #"(((SELECT MAX((s2.v COLLATE "C")) FROM (SELECT "c1"."f_label" AS v FROM "o_part" AS "c1" WHERE "#,
                #""c1"."parent" = "t"."id" AND "c1"."deleted_at" IS NULL) AS s2) COLLATE "C") < "t"."f_name")"#,
            ]),
        Golden(
            #"due < TODAY() - 30"#,
            [
                #"("t"."f_due" < $1::bigint)"#
            ]),
        Golden(
            #"MONTH(ADDMONTHS(due, 1)) = 2"#,
            [
                #"(CAST(extract(month FROM (DATE '1970-01-01' + CAST((SELECT CASE WHEN l1.v0 BETWEEN -719162 AND "#,
                #"2932896 THEN l1.v0 END FROM (SELECT CASE WHEN $1::bigint BETWEEN -120000 AND 120000 THEN CASE "#,
                #"WHEN CAST(extract(year FROM (DATE '1970-01-01' + CAST("t"."f_due" AS integer))) AS bigint) * 12 "#,
                #"+ CAST(extract(month FROM (DATE '1970-01-01' + CAST("t"."f_due" AS integer))) AS bigint) + "#,
                #"$2::bigint BETWEEN 13 AND 120000 THEN CAST(CAST((DATE '1970-01-01' + CAST("t"."f_due" AS "#,
                #"integer)) + make_interval(months => CAST($3::bigint AS integer)) AS date) - DATE '1970-01-01' "#,
                #"AS bigint) END END AS v0 OFFSET 0) AS l1) AS integer))) AS bigint) = $4::bigint)"#,
            ]),
        Golden(
            #"IF(flag, name, LEFT(note, 2)) & "x" = "y""#,
            [
                #"(((COALESCE(CASE WHEN "t"."f_flag" THEN "t"."f_name" ELSE substr("t"."f_note", CAST(1 AS "#,
                #"integer), CAST(2 AS integer)) END, '') || COALESCE($1::text, '')) COLLATE "C") = $2::text)"#,
            ]),
        Golden(
            #"COALESCE(total.base, 0) > DIVIDE(total, 3, 2)"#,
            [
                #"(COALESCE("t"."f_total_base", $1::bigint) > CAST(NULLIF(NULLIF(LEAST(GREATEST(CAST((SELECT "#,
                #"(l1.v0 / l1.v1 + CASE WHEN abs(l1.v0 % l1.v1) >= abs(l1.v1) - abs(l1.v0 % l1.v1) THEN CASE WHEN "#,
                #"(l1.v0 < 0) = (l1.v1 < 0) THEN 1 ELSE -1 END ELSE 0 END) FROM (SELECT "#,
                #"NULLIF(CAST(NULLIF(NULLIF(LEAST(GREATEST(CAST("t"."f_total" AS numeric) * 100, "#,
                #"-9223372036854775809), 9223372036854775808), -9223372036854775809), 9223372036854775808) AS "#,
                #"bigint), $2::bigint) AS v0, NULLIF(NULLIF($3::bigint, 0), $4::bigint) AS v1 OFFSET 0) AS l1) AS "#,
                #"numeric) * 100, -9223372036854775809), 9223372036854775808), -9223372036854775809), "#,
                #"9223372036854775808) AS bigint))"#,
            ]),
    ]

    static let sqlite: [Golden] = [
        Golden(
            #"total >= 50000"#,
            [
                #"("t"."f_total" >= ?)"#
            ]),
        Golden(
            #"ratio > 10% AND NOT flag"#,
            [
                #"(("t"."f_ratio" > ?) AND (NOT "t"."f_flag"))"#
            ]),
        Golden(
            #"firm.land.code IN ("a", "b")"#,
            [
                #"((SELECT "h2"."f_code" FROM "o_firm" AS "h1" JOIN "o_land" AS "h2" ON "h2"."id" = "h1"."f_land" "#,
                #"WHERE "h1"."id" = "t"."f_firm") IN (?, ?))"#,
            ]),
        Golden(
            #"owner = ME() OR HAS(watchers, ME())"#,
            [
                #"(("t"."f_owner" = ?) OR EXISTS (SELECT 1 FROM "l_deal_watchers" WHERE "record" = "t"."id" AND "#,
                #""target" = ?))"#,
            ]),
        Golden(
            #"department IN MYDEPARTMENTS()"#,
            [
                #"("t"."f_department" IN (?, ?))"#
            ]),
        Golden(
            #"HAS(tags, "vip")"#,
            [
                #"(instr(COALESCE("t"."f_tags", ''), (',' || ? || ',')) > 0)"#
            ]),
        Golden(
            #"qty + 1 > 5"#,
            [
                #"(CASE WHEN typeof(("t"."f_qty" + ?)) = 'integer' THEN ("t"."f_qty" + ?) END > ?)"#
            ]),
        Golden(
            #"qty / 3 > 0.5"#,
            [
                #"((CAST("t"."f_qty" AS REAL) / NULLIF(?, 0)) > ?)"#
            ]),
        Golden(
            #"SUM(parts.amount) > 10"#,
            [
                #"((SELECT CASE WHEN typeof((COALESCE(SUM(s2.v / 1000000000), 0) * 1000000000 + COALESCE(SUM(s2.v "#,
                #"% 1000000000), 0))) = 'integer' THEN (COALESCE(SUM(s2.v / 1000000000), 0) * 1000000000 + "#,
                #"COALESCE(SUM(s2.v % 1000000000), 0)) END FROM (SELECT "c1"."f_amount" AS v FROM "o_part" AS "#,
                #""c1" WHERE "c1"."parent" = "t"."id" AND "c1"."deleted_at" IS NULL) AS s2) > ?)"#,
            ]),
        Golden(
            #"due < TODAY() - 30"#,
            [
                #"("t"."f_due" < ?)"#
            ]),
        Golden(
            #"MONTH(ADDMONTHS(due, 1)) = 2"#,
            [
                #"(CAST(strftime('%m', (SELECT CASE WHEN l1.v0 BETWEEN -719162 AND 2932896 THEN l1.v0 END FROM "#,
                #"(SELECT CASE WHEN ? BETWEEN -120000 AND 120000 THEN MIN(CAST(strftime('%s', "t"."f_due" * "#,
                #"86400, 'unixepoch', 'start of month', ? || ' months') AS INTEGER) / 86400 + CAST(strftime('%d', "#,
                #""t"."f_due" * 86400, 'unixepoch') AS INTEGER) - 1, COALESCE(CAST(strftime('%s', "t"."f_due" * "#,
                #"86400, 'unixepoch', 'start of month', ? || ' months', '+1 month', '-1 day') AS INTEGER) / "#,
                #"86400, CAST(strftime('%s', "t"."f_due" * 86400, 'unixepoch', 'start of month', ? || ' months') "#,
                #"AS INTEGER) / 86400 + 30)) END AS v0) AS l1) * 86400, 'unixepoch') AS INTEGER) = ?)"#,
            ]),
    ]
}
